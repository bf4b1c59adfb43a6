package dev.cutline.core.chain;

import dev.cutline.Cancellation;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.Deadline;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * One request on its way down the rungs: who is asked next, and when it is worth waiting for one
 * that asked to be left alone. How a single rung is asked stands in {@link RungVisit}. Used once,
 * by one thread.
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
  private final CompletableFuture<Void> cancelled = new CompletableFuture<>();
  private final Map<RungState, Integer> waits = new LinkedHashMap<>();

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
    this.fits = new Fits(parts, request.image(), this);
  }

  CaptionReply answer() {
    long start = parts.time().nanos();
    Cancellation.Registration registration = request.onCancel(() -> cancelled.complete(null));
    try {
      CaptionReply reply = askInOrder().orElseThrow(trail::nobodyAnswered);
      return reply.toBuilder()
          .usage(trail.usage())
          .costUsd(trail.costUsd())
          .elapsed(Duration.ofNanos(parts.time().nanos() - start))
          .trail(trail.attempts())
          .build();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw trail.givenUp("interrupted while waiting for a caption");
    } catch (CancellationException e) {
      throw trail.givenUp("the request was cancelled");
    } finally {
      registration.close();
    }
  }

  private Optional<CaptionReply> askInOrder() throws InterruptedException {
    for (int i = 0; i < rungs.size(); i++) {
      RungState rung = rungs.get(i);
      if (!rung.rung().capabilities().isModel() && !modelIsReady(rungs.subList(i, rungs.size()))) {
        Optional<CaptionReply> reply = askThoseWhoAskedToWait();
        if (reply.isPresent()) {
          return reply;
        }
      }
      Optional<CaptionReply> reply = visit(rung);
      if (reply.isPresent()) {
        return reply;
      }
    }
    return askThoseWhoAskedToWait();
  }

  /** A description by rule is no match for a caption that only has to be waited for. */
  private boolean modelIsReady(List<RungState> later) {
    return later.stream()
        .filter(rung -> rung.rung().capabilities().isModel())
        .filter(rung -> visitOf(rung).unable().isEmpty())
        .anyMatch(RungState::isReady);
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
      pause(wait);
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
    checkStillWanted();
    RungVisit visit = visitOf(rung);
    Optional<CaptionReply> reply = visit.ask();
    if (visit.askedToWait()) {
      waits.putIfAbsent(rung, 0);
    } else {
      waits.remove(rung);
    }
    return reply;
  }

  private RungVisit visitOf(RungState rung) {
    return new RungVisit(parts, rung, request, options, this);
  }

  Deadline deadline() {
    return deadline;
  }

  /** Returns how much time the chain gives to any request. */
  Duration longest() {
    return longest;
  }

  Trail trail() {
    return trail;
  }

  Fits fits() {
    return fits;
  }

  /** Lets time pass. */
  void pause(Duration time) throws InterruptedException {
    await(new CompletableFuture<Void>(), time);
  }

  /**
   * Waits for an event, at most for a time.
   *
   * @return whether it happened
   * @throws CancellationException if the request was cancelled
   */
  boolean await(CompletableFuture<?> event, Duration atMost) throws InterruptedException {
    boolean happened = parts.time().await(CompletableFuture.anyOf(event, cancelled), atMost);
    if (cancelled.isDone()) {
      throw new CancellationException();
    }
    return happened;
  }

  private void checkStillWanted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (cancelled.isDone()) {
      throw new CancellationException();
    }
  }
}
