package dev.cutline.core.chain;

import dev.cutline.Attempt;
import dev.cutline.Cancellation;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.Deadline;
import dev.cutline.Reason;
import dev.cutline.core.money.RunBudget;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;

/**
 * One request on its way down the rungs: who is asked next, when somebody else is asked as well,
 * and when it is worth waiting for one that asked to be left alone. How a single rung is asked
 * stands in {@link RungVisit}. Made by the caller's thread, and used once, by one thread.
 */
final class ChainRun {
  /** A server that names ever new times to wait is not believed for ever. */
  private static final int MOST_WAITS = 3;

  private final ChainParts parts;
  private final List<RungState> rungs;
  private final CaptionRequest request;
  private final ChainOptions options;
  private final Duration longest;
  private final Deadline deadline;
  private final Trail trail = new Trail();
  private final Fits fits;
  private final Interest interest;
  private final ChainListener.OfRequest observer;

  /** The rungs that were not asked yet, in their order. */
  private final Set<RungState> open;

  private final Map<RungState, Integer> waits = new LinkedHashMap<>();

  /** Set by the thread of a hedge, too. */
  private volatile boolean outOfBudget;

  ChainRun(
      ChainParts parts,
      List<RungState> rungs,
      CaptionRequest request,
      ChainOptions options,
      Duration deadline) {
    this.parts = parts;
    this.rungs = rungs;
    this.request = request;
    this.options = options;
    this.longest = deadline;
    this.deadline = request.deadline().atMost(deadline);
    this.fits = new Fits(parts, request.image());
    this.interest = new Interest(parts.time());
    this.observer = parts.listener().request(request);
    this.open = new LinkedHashSet<>(rungs);
  }

  CaptionReply answer() {
    long start = parts.time().nanos();
    Cancellation.Registration registration = request.onCancel(interest::end);
    parts.calls().hold(interest);
    try {
      CaptionReply reply = askInOrder().orElseThrow(this::nobodyAnswered);
      List<Attempt> attempts = trail.attempts();
      CaptionReply whole =
          reply.toBuilder()
              .usage(Trail.usage(attempts))
              .costUsd(Trail.costUsd(attempts))
              .elapsed(Duration.ofNanos(parts.time().nanos() - start))
              .trail(attempts)
              .build();
      observer.answered(whole);
      return whole;
    } catch (CaptionException e) {
      observer.failed(e);
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw givenUp("interrupted while waiting for a caption");
    } catch (CancellationException e) {
      throw givenUp("the request was cancelled");
    } finally {
      parts.calls().letGo(interest);
      registration.close();
    }
  }

  /** A run that has spent its budget is to end, whatever else is wrong with other rungs. */
  private CaptionException nobodyAnswered() {
    return outOfBudget ? trail.nobodyAnswered(Reason.BUDGET_SPENT) : trail.nobodyAnswered();
  }

  /**
   * Ends it before it has begun.
   *
   * @return what to tell the caller
   */
  CaptionException notBegun(RejectedExecutionException cause) {
    CaptionException failure =
        new CaptionException(Reason.UNAVAILABLE, "no thread is free for another request", cause);
    observer.failed(failure);
    return failure;
  }

  private CaptionException givenUp(String why) {
    CaptionException failure =
        parts.calls().isClosed()
            ? trail.givenUp(Reason.UNAVAILABLE, "the chain was closed")
            : trail.givenUp(Reason.TIMEOUT, why);
    observer.failed(failure);
    return failure;
  }

  private Optional<CaptionReply> askInOrder() throws InterruptedException {
    for (RungState rung : rungs) {
      if (!rung.rung().capabilities().isModel() && !modelIsReady()) {
        Optional<CaptionReply> reply = askThoseWhoAskedToWait();
        if (reply.isPresent()) {
          return reply;
        }
      }
      if (outOfBudget && !rung.rung().capabilities().isModel()) {
        open.remove(rung);
        trail.notAsked(rung.rung(), Reason.BUDGET_SPENT, "would only describe by rule", null);
      } else if (open.remove(rung)) {
        Optional<CaptionReply> reply = visit(rung);
        if (reply.isPresent()) {
          return reply;
        }
      }
    }
    return askThoseWhoAskedToWait();
  }

