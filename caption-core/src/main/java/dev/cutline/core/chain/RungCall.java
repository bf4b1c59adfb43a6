package dev.cutline.core.chain;

import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.Deadline;
import dev.cutline.Reason;
import dev.cutline.Usage;
import dev.cutline.core.chain.ConcurrencyLimit.Turn;
import dev.cutline.core.money.DailyBudgets;
import dev.cutline.core.money.Funds;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What a call of a rung's captioner needs before it is made, in this order: a turn, the breaker's
 * leave, money, a thread. Whatever is not had is given back, and stands in the trail. What comes of
 * the call is the matter of {@link CallUnderWay}.
 */
final class RungCall {
  private final ChainParts parts;
  private final RungState state;
  private final Rung rung;
  private final ChainRun run;
  private final Interest interest;
  private final @Nullable Hedge hedge;
  private final Question question;

  RungCall(
      ChainParts parts,
      RungState state,
      ChainRun run,
      Interest interest,
      @Nullable Hedge hedge,
      Question question) {
    this.parts = parts;
    this.state = state;
    this.rung = state.rung();
    this.run = run;
    this.interest = interest;
    this.hedge = hedge;
    this.question = question;
  }

  /**
   * Returns the answer, or nothing if the rung could not be asked.
   *
   * @throws CaptionException if it was asked and failed
   */
  Optional<CaptionReply> make() throws InterruptedException {
    Optional<Turn> turn = takeTurn(question.request().deadline());
    if (turn.isEmpty()) {
      return Optional.empty();
    }
    boolean started = false;
    try {
      Optional<Breaker.Permit> permit = state.breaker().enter();
      if (permit.isEmpty()) {
        run.trail().leftAlone(rung, state.breaker().refusal().orElse(Breaker.Refusal.PAST));
        return Optional.empty();
      }
      try {
        Optional<CallUnderWay> call = start(turn.get(), permit.get());
        if (call.isEmpty()) {
          return Optional.empty();
        }
        started = true; // its end is the captioner's coming back
        return Optional.of(call.get().await(interest, hedge));
      } finally {
        permit.get().abandoned(); // unless its end was noted before
      }
    } finally {
      if (!started) {
        state.concurrency().exit();
      }
    }
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

  private Optional<CallUnderWay> start(Turn turn, Breaker.Permit permit) {
    Funds funds = new Funds();
    try {
      setAside(funds);
    } catch (CaptionException e) {
      funds.settle(BigDecimal.ZERO);
      run.trail()
          .notAsked(rung, e.reason(), Trail.oneLine(e.getMessage()), e.retryAfter().orElse(null));
      return Optional.empty();
    }
    CallUnderWay call = new CallUnderWay(parts, state, run, question, turn, permit, funds);
    try {
      call.start(hedge);
    } catch (RejectedExecutionException e) {
      call.notMade("no thread is free to call it");
      return Optional.empty();
    }
    return Optional.of(call);
  }

  /**
   * The budget of the run comes last: what it refuses ends the run, so it must not be kept busy by
   * a call that another budget refuses.
   */
  private void setAside(Funds funds) {
    DailyBudgets budgets = parts.budgets();
    if (budgets == null && run.budget().isEmpty()) {
      return;
    }
    BigDecimal estimate = estimate();
    if (budgets != null) {
      String owner = run.owner().orElse(null);
      budgets.setAside(rung.name(), rung.dailyBudget().orElse(null), owner, estimate, funds);
    }
    if (run.budget().isPresent()) {
      try {
        run.budget().get().setAside(estimate, funds);
      } catch (CaptionException e) {
        run.outOfBudget();
        throw e;
      }
    }
  }

  private BigDecimal estimate() {
    Usage usage =
        rung.estimate(
            (double) question.picture().data().width() * question.picture().data().height(),
            question.request().context().map(String::length).orElse(0),
            question.request().styles().size());
    return rung.prices().cost(usage, 1, question.request().deadline().remaining());
  }

  private void notAsked(String why) {
    run.trail().notAsked(rung, Reason.UNAVAILABLE, why, null);
  }
}
