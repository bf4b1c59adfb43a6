package dev.cutline.micrometer;

import dev.cutline.Attempt;
import dev.cutline.Outcome;
import dev.cutline.core.chain.Rung;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

/**
 * The span of one call. Whatever a server says in words stays out of it, but for the name of its
 * model.
 */
final class AttemptSpan {
  private final Observation observation;

  private AttemptSpan(Observation observation) {
    this.observation = observation;
  }

  /** Starts one, on any thread. */
  static AttemptSpan start(ObservationRegistry registry, Observation request, Rung rung) {
    String verb = rung.capabilities().isModel() ? GenAi.CHAT : "describe";
    return new AttemptSpan(
        Observation.createNotStarted(Names.ATTEMPT_SPAN, registry)
            .parentObservation(request)
            .contextualName(verb + " " + rung.name())
            .lowCardinalityKeyValues(
                KeyValues.of(
                    Names.RUNG_KEY,
                    rung.name(),
                    Names.TYPE_KEY,
                    rung.type(),
                    GenAi.OPERATION_KEY,
                    GenAi.operation(rung),
                    GenAi.PROVIDER_KEY,
                    GenAi.provider(rung)))
            .start());
  }

  void over(Attempt attempt) {
    Outcome outcome = attempt.outcome();
    if (outcome != Outcome.OK && outcome != Outcome.CANCELLED) {
      observation.error(new CaptionFailure(outcome.name()));
    }
    observation
        .lowCardinalityKeyValue(Names.OUTCOME_KEY, outcome.name())
        .lowCardinalityKeyValue(GenAi.ERROR_KEY, GenAi.error(outcome))
        .highCardinalityKeyValue(Names.COST_KEY, attempt.costUsd().toPlainString());
    attempt
        .model()
        .filter(model -> !model.isBlank() && model.length() <= ModelNames.LONGEST)
        .ifPresent(model -> observation.highCardinalityKeyValue(GenAi.MODEL_KEY, model));
    count(GenAi.INPUT_TOKENS_KEY, attempt.usage().inputTokens());
    count(GenAi.OUTPUT_TOKENS_KEY, attempt.usage().outputTokens());
    observation.stop();
  }

  private void count(String key, long tokens) {
    if (tokens > 0) {
      observation.highCardinalityKeyValue(key, Long.toString(tokens));
    }
  }
}
