package dev.cutline.cli;

import dev.cutline.cli.output.JsonLine;
import dev.cutline.cli.output.Printable;
import dev.cutline.core.Cutline;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cutline delete-all}: deletes everything of an owner. */
@Command(
    name = "delete-all",
    description =
        "Deletes everything of the owner: pictures, records, captions, remembered answers.")
final class DeleteAllCommand implements Callable<Integer> {
  private final RootCommand root;

  @Option(names = "--yes", description = "Yes, everything.")
  private boolean yes;

  DeleteAllCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    String owner = root.owner();
    if (!yes) {
      throw new UsageException(
          "delete-all deletes every picture of "
              + Printable.of(owner)
              + "; add --yes if you mean it");
    }
    long deleted;
    try (Cutline cutline = root.open()) {
      deleted = cutline.deleteAll(owner);
    }
    root.screen()
        .result(
            root.screen().showsResults()
                ? "Deleted " + deleted + (deleted == 1 ? " picture" : " pictures")
                : JsonLine.write(json -> json.writeNumberField("deleted", deleted)));
    return ExitStatus.DONE;
  }
}
