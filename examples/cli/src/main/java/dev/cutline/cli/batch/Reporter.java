package dev.cutline.cli.batch;

import dev.cutline.Reason;
import dev.cutline.cli.output.JsonLine;
import dev.cutline.cli.output.Printable;
import dev.cutline.cli.output.Progress;
import dev.cutline.cli.output.Result;
import dev.cutline.cli.output.ResultTable;
import dev.cutline.cli.output.Screen;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells what became of each picture: a line of results on standard output or in a file, a line of
 * error on standard error, a step of the bar. Not safe for several threads.
 */
public final class Reporter {
  private final Screen screen;
  private final @Nullable JsonlFile file;
  private final @Nullable ResultTable table;
  private final boolean verbose;
  private final Progress progress;
  private final Tally tally = new Tally();
  private @Nullable Stop stop;
  private boolean headerShown;

  /**
   * Makes a reporter.
   *
   * @param file takes the results instead of standard output; null: standard output does
   */
  public Reporter(Screen screen, @Nullable JsonlFile file, Progress progress, boolean verbose) {
    this.screen = screen;
    this.file = file;
    this.table = screen.showsResults() ? ResultTable.ofFiles(screen.columns()) : null;
    this.verbose = verbose;
    this.progress = progress;
  }

  /** Takes the next outcome. */
  void accept(Outcome outcome) {
    tally.add(outcome);
    BigDecimal cost = BigDecimal.ZERO;
    for (Result result : outcome.results()) {
      if (outcome.isDone()) {
        write(result);
        complain(result);
        cost = cost.add(Tally.costOf(result));
      } else {
        complete(result);
      }
    }
    outcome.defect().filter(defect -> verbose).ifPresent(screen::trace);
    outcome.stop().ifPresent(this::stop);
    progress.step(cost);
  }

  /** Returns why nothing can go on; empty if it can. */
  public Optional<Stop> stop() {
    return Optional.ofNullable(stop);
  }

  /** Returns how many pictures did not get all that was wanted. */
  public long failed() {
    return tally.failed();
  }

  /** Returns how many pictures somebody worked on. */
  public long pictures() {
    return tally.pictures();
  }

  /** Returns how many pictures were described by rule in every language. */
  public long described() {
    return tally.described();
  }

  /** Returns why a picture was described by rule though there is a model; empty if none was. */
  public Optional<String> fallback() {
    return tally.fallback();
  }

  /** Returns all counts in a line. */
  public String summary(long skippedFiles, Duration elapsed) {
    return tally.summary(skippedFiles, elapsed);
  }

  private void write(Result result) {
    if (file != null) {
      writeTo(file, result);
    } else if (table != null) {
      if (!headerShown) {
        headerShown = true;
        screen.result(table.header());
      }
      screen.result(table.row(result));
    } else {
      screen.result(JsonLine.of(result));
    }
    if (stop == null && file == null && screen.isOutputLost()) {
      stop(Stop.ofOutput("standard output", null));
    }
  }

  /**
   * Adds the line that an earlier process could not write any more, though the picture was done.
   */
  private void complete(Result result) {
    if (file != null && !file.had(result)) {
      writeTo(file, result);
    }
  }

  private void writeTo(JsonlFile lines, Result result) {
    if (stop != null) {
      return; // what is not written now is completed by the next --resume
    }
    try {
      lines.add(result);
    } catch (IOException e) {
      stop(Stop.ofOutput("the file of --out", e));
    }
  }

  private void complain(Result result) {
    if (result.reason().isEmpty()) {
      return;
    }
    Reason reason = result.reason().get();
    String remedy = result.record().isPresent() ? "; " + Remedies.of(reason) : "";
    screen.message(
        Printable.name(result.file())
            + ": "
            + reason
            + ": "
            + Printable.line(result.message().orElse("no caption"))
            + remedy);
  }

  private void stop(Stop cause) {
    if (stop == null) {
      stop = cause;
    }
  }
}
