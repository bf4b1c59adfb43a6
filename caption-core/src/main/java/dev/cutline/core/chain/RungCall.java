package dev.cutline.core.chain;

import dev.cutline.Cancellation;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Deadline;
import dev.cutline.Reason;
import dev.cutline.core.chain.ConcurrencyLimit.Turn;
import dev.cutline.core.contract.OutputContract;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One call of a rung's captioner: a turn, the breaker's leave, a thread, a timeout, the contract on
 * what comes back, and a line in the trail whatever comes of it.
 */
final class RungCall {
  private final ChainParts parts;
  private final RungState state;
  private final Rung rung;
  private final ChainRun run;
  private final Interest interest;
  private final @Nullable Hedge hedge;
  private final Attempts attempts;

  RungCall(
      ChainParts parts, RungState state, ChainRun run, Interest interest, @Nullable Hedge hedge) {
    this.parts = parts;
    this.state = state;
    this.rung = state.rung();
    this.run = run;
    this.interest = interest;
    this.hedge = hedge;
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
    Optional<Turn> turn = takeTurn(request.deadline());
    if (turn.isEmpty()) {
      return Optional.empty();
    }
    Optional<Breaker.Permit> permit = state.breaker().enter();
    if (permit.isEmpty()) {
      state.concurrency().exit();
      run.trail().leftAlone(rung, state.breaker().refusal().orElse(Breaker.Refusal.PAST));
      return Optional.empty();
    }
    try {
      return answer(request, cancellation, picture, note, turn.get(), permit.get());
    } finally {
      permit.get().abandoned(); // unless its end was noted before
    }
  }

  private Optional<CaptionReply> answer(
      CaptionRequest request,
      Cancellation cancellation,
      Picture picture,
      @Nullable String note,
      Turn turn,
      Breaker.Permit permit)
      throws InterruptedException {
    Call<CaptionReply> call =
        new Call<>(
            () -> rung.captioner().caption(request),
            cancellation,
            (reply, failure) -> captionerIsBack(turn, reply, failure));
    Duration timeout = shorter(state.timeout(), run.longest()); // before it changes with this call
    try {
      parts.calls().start(call);
    } catch (RejectedExecutionException e) {
      state.concurrency().exit();
      notAsked("no thread is free to call it");
      return Optional.empty();
    }
    long start = parts.time().nanos();
    Trail.Line line = run.trail().begin(() -> attempts.cancelled(picture, since(start)));
    awaitAnswer(call, request.deadline(), line, picture, start);
    Duration elapsed = since(start);
    CaptionReply raw =
        raw(
            call,
            permit,
            line,
            picture,
            elapsed,
            partOfFairTime(elapsed, timeout, request.deadline()));
    return Optional.of(checked(raw, request, note, line, picture, elapsed));
  }

  private Optional<Turn> takeTurn(Deadline until) throws InterruptedException {
    Optional<Turn> entered = state.concurrency().enter();
    if (entered.isEmpty()) {
      notAsked(ConcurrencyLimit.MOST_WAITING + " requests wait for it already");
      return Optional.empty();
    }
    Turn turn = entered.get();
    if (turn.come().isDone()) {
      return entered;
    }
    boolean mine = false;
    try {
      mine = interest.await(turn.come(), until.remaining());
    } finally {
      if (!mine) {
        state.concurrency().leaveQueue(turn);
      }
    }
    if (!mine) {
      int most = state.concurrency().allowed();
      notAsked("had " + most + (most == 1 ? " call" : " calls") + " under way for too long");
      return Optional.empty();
    }
    return entered;
  }

  private void notAsked(String why) {
    run.trail().notAsked(rung, Reason.UNAVAILABLE, why, null);
  }

  /** May come long after the call was given up: only then is there room for another. */
  private void captionerIsBack(
      Turn turn, @Nullable CaptionReply reply, @Nullable Throwable failure) {
    state.callOver();
    if (reply != null) {
      state.concurrency().answered(turn);
    } else if (failure instanceof CaptionException known && known.reason() == Reason.RATE_LIMITED) {
      state.concurrency().tooMany(turn);
    }
    state.concurrency().exit();
  }

  private void awaitAnswer(
      Call<CaptionReply> call, Deadline until, Trail.Line line, Picture picture, long start)
      throws InterruptedException {
    state.hedging().call();
    try {
      if (!answersWithoutHedge(call, until) && !interest.await(call.answer(), until.remaining())) {
        state.callOver();
        call.abandon(
            new CaptionException(
                Reason.TIMEOUT, "no answer within " + Trail.seconds(since(start))));
      }
    } catch (InterruptedException | CancellationException e) {
      call.abandon(new CaptionException(Reason.TIMEOUT, "no longer needed"));
      Duration elapsed = since(start);
      line.end(attempts.cancelled(picture, elapsed));
      if (hedge != null && hedge.answer().isPresent()) {
        state.latencies().add(elapsed); // at least that: left out, slow calls would seem rare
      }
      throw e;
    }
  }

  private boolean answersWithoutHedge(Call<CaptionReply> call, Deadline until)
      throws InterruptedException {
    if (hedge == null || hedge.after().compareTo(until.remaining()) >= 0) {
      return false;
    }
    if (interest.await(call.answer(), hedge.after())) {
      return true;
    }
    hedge.start();
    return false;
  }

  private CaptionReply raw(
      Call<CaptionReply> call,
      Breaker.Permit permit,
      Trail.Line line,
      Picture picture,
      Duration elapsed,
      double partOfFairTime)
      throws InterruptedException {
    try {
      CaptionReply raw = call.answer().get();
      permit.answered();
      state.latencies().add(elapsed);
      state.rateLimit().answered();
      return raw;
    } catch (ExecutionException e) {
      CaptionException failure = Failures.of(rung, e.getCause());
      if (failure.reason() == Reason.TIMEOUT) {
        permit.timedOut(partOfFairTime);
      } else {
        permit.failed(failure.reason());
      }
      line.end(attempts.failed(failure, picture, elapsed));
      run.trail().failed(rung, failure);
      throw failure;
    }
  }

  /**
   * Returns which part of a fair time, up to 1, a call had that ended in {@link Reason#TIMEOUT}. A
   * fair time is four fifths of the rung's timeout, of the chain's deadline, or of what is usual
   * where that is known, whichever is least: a request that came with little time left says nothing
   * about a server that usually needs more. Four fifths, because other work takes a little of the
   * timeout, and the histogram tells a little too much. A server that says so with time left had
   * what it wanted.
   */
  private double partOfFairTime(Duration elapsed, Duration timeout, Deadline until) {
    if (until.remaining().compareTo(elapsed.dividedBy(4)) > 0) {
      return 1;
    }
    Duration usual = shorter(timeout, state.latencies().quantile(0.95).orElse(timeout));
    return Math.min(1, elapsed.toNanos() / (0.8 * usual.toNanos()));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private CaptionReply checked(
      CaptionReply raw,
      CaptionRequest request,
      @Nullable String note,
      Trail.Line line,
      Picture picture,
      Duration elapsed) {
    Set<CaptionStyle> styles = request.styles();
    try {
      CaptionReply reply = OutputContract.check(raw, styles, request.language());
      line.end(attempts.answered(raw, note, picture, elapsed));
      return reply.toBuilder().rung(rung.name()).provider(rung.type()).build();
    } catch (CaptionException failure) {
      line.end(attempts.unusable(raw, failure, picture, elapsed));
      run.trail().failed(rung, failure);
      throw failure;
    }
  }

  private Duration since(long start) {
    return Duration.ofNanos(parts.time().nanos() - start);
  }
}
