package dev.cutline.micrometer;

import dev.cutline.CaptionRequest;
import dev.cutline.core.Cutline;
import dev.cutline.core.chain.BreakerEvent;
import dev.cutline.core.chain.CaptionChain;
import dev.cutline.core.chain.ChainListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.observation.ObservationRegistry;
import java.util.Objects;

/**
 * Turns what a chain does into meters of Micrometer, and into spans where there is a registry of
 * observations.
 *
 * <pre>{@code
 * CaptionMeters meters = CaptionMeters.of(registry, observations);
 * Cutline cutline =
 *     meters.bindTo(Cutline.from(settings, builder -> builder.chainListener(meters)));
 * }</pre>
 *
 * <p>Tags are of bounded number: rungs, types, outcomes, models (the first 100 of each rung, then
 * {@code other}). No owner, id, text or picture, and no message of a server, comes into a meter or
 * a span. Thread-safe; what a registry throws is logged by the chain and stops no request.
 */
public final class CaptionMeters implements ChainListener {
  private final MeterRegistry registry;
  private final ObservationRegistry observations;
  private final Tags common;
  private final RequestMeters requests;
  private final CallMeters calls;

  private CaptionMeters(Builder builder) {
    this.registry = builder.registry;
    this.observations = builder.observations;
    this.common = builder.tags;
    this.requests = new RequestMeters(registry, common);
    this.calls = new CallMeters(registry, common);
  }

  /** Returns meters without spans. */
  public static CaptionMeters of(MeterRegistry registry) {
    return builder(registry).build();
  }

  /** Returns meters, and spans of requests and calls. */
  public static CaptionMeters of(MeterRegistry registry, ObservationRegistry observations) {
    return builder(registry).observations(observations).build();
  }

  /** Starts with no spans and no further tags. */
  public static Builder builder(MeterRegistry registry) {
    return new Builder(registry);
  }

  /**
   * Registers gauges of how the rungs of an instance stand: breakers, calls under way and waiting,
   * money spent today. The registry keeps the instance from then on, so that two of them in one
   * registry need {@linkplain Builder#tags tags} to be told apart.
   *
   * @return the same instance
   */
  public Cutline bindTo(Cutline cutline) {
    RungGauges.register(cutline::rungs, registry, common);
    return cutline;
  }

  /**
   * Registers gauges of how the rungs of a chain stand, as {@link #bindTo(Cutline)}.
   *
   * @return the same chain
   */
  public CaptionChain bindTo(CaptionChain chain) {
    RungGauges.register(chain::status, registry, common);
    return chain;
  }

  @Override
  public OfRequest request(CaptionRequest request) {
    return new RequestWatch(
        registry.config().clock(), requests, calls, RequestSpan.start(observations));
  }

  @Override
  public void breaker(BreakerEvent event) {
    requests.breaker(event);
  }

  /** Builds {@link CaptionMeters}. Not safe for several threads. */
  public static final class Builder {
    private final MeterRegistry registry;
    private ObservationRegistry observations = ObservationRegistry.NOOP;
    private Tags tags = Tags.empty();

    private Builder(MeterRegistry registry) {
      this.registry = Objects.requireNonNull(registry, "registry");
    }

    /** Sets where spans go. Default: nowhere. */
    public Builder observations(ObservationRegistry observations) {
      this.observations = Objects.requireNonNull(observations, "observations");
      return this;
    }

    /**
     * Sets tags of all meters, for example to tell two chains of one application apart; spans do
     * not get them. Default: none.
     */
    public Builder tags(Iterable<Tag> tags) {
      this.tags = Tags.of(tags);
      return this;
    }

    public CaptionMeters build() {
      return new CaptionMeters(this);
    }
  }
}
