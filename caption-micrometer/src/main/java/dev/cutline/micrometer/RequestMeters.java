package dev.cutline.micrometer;

import dev.cutline.Attempt;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.Outcome;
import dev.cutline.core.chain.BreakerEvent;
import dev.cutline.core.chain.BreakerState;
import dev.cutline.core.chain.Rung;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;

/** The meters of whole requests, and of breakers. Thread-safe. */
final class RequestMeters {
  /** Each number is a series; beyond it, how many there were hardly matters. */
  private static final int MOST_FAILURES = 5;

  private final MeterProvider<Timer> requests;
  private final MeterProvider<Counter> fallbacks;
  private final MeterProvider<Counter> skips;
  private final MeterProvider<Counter> hedges;
  private final MeterProvider<Counter> openings;
  private final MeterProvider<Counter> probes;

  RequestMeters(MeterRegistry registry, Tags common) {
    this.requests =
        Timer.builder(Names.REQUESTS)
            .description("Requests, by what came of them and who answered")
            .tags(common)
            .withRegistry(registry);
    this.fallbacks =
        counter(Names.FALLBACKS, "Requests that a rung answered in place of another", common)
            .withRegistry(registry);
    this.skips =
        counter(Names.SKIPS, "Times that a rung was passed over", common).withRegistry(registry);
    this.hedges =
        counter(Names.HEDGES, "Times that another rung was asked as well", common)
            .withRegistry(registry);
    this.openings =
        counter(Names.BREAKER_OPENINGS, "Times that a closed breaker opened", common)
            .withRegistry(registry);
    this.probes =
        counter(Names.BREAKER_PROBES, "Calls that an open breaker let through", common)
            .withRegistry(registry);
  }

  private static Counter.Builder counter(String name, String description, Tags common) {
    return Counter.builder(name).description(description).tags(common);
  }

  /**
   * Notes a request that was answered.
   *
   * @param elapsed since it came
   */
  void answered(CaptionReply reply, Duration elapsed) {
    String rung = reply.rung().orElse(Names.NONE);
    String type = reply.provider().orElse(Names.NONE);
    over(rung, type, Outcome.OK, reply.isCached(), elapsed);
    List<Attempt> before = before(rung, reply.trail());
    if (before.stream().anyMatch(attempt -> isReplaced(attempt, rung))) {
      fallbacks.withTags(Names.tags(rung, type).and("failures", failures(before))).increment();
    }
    skipped(reply.trail());
  }

  /** Notes a request that nobody answered. */
  void failed(CaptionException failure, Duration elapsed) {
    over(Names.NONE, Names.NONE, Outcome.of(failure.reason()), false, elapsed);
    skipped(failure.trail());
  }

  private void over(String rung, String type, Outcome outcome, boolean cached, Duration elapsed) {
    requests
        .withTags(
            Names.tags(rung, type)
                .and("outcome", outcome.name(), "cached", Boolean.toString(cached)))
        .record(elapsed);
  }

  private void skipped(List<Attempt> trail) {
    for (Attempt attempt : trail) {
      if (attempt.outcome() == Outcome.SKIPPED) {
        skips.withTags(Names.tags(attempt.rung(), attempt.provider())).increment();
      }
    }
  }

  private static List<Attempt> before(String rung, List<Attempt> trail) {
    return trail.stream()
        .takeWhile(attempt -> attempt.outcome() != Outcome.OK || !attempt.rung().equals(rung))
        .toList();
  }

  private static boolean isReplaced(Attempt attempt, String answering) {
    return !attempt.rung().equals(answering)
        && (attempt.outcome() == Outcome.SKIPPED || isFailure(attempt.outcome()));
  }

  private static String failures(List<Attempt> before) {
    long count = before.stream().filter(attempt -> isFailure(attempt.outcome())).count();
    return count < MOST_FAILURES ? Long.toString(count) : MOST_FAILURES + "+";
  }

  /** A call that was cancelled, or answered late, because another was faster did not fail. */
  private static boolean isFailure(Outcome outcome) {
    return outcome != Outcome.OK && outcome != Outcome.SKIPPED && outcome != Outcome.CANCELLED;
  }

  /**
   * Notes what became of a hedge.
   *
   * @param slow the rung that took long
   * @param other the one that was asked as well
   * @param result whose answer counted
   */
  void hedged(Rung slow, Rung other, HedgeResult result) {
    hedges
        .withTags(Names.tags(slow).and("other", other.name(), "result", result.name()))
        .increment();
  }

  /** Notes what a breaker does. */
  void breaker(BreakerEvent event) {
    Tags rung = Names.tags(event.rung());
    if (event.byProbe()) {
      String works = Boolean.toString(event.state() == BreakerState.CLOSED);
      probes.withTags(rung.and("works", works)).increment();
    } else {
      String cause = event.cause() == null ? Names.NONE : event.cause().name();
      openings.withTags(rung.and("cause", cause)).increment();
    }
  }
}
