package dev.cutline.cli;

import dev.cutline.core.Cutline;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code cutline revert}: shows an earlier caption again. */
@Command(
    name = "revert",
    description = "Shows an earlier caption again; from then on it counts as a person's choice.")
final class RevertCommand implements Callable<Integer> {
  private final RootCommand root;

  @Parameters(index = "0", paramLabel = "ID", description = "The id of the picture.")
  private String id = "";

  @Parameters(
      index = "1",
      paramLabel = "VERSION",
      description = "The number, from 'cutline versions'.")
  private long version;

  RevertCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    String owner = root.owner();
    try (Cutline cutline = root.open()) {
      root.print(cutline, cutline.revert(owner, id, version), false);
    }
    return ExitStatus.DONE;
  }
}
