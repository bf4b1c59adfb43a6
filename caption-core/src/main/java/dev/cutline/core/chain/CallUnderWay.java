package dev.cutline.core.chain;

import dev.cutline.Attempt;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.Deadline;
import dev.cutline.Outcome;
import dev.cutline.Reason;
import dev.cutline.core.chain.ConcurrencyLimit.Turn;
import dev.cutline.core.contract.OutputContract;
import dev.cutline.core.money.Funds;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One call that was made: how long it is waited for, the contract on what comes back, what the rung
 * is taken for from then on, what it cost, and a line in the trail whatever comes of it. Used once,
 * by the thread that waits.
 */
final class CallUnderWay {
  private final Time time;
  private final Calls calls;
  private final RungState state;
  private final Rung rung;
  private final ChainRun run;
  private final Question question;
  private final Breaker.Permit permit;
  private final Funds funds;
  private final Attempts attempts;
  private final Call<CaptionReply> call;

  /** What the rung gets for this call, before it changes with its end. */
  private final Duration timeout;

  private final long start;

  /** Begun before the call is: once somebody is asked, it stands in the trail. */
  private final Trail.Line line;

  private boolean onThisThread;

  /**
   * @param turn of the call
   * @param permit of the breaker; ended by whoever got it unless that is done here
   * @param funds what was set aside for the call
   */
  CallUnderWay(
      ChainParts parts,
      RungState state,
      ChainRun run,
      Question question,
      Turn turn,
      Breaker.Permit permit,
      Funds funds) {
    this.time = parts.time();
    this.calls = parts.calls();
    this.state = state;
    this.rung = state.rung();
    this.run = run;
    this.question = question;
    this.permit = permit;
    this.funds = funds;
    this.attempts = new Attempts(rung, question.picture());
    this.call =
        new Call<>(
            () -> rung.captioner().caption(question.request()),
            question.cancellation(),
            (reply, failure) -> captionerIsBack(turn, reply, failure));
    this.timeout = shorter(state.timeout(), run.longest());
    this.start = time.nanos();
    this.line =
        run.trail().begin(() -> attempts.cancelled(since()), run.observer().call(state.rung()));
  }

  /**
   * Starts it on a thread of its own, so that a captioner that hangs does not hold the caller's. A
   * punctual one does not do that: unless somebody else may have to be asked meanwhile, it is left
   * to the thread that {@linkplain #await waits}.
   *
   * @param hedge what may be asked meanwhile; null: nobody
   * @throws RejectedExecutionException if no thread takes it
   */
  void start(@Nullable Hedge hedge) {
    onThisThread = hedge == null && rung.capabilities().isPunctual();
    if (!onThisThread) {
      calls.start(call);
    }
  }

  /** Notes that no thread took it. */
  void notMade(String why) {
    funds.settle(BigDecimal.ZERO);
    run.trail().notMade(line, rung, Reason.UNAVAILABLE, why);
  }

  /**
   * Waits for the answer.
   *
   * @param interest in it
   * @param hedge started when it takes longer than is usual; null: none
   * @throws CaptionException if there is none, or it cannot be used
   */
  CaptionReply await(Interest interest, @Nullable Hedge hedge) throws InterruptedException {
    state.hedging().call();
    try {
      awaitAnswer(interest, hedge);
    } catch (InterruptedException | CancellationException e) {
      call.abandon(noLongerNeeded());
      Duration elapsed = since();
      line.end(attempts.cancelled(elapsed));
      if (hedge != null && hedge.answer().isPresent()) {
        permit.timedOut(0); // a probe that was overtaken has shown nothing, but had its turn
        state.latencies().add(elapsed); // at least that: left out, slow calls would seem rare
      }
      throw e;
    }
    Duration elapsed = since();
    return checked(raw(elapsed), elapsed);
  }

  private void awaitAnswer(Interest interest, @Nullable Hedge hedge) throws InterruptedException {
    if (onThisThread) {
      answerHere(interest);
      return;
    }
    Deadline until = question.request().deadline();
    if (hedge != null && hedge.after().compareTo(until.remaining()) < 0) {
      if (interest.await(call.answer(), hedge.after())) {
        return;
      }
      hedge.start();
    }
    if (!interest.await(call.answer(), until.remaining())) {
      state.callOver();
      call.abandon(
          new CaptionException(Reason.TIMEOUT, "no answer within " + Trail.seconds(since())));
    }
  }

  private void answerHere(Interest interest) throws InterruptedException {
    interest.whenGone(() -> call.abandon(noLongerNeeded()));
    calls.runHere(call);
    if (call.answer().isCompletedExceptionally()) {
      interest.check(); // then that is why
    }
  }

  private static CaptionException noLongerNeeded() {
    return new CaptionException(Reason.TIMEOUT, "no longer needed");
  }

  private CaptionReply raw(Duration elapsed) throws InterruptedException {
    double partOfFairTime = partOfFairTime(elapsed);
    try {
      CaptionReply raw = call.answer().get();
      state.latencies().add(elapsed);
      state.rateLimit().answered();
      return raw;
    } catch (ExecutionException e) {
      CaptionException failure =
          OutputContract.judge(Failures.of(rung, e.getCause()), question.request().language());
      state.failed(failure);
      if (failure.reason() == Reason.TIMEOUT) {
        permit.timedOut(partOfFairTime);
      } else {
        permit.failed(failure.reason());
      }
      throw failed(failure, attempts.failed(failure, elapsed));
    }
  }

  private CaptionReply checked(CaptionReply raw, Duration elapsed) {
    try {
      CaptionReply reply =
          OutputContract.check(raw, question.request().styles(), question.request().language());
      permit.answered();
      end(attempts.answered(raw, question.note(), elapsed));
      return reply.toBuilder().rung(rung.name()).provider(rung.type()).build();
    } catch (CaptionException failure) {
      state.failed(failure);
      permit.failed(failure.reason());
      throw failed(failure, attempts.unusable(raw, failure, elapsed));
    }
  }

  private CaptionException failed(CaptionException failure, Attempt attempt) {
    end(attempt);
    run.trail().failed(rung, failure);
    return failure;
  }

  private void end(Attempt attempt) {
    line.end(attempt);
    if (attempt.outcome() != Outcome.TIMEOUT) { // then nobody knows; what was set aside is spent
      funds.settle(attempt.costUsd());
    }
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

  /**
   * Returns which part of a fair time, up to 1, a call had that ended in {@link Reason#TIMEOUT}. A
   * fair time is four fifths of the rung's timeout, of the chain's deadline, or of what is usual
   * where that is known, whichever is least: a request that came with little time left says nothing
   * about a server that usually needs more. Four fifths, because other work takes a little of the
   * timeout, and the histogram tells a little too much. A server that says so with time left had
   * what it wanted.
   */
  private double partOfFairTime(Duration elapsed) {
    if (question.request().deadline().remaining().compareTo(elapsed.dividedBy(4)) > 0) {
      return 1;
    }
    Duration usual = shorter(timeout, state.latencies().quantile(0.95).orElse(timeout));
    return Math.min(1, elapsed.toNanos() / (0.8 * usual.toNanos()));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private Duration since() {
    return Duration.ofNanos(time.nanos() - start);
  }
}
