package dev.cutline.cli.batch;

import dev.cutline.cli.output.Result;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came of one picture of a batch. */
public final class Outcome {
  private final List<Result> results;
  private final boolean done;
  private final @Nullable Stop stop;
  private final @Nullable Throwable defect;

  private Outcome(
      List<Result> results, boolean done, @Nullable Stop stop, @Nullable Throwable defect) {
    this.results = results;
    this.done = done;
    this.stop = stop;
    this.defect = defect;
  }

  /** Returns the outcome of a picture that was at work: one result a language. */
  static Outcome of(List<Result> results) {
    return new Outcome(List.copyOf(results), true, null, null);
  }

  /** Returns the outcome of a picture that was done before; its results are those of then. */
  static Outcome before(List<Result> results) {
    return new Outcome(List.copyOf(results), false, null, null);
  }

  /** Returns the outcome of a picture that was none of those to be done. */
  static Outcome leftOut() {
    return new Outcome(List.of(), false, null, null);
  }

  /** Returns the outcome of a picture that nobody worked on because all work is to stop. */
  static Outcome neverBegun() {
    return new Outcome(List.of(), true, null, null);
  }

  /** Returns the outcome of a picture after which nothing can go on. */
  static Outcome stop(List<Result> results, Stop stop) {
    return new Outcome(List.copyOf(results), true, stop, null);
  }

  /** Returns this outcome with what nobody expected, for who wants the stack trace. */
  Outcome because(Throwable unexpected) {
    return new Outcome(results, done, stop, unexpected);
  }

  public List<Result> results() {
    return results;
  }

  /** Tells whether somebody worked on it now; otherwise it was skipped. */
  public boolean isDone() {
    return done;
  }

  /** Returns why nothing can go on; empty if it can. */
  public Optional<Stop> stop() {
    return Optional.ofNullable(stop);
  }

  /** Returns what nobody expected; empty if all went as it may go. */
  public Optional<Throwable> defect() {
    return Optional.ofNullable(defect);
  }
}
