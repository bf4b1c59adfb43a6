package dev.cutline.core.chain;

import dev.cutline.Cancellation;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Deadline;
import dev.cutline.Reason;
import dev.cutline.core.contract.OutputContract;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One call of a rung's captioner: a turn, a thread, a timeout, the contract on what comes back, and
 * a line in the trail whatever comes of it.
 */
final class RungCall {
  private final ChainParts parts;
  private final RungState state;
  private final Rung rung;
  private final ChainRun run;
  private final Attempts attempts;

  RungCall(ChainParts parts, RungState state, ChainRun run) {
    this.parts = parts;
    this.state = state;
    this.rung = state.rung();
    this.run = run;
    this.attempts = new Attempts(rung);
  }

  /**
   * Returns the answer, or nothing if the rung could not be asked.
   *
   * @param request as the rung gets it; its deadline ends the call
   * @param cancellation the one of {@code request}
   * @param note goes to the trail with an answer
   * @throws CaptionException if it was asked and failed
   */
  Optional<CaptionReply> make(
      CaptionRequest request, Cancellation cancellation, Picture picture, @Nullable String note)
      throws InterruptedException {
    Deadline until = request.deadline();
    if (!takeTurn(until)) {
      String why = "had " + rung.maxConcurrency().orElseThrow() + " calls under way for too long";
      run.trail().notAsked(rung, Reason.UNAVAILABLE, why, null);
      return Optional.empty();
    }
    Call call = new Call(rung.captioner(), request, cancellation, this::captionerIsBack);
    try {
      parts.calls().start(call);
    } catch (RejectedExecutionException e) {
      state.concurrency().exit();
      run.trail().notAsked(rung, Reason.UNAVAILABLE, "no thread is free to call it", null);
      return Optional.empty();
    }
    long start = parts.time().nanos();
    awaitAnswer(call, until, picture, start);
    Duration elapsed = since(start);
    CaptionReply raw = raw(call, picture, elapsed);
    return Optional.of(checked(raw, request, note, picture, elapsed));
  }

  private boolean takeTurn(Deadline until) throws InterruptedException {
    ConcurrencyLimit.Turn turn = state.concurrency().enter();
    if (turn.come().isDone()) {
      return true;
    }
    boolean mine = false;
    try {
      mine = run.await(turn.come(), until.remaining());
      return mine;
    } finally {
      if (!mine) {
        state.concurrency().leaveQueue(turn);
      }
    }
  }

  /** May come long after the call was given up: only then is there room for another. */
  private void captionerIsBack() {
    state.callOver();
    state.concurrency().exit();
  }

  private void awaitAnswer(Call call, Deadline until, Picture picture, long start)
      throws InterruptedException {
    try {
      if (!run.await(call.answer(), until.remaining())) {
        state.callOver();
        call.abandon(
            new CaptionException(Reason.TIMEOUT, "no answer within " + seconds(since(start))));
      }
    } catch (InterruptedException | CancellationException e) {
      call.abandon(new CaptionException(Reason.TIMEOUT, "no longer needed"));
      run.trail().add(attempts.cancelled(picture, since(start)));
      throw e;
    }
  }

  private CaptionReply raw(Call call, Picture picture, Duration elapsed)
      throws InterruptedException {
    try {
      CaptionReply raw = call.answer().get();
      state.rateLimit().answered();
      return raw;
    } catch (ExecutionException e) {
      CaptionException failure = Failures.of(rung, e.getCause());
      run.trail().add(attempts.failed(failure, picture, elapsed));
      run.trail().failed(rung, failure);
      throw failure;
    }
  }

  private CaptionReply checked(
      CaptionReply raw,
      CaptionRequest request,
      @Nullable String note,
      Picture picture,
      Duration elapsed) {
    Set<CaptionStyle> styles = request.styles();
    try {
      CaptionReply reply = OutputContract.check(raw, styles, request.language());
      run.trail().add(attempts.answered(raw, note, picture, elapsed));
      return reply.toBuilder().rung(rung.name()).provider(rung.type()).build();
    } catch (CaptionException failure) {
      run.trail().add(attempts.unusable(raw, failure, picture, elapsed));
      run.trail().failed(rung, failure);
      throw failure;
    }
  }

  private Duration since(long start) {
    return Duration.ofNanos(parts.time().nanos() - start);
  }

  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }
}
