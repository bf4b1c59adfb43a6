package dev.cutline.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cutline list}: the stored pictures. */
@Command(name = "list", description = "Lists stored pictures, newest first.")
final class ListCommand implements Callable<Integer> {
  private final RootCommand root;

  @Mixin private ListOptions options = new ListOptions();

  ListCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    return options.show(root, null);
  }
}