  /** A description by rule is no match for a caption that only has to be waited for. */
  private boolean modelIsReady() {
    return readyModel().isPresent();
  }

  /** Returns the next model that can serve this request now and was not asked yet. */
  private Optional<RungState> readyModel() {
    return open.stream()
        .filter(rung -> rung.rung().capabilities().isModel())
        .filter(rung -> visitOf(rung, interest).unable().isEmpty())
        .filter(RungState::isReady)
        .findFirst();
  }

  private Optional<CaptionReply> askThoseWhoAskedToWait() throws InterruptedException {
    Optional<RungState> next = soonest();
    while (next.isPresent()) {
      RungState rung = next.get();
      Duration wait = rung.rateLimit().remaining().orElse(Duration.ZERO);
      if (wait.compareTo(deadline.remaining()) >= 0) {
        return Optional.empty();
      }
      waits.merge(rung, 1, Integer::sum);
      interest.pause(wait);
      Optional<CaptionReply> reply = visit(rung);
      if (reply.isPresent()) {
        return reply;
      }
      next = soonest();
    }
    return Optional.empty();
  }

  private Optional<RungState> soonest() {
    return waits.entrySet().stream()
        .filter(each -> each.getValue() < MOST_WAITS)
        .map(Map.Entry::getKey)
        .min(Comparator.comparing(rung -> rung.rateLimit().remaining().orElse(Duration.ZERO)));
  }

  private Optional<CaptionReply> visit(RungState rung) throws InterruptedException {
    Optional<Duration> usual = rung.hedgeAfter();
    Optional<RungState> other = usual.isPresent() ? readyModel() : Optional.empty();
    if (other.isPresent()) {
      return visit(rung, usual.get(), other.get());
    }
    RungVisit visit = visitOf(rung, interest);
    Optional<CaptionReply> reply = visit.ask(null);
    noteWish(rung, visit);
    return reply;
  }

  /** Asks a rung, and another one as well if it takes longer than is usual. */
  private Optional<CaptionReply> visit(RungState rung, Duration usual, RungState other)
      throws InterruptedException {
    Interest inFirst = interest.part();
    Interest inSecond = interest.part();
    RungVisit first = visitOf(rung, inFirst);
    RungVisit second = visitOf(other, inSecond);
    Hedge hedge =
        new Hedge(
            usual,
            rung.hedging(),
            parts.calls(),
            second,
            inFirst,
            () -> observer.hedged(rung.rung(), other.rung()));
    try {
      Optional<CaptionReply> reply = first.ask(hedge);
      noteWish(rung, first);
      if (reply.isPresent() || !hedge.isStarted()) {
        return reply;
      }
      reply = hedge.await(interest, trail, deadline);
      noteWish(other, second);
      return reply;
    } catch (CancellationException e) {
      return Optional.of(hedge.answer().orElseThrow(() -> e));
    } finally {
      if (hedge.isStarted()) {
        open.remove(other);
      }
      inSecond.end();
    }
  }

  private void noteWish(RungState rung, RungVisit visit) {
    if (visit.askedToWait()) {
      waits.putIfAbsent(rung, 0);
    } else {
      waits.remove(rung);
    }
  }

  private RungVisit visitOf(RungState rung, Interest interest) {
    return new RungVisit(parts, rung, request, options, this, interest);
  }

  /** Returns how much time the chain gives to any request. */
  Duration longest() {
    return longest;
  }

  /** Returns whose budget this spends; empty: nobody's. */
  Optional<String> owner() {
    return options.owner();
  }

  /** Returns what this may spend from with others of its run; empty: no limit. */
  Optional<RunBudget> budget() {
    return options.budget();
  }

  /** Notes that the budget of the run did not reach for a call. */
  void outOfBudget() {
    outOfBudget = true;
  }

  Deadline deadline() {
    return deadline;
  }

  ChainListener.OfRequest observer() {
    return observer;
  }

  Trail trail() {
    return trail;
  }

  Fits fits() {
    return fits;
  }
}
