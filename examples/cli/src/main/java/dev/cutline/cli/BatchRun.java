package dev.cutline.cli;

import dev.cutline.cli.batch.Batch;
import dev.cutline.cli.batch.CaptionJob;
import dev.cutline.cli.batch.Interruption;
import dev.cutline.cli.batch.JsonlFile;
import dev.cutline.cli.batch.Reporter;
import dev.cutline.cli.batch.Stop;
import dev.cutline.cli.output.Printable;
import dev.cutline.cli.output.Progress;
import dev.cutline.cli.output.Screen;
import dev.cutline.core.money.RunBudget;
import java.time.Duration;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Runs a batch before the eyes of the user: bar, results, errors, summary, exit status. */
final class BatchRun {
  private static final String NO_MODEL =
      "These are descriptions of colour and light by rule, because no model is named. To name one:"
          + " --set cutline.providers=ollama for a model on this machine, or openai, anthropic,"
          + " gemini, huggingface with a key; 'cutline providers' tells what each needs.";

  private final RootCommand root;
  private final String again;
  private final @Nullable RunBudget budget;
  private final long start = System.nanoTime();

  /**
   * Makes one.
   *
   * @param again the option that tries again what failed
   * @param budget of the run; null: there is none
   */
  BatchRun(RootCommand root, String again, @Nullable RunBudget budget) {
    this.root = root;
    this.again = again;
    this.budget = budget;
  }

  /**
   * Runs a batch.
   *
   * @param lines takes the results; null: standard output does
   * @param total how many pictures there are; below 0 if nobody knows
   * @param work runs it and returns how many files it left out as no pictures
   * @param modelNamed whether the settings say who writes captions
   * @return the exit status
   */
  int run(
      CaptionJob job,
      int concurrency,
      @Nullable JsonlFile lines,
      long total,
      ToLongFunction<Batch> work,
      boolean modelNamed) {
    Screen screen = root.screen();
    Interruption interruption = root.surroundings().interruption();
    interruption.heed();
    Reporter reporter;
    long skipped;
    try (Progress progress =
        screen.showsMessages() ? Progress.on(screen, "captioning", total) : Progress.hidden()) {
      reporter = new Reporter(screen, lines, progress, root.isVerbose(), again);
      skipped = work.applyAsLong(new Batch(job, reporter, concurrency, interruption));
    }
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    screen.message(reporter.summary(skipped, elapsed));
    if (reporter.seen() == 0 && skipped == 0) {
      screen.message("No picture fits what was asked for.");
    }
    if (budget != null && budget.isSpent() && total > reporter.seen()) {
      screen.message(total - reporter.seen() + " more of " + total + " were not begun.");
    }
    if (!modelNamed && reporter.described() > 0) {
      screen.message(NO_MODEL);
    }
    reporter
        .fallback()
        .ifPresent(
            why ->
                screen.message(
                    "Where a model was to be asked, these are descriptions by rule: "
                        + Printable.line(why)
                        + ". When it answers again, --resume captions them."));
    return status(reporter, interruption);
  }

  private int status(Reporter reporter, Interruption interruption) {
    Optional<Stop> stop = reporter.stop();
    boolean interrupted = interruption.isRequested();
    if (stop.isPresent() && !(interrupted && stop.get().isByInterrupt())) {
      root.screen().message("cutline: " + Printable.line(stop.get().message()));
      if (root.isVerbose() && stop.get().cause() != null) {
        root.screen().trace(stop.get().cause());
      }
      boolean neverBegan = stop.get().denied() && reporter.pictures() == 0;
      return neverBegan ? ExitStatus.USAGE : ExitStatus.STOPPED;
    }
    if (interrupted) {
      root.screen().message("cutline: interrupted; go on with --resume");
      return ExitStatus.INTERRUPTED;
    }
    return reporter.failed() > 0 ? ExitStatus.SOME_FAILED : ExitStatus.DONE;
  }
}
