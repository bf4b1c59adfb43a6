package dev.cutline.micrometer;

import dev.cutline.core.chain.BreakerState;
import dev.cutline.core.chain.RungStatus;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * How the rungs stand, asked for when somebody looks. One look is good for a second, so that
 * reading all gauges asks the ledger of what was spent once and not once a gauge. Thread-safe.
 */
final class RungGauges {
  private static final long GOOD_FOR = Duration.ofSeconds(1).toNanos();

  private final Supplier<List<RungStatus>> rungs;
  private final Clock clock;
  private List<RungStatus> seen;
  private long seenAt;

  private RungGauges(Supplier<List<RungStatus>> rungs, Clock clock) {
    this.rungs = rungs;
    this.clock = clock;
    this.seen = rungs.get();
    this.seenAt = clock.monotonicTime() - GOOD_FOR; // the first reader looks anew
  }

  static void register(Supplier<List<RungStatus>> rungs, MeterRegistry registry, Tags common) {
    RungGauges gauges = new RungGauges(rungs, registry.config().clock());
    List<RungStatus> now = gauges.seen;
    for (int i = 0; i < now.size(); i++) {
      gauges.register(i, now.get(i), registry, common);
    }
  }

  private void register(int index, RungStatus rung, MeterRegistry registry, Tags common) {
    Tags tags = common.and(Names.tags(rung.name(), rung.type()));
    for (BreakerState state : BreakerState.values()) {
      gauge(
              Names.BREAKER_STATE,
              "1 for the state of the breaker, 0 for the others",
              index,
              status -> status.breaker() == state ? 1 : 0)
          .tags(tags.and("state", state.name().toLowerCase(Locale.ROOT)))
          .register(registry);
    }
    gauge(Names.CALLS_ACTIVE, "Calls under way", index, RungStatus::underWay)
        .tags(tags)
        .register(registry);
    gauge(Names.CALLS_WAITING, "Requests that wait for a turn", index, RungStatus::waiting)
        .tags(tags)
        .register(registry);
    gauge(Names.CALLS_ALLOWED, "Calls that may be under way at once", index, RungGauges::allowed)
        .tags(tags)
        .register(registry);
    rung.dailyBudget().ifPresent(budget -> budget(index, budget, tags, registry));
  }

  private void budget(int index, BigDecimal budget, Tags tags, MeterRegistry registry) {
    gauge(Names.BUDGET_SPENT, "Spent and set aside today, in UTC", index, RungGauges::spent)
        .baseUnit(Names.DOLLARS)
        .tags(tags)
        .register(registry);
    Gauge.builder(Names.BUDGET_LIMIT, budget::doubleValue)
        .description("What may be spent on one day")
        .baseUnit(Names.DOLLARS)
        .tags(tags)
        .register(registry);
  }

  private Gauge.Builder<?> gauge(
      String name, String description, int index, ToDoubleFunction<RungStatus> value) {
    return Gauge.builder(name, () -> value.applyAsDouble(look().get(index)))
        .description(description);
  }

  private synchronized List<RungStatus> look() {
    long now = clock.monotonicTime();
    if (now - seenAt >= GOOD_FOR) {
      seen = rungs.get();
      seenAt = now;
    }
    return seen;
  }

  private static double allowed(RungStatus status) {
    return status.allowed().isPresent() ? status.allowed().getAsInt() : Double.POSITIVE_INFINITY;
  }

  private static double spent(RungStatus status) {
    return status.spentToday().map(BigDecimal::doubleValue).orElse(Double.NaN);
  }
}
