package dev.cutline.micrometer;

import static dev.cutline.micrometer.ScriptedCaptioner.answers;
import static dev.cutline.micrometer.ScriptedCaptioner.fails;
import static dev.cutline.micrometer.ScriptedCaptioner.model;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.Reason;
import dev.cutline.core.chain.CaptionChain;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A registry that fails costs its meters, never a caption. */
class FaultyRegistryTest {
  private final AtomicInteger failures = new AtomicInteger();
  private final Bed bed = new Bed();

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void registryThatTakesNoMeterStopsNoRequest() {
    MeterRegistry broken = new SimpleMeterRegistry();
    broken
        .config()
        .meterFilter(
            MeterFilter.accept(
                id -> {
                  failures.incrementAndGet();
                  throw new IllegalStateException("no meter");
                }));
    CaptionChain chain = chain(CaptionMeters.of(broken));

    assertThat(Bed.caption(chain).rung()).contains("b");
    assertThat(failures).as("calls, breaker, request").hasValueGreaterThan(3);
  }

  @Test
  void handlerThatFailsAtTheStartStopsNoRequest() {
    assertThat(Bed.caption(chain(meters(true))).rung()).contains("b");
    assertThat(failures).hasPositiveValue();
  }

  @Test
  void handlerThatFailsAtTheEndCostsNoMeters() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    CaptionMeters meters = CaptionMeters.of(registry, observations(false));

    assertThat(Bed.caption(chain(meters)).rung()).contains("b");

    assertThat(failures).as("two calls, one request").hasValue(3);
    assertThat(registry.get("cutline.requests").timer().count()).isEqualTo(1);
    assertThat(registry.get("cutline.attempts").timers()).hasSize(2);
  }

  private CaptionChain chain(CaptionMeters meters) {
    return bed.rung(model(fails(Reason.UNAUTHORIZED))).rung(model(answers("A cat"))).chain(meters);
  }

  private CaptionMeters meters(boolean atStart) {
    return CaptionMeters.of(new SimpleMeterRegistry(), observations(atStart));
  }

  private ObservationRegistry observations(boolean atStart) {
    ObservationRegistry observations = ObservationRegistry.create();
    observations
        .observationConfig()
        .observationHandler(
            new ObservationHandler<>() {
              @Override
              public void onStart(Observation.Context context) {
                fail(atStart);
              }

              @Override
              public void onStop(Observation.Context context) {
                fail(!atStart);
              }

              @Override
              public boolean supportsContext(Observation.Context context) {
                return true;
              }
            });
    return observations;
  }

  private void fail(boolean now) {
    if (now) {
      failures.incrementAndGet();
      throw new IllegalStateException("no span");
    }
  }
}
