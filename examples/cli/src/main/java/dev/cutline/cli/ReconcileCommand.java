package dev.cutline.cli;

import dev.cutline.cli.output.JsonLine;
import dev.cutline.core.Cutline;
import dev.cutline.core.ReconcileReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code cutline reconcile}: settles what a crash left half done, deletes what is too old. */
@Command(
    name = "reconcile",
    description = {
      "Finishes or undoes what a crash left half done.",
      "Deletes pictures that are older than cutline.retention, if that is set."
    })
final class ReconcileCommand implements Callable<Integer> {
  private final RootCommand root;

  ReconcileCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    ReconcileReport report;
    try (Cutline cutline = root.open()) {
      // Opening has settled most already.
      report = cutline.settledAtStart().plus(cutline.reconcile());
    }
    root.screen()
        .result(
            root.screen().showsResults()
                ? report.toString()
                : JsonLine.write(
                    json -> {
                      json.writeNumberField("undone", report.undone());
                      json.writeNumberField("finished", report.finished());
                      json.writeNumberField("captioned", report.captioned());
                      json.writeNumberField("expired", report.expired());
                      json.writeNumberField("forgotten", report.forgotten());
                      json.writeNumberField("objectsDeleted", report.objectsDeleted());
                      json.writeNumberField("buried", report.buried());
                      json.writeNumberField("left", report.left());
                    }));
    return report.left() == 0 ? ExitStatus.DONE : ExitStatus.SOME_FAILED;
  }
}
