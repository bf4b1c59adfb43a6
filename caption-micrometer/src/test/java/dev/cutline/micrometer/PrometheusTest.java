package dev.cutline.micrometer;

import static dev.cutline.micrometer.ScriptedCaptioner.answers;
import static dev.cutline.micrometer.ScriptedCaptioner.byRule;
import static dev.cutline.micrometer.ScriptedCaptioner.fails;
import static dev.cutline.micrometer.ScriptedCaptioner.hangs;
import static dev.cutline.micrometer.ScriptedCaptioner.model;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.Reason;
import dev.cutline.core.chain.BreakerEvent;
import dev.cutline.core.chain.BreakerState;
import dev.cutline.core.chain.CaptionChain;
import dev.cutline.core.money.DailyBudgets;
import dev.cutline.core.money.Prices;
import dev.cutline.core.store.MemoryRecordStore;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Prometheus refuses meters of one name with other tags, so all that may happen happens in one
 * registry here, with the timers that a registry makes of spans.
 */
class PrometheusTest {
  @Test
  void takesEveryMeter() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    List<String> refused = Collections.synchronizedList(new ArrayList<>());
    registry.config().onMeterRegistrationFailed((id, reason) -> refused.add(id + " " + reason));
    ObservationRegistry observations = ObservationRegistry.create();
    observations
        .observationConfig()
        .observationHandler(new DefaultMeterObservationHandler(registry));

    everything(CaptionMeters.of(registry, observations));

    assertThat(values(registry.scrape()))
        .containsAllEntriesOf(
            Map.ofEntries(
                entry(
                    "cutline_requests_seconds_count{cached=false,outcome=OK,rung=a,type=typea}",
                    20.0),
                entry(
                    "cutline_requests_seconds_count{cached=true,outcome=OK,rung=a,type=typea}",
                    1.0),
                entry(
                    "cutline_requests_seconds_count{cached=false,outcome=REFUSED,rung=none,type=none}",
                    1.0),
                entry("cutline_attempts_seconds_count{outcome=CANCELLED,rung=a,type=typea}", 1.0),
                entry("cutline_attempts_seconds_count{outcome=OK,rung=c,type=typec}", 1.0),
                entry("cutline_skips_total{rung=a,type=typea}", 1.0),
                entry("cutline_fallbacks_total{failures=2,rung=c,type=typec}", 1.0),
                entry("cutline_hedges_total{other=b,result=WON,rung=a,type=typea}", 1.0),
                entry("cutline_cost_usd_total{model=model-1,rung=a,type=typea}", 5.0),
                entry("cutline_breaker_openings_total{cause=UNAUTHORIZED,rung=a,type=typea}", 1.0),
                entry("cutline_breaker_probes_total{rung=a,type=typea,works=false}", 1.0),
                entry("cutline_breaker_state{rung=a,state=open,type=typea}", 1.0),
                entry("cutline_breaker_state{rung=b,state=closed,type=typeb}", 1.0),
                entry("cutline_calls_active{rung=a,type=typea}", 0.0),
                entry("cutline_calls_waiting{rung=a,type=typea}", 0.0),
                entry("cutline_calls_allowed{rung=a,type=typea}", Double.POSITIVE_INFINITY),
                entry("cutline_budget_limit_usd{rung=a,type=typea}", 50.0),
                entry(
                    "gen_ai_client_operation_duration_seconds_count{cutline_rung=a,error_type=none,"
                        + "gen_ai_operation_name=chat,gen_ai_provider_name=typea,"
                        + "gen_ai_response_model=model-1}",
                    20.0),
                entry(
                    "gen_ai_client_operation_duration_seconds_bucket{cutline_rung=a,error_type=none,"
                        + "gen_ai_operation_name=chat,gen_ai_provider_name=typea,"
                        + "gen_ai_response_model=model-1,le=81.92}",
                    20.0),
                entry(
                    "gen_ai_client_token_usage_sum{cutline_rung=a,gen_ai_operation_name=chat,"
                        + "gen_ai_provider_name=typea,gen_ai_response_model=model-1,"
                        + "gen_ai_token_type=input}",
                    20_000.0),
                entry(
                    "cutline_span_request_seconds_count{cutline_cached=true,cutline_outcome=OK,"
                        + "cutline_rung=a,cutline_type=typea,error=none}",
                    1.0)));
    assertThat(refused).isEmpty();
  }

  private static void everything(CaptionMeters meters) {
    MemoryRecordStore store = new MemoryRecordStore();
    Prices quarter = Prices.builder().image(new BigDecimal("0.25")).build();
    try (Bed bed = new Bed()) {
      bed.builder()
          .cache(store.captionCache())
          .budgets(new DailyBudgets(store.budgetLedger(), Instant::now, null));
      CaptionChain chain =
          meters.bindTo(
              bed.rung(
                      Bed.usuallyFast(hangs(), fails(Reason.UNAUTHORIZED)),
                      rung -> rung.prices(quarter).dailyBudget(new BigDecimal(50)).hedge(95))
                  .rung(model(answers("A dog"), fails(Reason.UNAVAILABLE), fails(Reason.REFUSED)))
                  .rung(byRule(answers("A dark picture")))
                  .chain(meters));
      Bed.caption(chain, "alice"); // kept
      Bed.caption(chain, "alice"); // used again
      for (int i = 1; i < Bed.WARM; i++) {
        Bed.caption(chain);
      }
      Bed.caption(chain); // b wins as a hedge
      Bed.caption(chain); // a and b fail, c answers
      Bed.failure(chain); // a is left alone, b refuses
      meters.breaker(
          new BreakerEvent(
              chain.rungs().get(0),
              BreakerState.OPEN,
              Reason.UNAUTHORIZED,
              Duration.ofMinutes(5),
              true));
    }
  }

  /** Returns the values by name and labels, without the quotes around these. */
  private static Map<String, Double> values(String scrape) {
    return scrape
        .lines()
        .filter(line -> !line.startsWith("#"))
        .collect(
            Collectors.toMap(
                line -> line.substring(0, line.lastIndexOf(' ')).replace("\"", ""),
                line -> value(line.substring(line.lastIndexOf(' ') + 1))));
  }

  private static double value(String text) {
    return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }
}
