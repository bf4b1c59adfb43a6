package dev.cutline.cli;

import dev.cutline.core.Cutline;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cutline show}: everything about one picture. */
@Command(name = "show", description = "Shows everything about a picture.")
final class ShowCommand implements Callable<Integer> {
  private final RootCommand root;

  @Parameters(paramLabel = "ID", description = "The id of the picture, from list or caption.")
  private String id = "";

  @Option(names = "--json", description = "JSON Lines also on a terminal.")
  private boolean json;

  ShowCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    String owner = root.owner();
    try (Cutline cutline = root.openToRead()) {
      return cutline
          .find(owner, id)
          .map(
              record -> {
                root.print(cutline, record, json);
                return ExitStatus.DONE;
              })
          .orElseGet(
              () -> {
                root.notFound(id);
                return ExitStatus.SOME_FAILED;
              });
    }
  }
}
