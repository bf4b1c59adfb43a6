package dev.cutline.micrometer;

import dev.cutline.core.chain.Rung;
import io.micrometer.core.instrument.Tags;

/** What our own meters, spans and their tags are called. */
final class Names {
  static final String REQUESTS = "cutline.requests";
  static final String ATTEMPTS = "cutline.attempts";
  static final String SKIPS = "cutline.skips";
  static final String FALLBACKS = "cutline.fallbacks";
  static final String HEDGES = "cutline.hedges";
  static final String COST = "cutline.cost";
  static final String BREAKER_OPENINGS = "cutline.breaker.openings";
  static final String BREAKER_PROBES = "cutline.breaker.probes";
  static final String BREAKER_STATE = "cutline.breaker.state";
  static final String CALLS_ACTIVE = "cutline.calls.active";
  static final String CALLS_WAITING = "cutline.calls.waiting";
  static final String CALLS_ALLOWED = "cutline.calls.allowed";
  static final String BUDGET_SPENT = "cutline.budget.spent";
  static final String BUDGET_LIMIT = "cutline.budget.limit";

  /** A word of their own, so that timers that a registry makes of spans can be told apart. */
  static final String REQUEST_SPAN = "cutline.span.request";

  static final String ATTEMPT_SPAN = "cutline.span.attempt";

  static final String RUNG_KEY = "cutline.rung";
  static final String TYPE_KEY = "cutline.type";
  static final String OUTCOME_KEY = "cutline.outcome";
  static final String CACHED_KEY = "cutline.cached";
  static final String COST_KEY = "cutline.cost.usd";

  /** Prometheus wants every meter of a name to have the same keys, so what is absent says so. */
  static final String NONE = "none";

  static final String DOLLARS = "usd";

  private Names() {}

  static Tags tags(Rung rung) {
    return tags(rung.name(), rung.type());
  }

  static Tags tags(String rung, String type) {
    return Tags.of("rung", rung, "type", type);
  }
}
