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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells what became of each picture: a line of results on standard output or in a file, a line of
 * error on standard error, a step of the bar. Not safe for several threads.
 */
public final class Reporter {
  private static final String FILE = "the file of --out";

  private final Screen screen;
  private final @Nullable JsonlFile file;
  private final @Nullable ResultTable table;
  private final boolean verbose;
  private final Progress progress;
  private final String again;
  private final Tally tally = new Tally();
  private @Nullable Stop stop;
  private boolean headerShown;

  /**
   * Makes a reporter.
   *
   * @param file takes the results instead of standard output; null: standard output does
   * @param again the option that tries again what failed
   */
  public Reporter(
      Screen screen, @Nullable JsonlFile file, Progress progress, boolean verbose, String again) {
    this.again = again;
    this.screen = screen;
    this.file = file;
    this.table = screen.showsResults() ? ResultTable.ofFiles(screen.columns()) : null;
    this.verbose = verbose;
    this.progress = progress;
  }

  /** Takes the next outcome, of a file. */
  void accept(Outcome outcome) {
    report(outcome, List::of);
  }

  /**
   * Takes the next outcome, of a stored picture: of where it came from, it has kept the name of the
   * file only.
   */
  void acceptStored(Outcome outcome) {
    report(outcome, this::underItsPaths);
  }

  private void report(Outcome outcome, Function<Result, List<Result>> named) {
    tally.add(outcome);
    BigDecimal cost = BigDecimal.ZERO;
    for (Result result : outcome.results()) {
      List<Result> results = named.apply(result);
      if (outcome.isDone()) {
        results.forEach(this::write);
        complain(results.get(0));
        cost = cost.add(Tally.costOf(result));
      } else {
        results.forEach(this::complete);
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

  /** Returns how many pictures were seen, those that were left as they were included. */
  public long seen() {
    return tally.pictures() + tally.before();
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

  /** Returns the result under each path that the file of results knows the picture by. */
  private List<Result> underItsPaths(Result result) {
    if (file == null || result.record().isEmpty()) {
      return List.of(result);
    }
    try {
      Set<String> paths = file.paths(result.record().get().id());
      return paths.isEmpty() ? List.of(result) : paths.stream().map(result::under).toList();
    } catch (IOException e) {
      stop(Stop.ofOutput(FILE, e));
      return List.of(result);
    }
  }

  private void write(Result result) {
    if (file != null) {
      // What was paid is told each time, so that the costs in the file add up.
      boolean paid = Tally.costOf(result).signum() > 0;
      writeUnless(lines -> !paid && lines.says(result), file, result);
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
    if (file != null) {
      writeUnless(lines -> lines.has(result), file, result);
    }
  }

  /** A question about what the file of results has. */
  private interface Question {
    boolean ask(JsonlFile lines) throws IOException;
  }

  private void writeUnless(Question isThere, JsonlFile lines, Result result) {
    if (stop != null) {
      return; // what is not written now is completed by the next --resume
    }
    try {
      if (!isThere.ask(lines)) {
        lines.add(result);
      }
    } catch (IOException e) {
      stop(Stop.ofOutput(FILE, e));
    }
  }

  private void complain(Result result) {
    if (result.reason().isEmpty()) {
      return;
    }
    Reason reason = result.reason().get();
    String message = Printable.line(result.message().orElse("no caption"));
    String line =
        result.record().map(kept -> Remedies.added(message, reason, kept, again)).orElse(message);
    screen.message(Printable.name(result.file()) + ": " + reason + ": " + line);
  }

  private void stop(Stop cause) {
    if (stop == null) {
      stop = cause;
    }
  }
}
