package dev.cutline.cli;

import dev.cutline.cli.output.JsonLine;
import dev.cutline.cli.output.Printable;
import dev.cutline.cli.output.Screen;
import dev.cutline.core.Cutline;
import dev.cutline.core.NotFoundException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code cutline delete}: deletes pictures. */
@Command(name = "delete", description = "Deletes pictures with everything that belongs to them.")
final class DeleteCommand implements Callable<Integer> {
  private final RootCommand root;

  @Parameters(paramLabel = "ID", arity = "1..*", description = "The ids of the pictures.")
  private List<String> ids = List.of();

  DeleteCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    String owner = root.owner();
    int status = ExitStatus.DONE;
    try (Cutline cutline = root.open()) {
      for (String id : ids) {
        try {
          cutline.delete(owner, id);
          root.screen().result(deleted(id));
        } catch (NotFoundException e) {
          root.notFound(id);
          status = ExitStatus.SOME_FAILED;
        }
      }
    }
    return status;
  }

  private String deleted(String id) {
    Screen screen = root.screen();
    return screen.showsResults()
        ? "Deleted " + Printable.of(id)
        : JsonLine.write(
            json -> {
              json.writeStringField("id", id);
              json.writeBooleanField("deleted", true);
            });
  }
}
