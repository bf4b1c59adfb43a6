package dev.cutline.cli;

import dev.cutline.core.Cutline;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code cutline init}: makes what the settings name. */
@Command(
    name = "init",
    description = "Creates what the settings name and is missing: folders, database, schema.")
final class InitCommand implements Callable<Integer> {
  private final RootCommand root;

  InitCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    Cutline cutline = root.open();
    cutline.close();
    root.screen().message("Everything that the settings name is there.");
    return ExitStatus.DONE;
  }
}
