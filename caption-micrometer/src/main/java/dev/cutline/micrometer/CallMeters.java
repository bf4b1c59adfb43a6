package dev.cutline.micrometer;

import dev.cutline.Attempt;
import dev.cutline.core.chain.Rung;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.stream.IntStream;

/** The meters of single calls: time, tokens, money. Thread-safe. */
final class CallMeters {
  private static final int BUCKETS = 14;

  private final ModelNames models = new ModelNames();
  private final MeterProvider<Timer> attempts;
  private final MeterProvider<Counter> cost;
  private final MeterProvider<Timer> durations;
  private final MeterProvider<DistributionSummary> tokens;

  CallMeters(MeterRegistry registry, Tags common) {
    this.attempts =
        Timer.builder(Names.ATTEMPTS)
            .description("Calls of rungs, by what came of them")
            .tags(common)
            .withRegistry(registry);
    this.cost =
        Counter.builder(Names.COST)
            .description("What calls cost, by the prices in the settings")
            .baseUnit(Names.DOLLARS)
            .tags(common)
            .withRegistry(registry);
    this.durations =
        Timer.builder(GenAi.DURATION)
            .description("Calls of models")
            .serviceLevelObjectives(durationBuckets())
            .tags(common)
            .withRegistry(registry);
    this.tokens =
        DistributionSummary.builder(GenAi.TOKEN_USAGE)
            .description("Tokens that calls of models used")
            .serviceLevelObjectives(tokenBuckets())
            .tags(common)
            .withRegistry(registry);
  }

  /** Notes a call that is over. */
  void over(Rung rung, Attempt attempt) {
    String model = models.tag(attempt);
    attempts
        .withTags(Names.tags(rung).and("outcome", attempt.outcome().name()))
        .record(attempt.elapsed());
    if (attempt.costUsd().signum() > 0) {
      cost.withTags(Names.tags(rung).and("model", model))
          .increment(attempt.costUsd().doubleValue());
    }
    if (rung.capabilities().isModel()) {
      durations.withTags(GenAi.tags(rung, attempt, model)).record(attempt.elapsed());
      count(rung, model, "input", attempt.usage().inputTokens());
      count(rung, model, "output", attempt.usage().outputTokens());
    }
  }

  /** A server that does not count its tokens says 0; the conventions want no value then. */
  private void count(Rung rung, String model, String type, long count) {
    if (count > 0) {
      tokens
          .withTags(GenAi.tags(rung, model).and(GenAi.TOKEN_TYPE_KEY, type))
          .record((double) count);
    }
  }

  /** Returns what the conventions ask for: 10 ms, doubling, to 82 s. */
  private static Duration[] durationBuckets() {
    return IntStream.range(0, BUCKETS)
        .mapToObj(power -> Duration.ofMillis(10).multipliedBy(1L << power))
        .toArray(Duration[]::new);
  }

  /** Returns what the conventions ask for: 1, times 4, to 67 million. */
  private static double[] tokenBuckets() {
    return IntStream.range(0, BUCKETS).mapToDouble(power -> Math.pow(4, power)).toArray();
  }
}
