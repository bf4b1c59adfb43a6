package dev.cutline.micrometer;

import dev.cutline.Attempt;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.Outcome;
import dev.cutline.core.chain.Rung;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.math.BigDecimal;
import java.util.List;

/**
 * The span of one request, a child of what its caller's thread observes. It says who answered, and
 * nothing that a picture shows: no text, no message of a server. No scope is opened, because calls
 * run on threads of the chain.
 */
final class RequestSpan {
  private final ObservationRegistry registry;
  private final Observation observation;

  private RequestSpan(ObservationRegistry registry, Observation observation) {
    this.registry = registry;
    this.observation = observation;
  }

  /** Starts one, on the thread of the caller. */
  static RequestSpan start(ObservationRegistry registry) {
    return new RequestSpan(
        registry,
        Observation.createNotStarted(Names.REQUEST_SPAN, registry)
            .contextualName("caption")
            .start());
  }

  /** Starts the span of a call, which is a child of this. */
  AttemptSpan attempt(Rung rung) {
    return AttemptSpan.start(registry, observation, rung);
  }

  void answered(CaptionReply reply) {
    end(
        reply.rung().orElse(Names.NONE),
        reply.provider().orElse(Names.NONE),
        Outcome.OK,
        reply.isCached(),
        reply.trail());
  }

  void failed(CaptionException failure) {
    observation.error(new CaptionFailure(failure.reason().name()));
    end(Names.NONE, Names.NONE, Outcome.of(failure.reason()), false, failure.trail());
  }

  private void end(String rung, String type, Outcome outcome, boolean cached, List<Attempt> trail) {
    observation
        .lowCardinalityKeyValues(
            KeyValues.of(
                Names.RUNG_KEY,
                rung,
                Names.TYPE_KEY,
                type,
                Names.OUTCOME_KEY,
                outcome.name(),
                Names.CACHED_KEY,
                Boolean.toString(cached)))
        .highCardinalityKeyValue(Names.COST_KEY, dollars(trail))
        .stop();
  }

  private static String dollars(List<Attempt> trail) {
    return trail.stream()
        .map(Attempt::costUsd)
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .toPlainString();
  }
}
