package dev.cutline.micrometer;

import static dev.cutline.micrometer.ScriptedCaptioner.after;
import static dev.cutline.micrometer.ScriptedCaptioner.answers;
import static dev.cutline.micrometer.ScriptedCaptioner.byRule;
import static dev.cutline.micrometer.ScriptedCaptioner.fails;
import static dev.cutline.micrometer.ScriptedCaptioner.hangs;
import static dev.cutline.micrometer.ScriptedCaptioner.model;
import static dev.cutline.micrometer.ScriptedCaptioner.telling;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cutline.CaptionReply;
import dev.cutline.Reason;
import dev.cutline.Usage;
import dev.cutline.core.chain.BreakerEvent;
import dev.cutline.core.chain.BreakerState;
import dev.cutline.core.chain.CaptionChain;
import dev.cutline.core.chain.Rung;
import dev.cutline.core.money.Prices;
import dev.cutline.core.store.MemoryRecordStore;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes a meter of what a real chain does. */
class CaptionMetersTest {
  private static final Prices PRICES =
      Prices.builder().input(new BigDecimal("2")).output(new BigDecimal("10")).build();

  /** 1,000 tokens in at 2 dollars a million, 20 out at 10. */
  private static final double COST = 0.0022;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final CaptionMeters meters = CaptionMeters.of(registry);
  private final Bed bed = new Bed();

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void countsARequestThatTheFirstRungAnswers() {
    Bed.caption(bed.rung(model(answers("A cat")), rung -> rung.prices(PRICES)).chain(meters));

    assertThat(requests("a", "typea", "OK", "false")).isEqualTo(1);
    assertThat(attempts("a", "OK")).isEqualTo(1);
    assertThat(registry.find("cutline.fallbacks").counters()).isEmpty();
    assertThat(registry.find("cutline.skips").counters()).isEmpty();
    assertThat(counter("cutline.cost", "rung", "a", "type", "typea", "model", "model-1"))
        .isCloseTo(COST, within(1e-12));
  }

  @Test
  void namesModelCallsAsOpenTelemetryDoes() {
    Bed.caption(bed.rung(model(answers("A cat"))).chain(meters));

    Timer duration = registry.get("gen_ai.client.operation.duration").timer();
    assertThat(duration.count()).isEqualTo(1);
    assertThat(tags(duration))
        .containsExactlyInAnyOrder(
            "gen_ai.operation.name=chat",
            "gen_ai.provider.name=typea",
            "gen_ai.response.model=model-1",
            "error.type=none",
            "cutline.rung=a");
    assertThat(tokens("a", "input").totalAmount()).isEqualTo(1000);
    assertThat(tokens("a", "output").totalAmount()).isEqualTo(20);
    assertThat(tags(tokens("a", "output")))
        .containsExactlyInAnyOrder(
            "gen_ai.operation.name=chat",
            "gen_ai.provider.name=typea",
            "gen_ai.response.model=model-1",
            "gen_ai.token.type=output",
            "cutline.rung=a");
  }

  @Test
  void hasTheBucketsThatOpenTelemetryAsksFor() {
    Bed.caption(bed.rung(model(answers("A cat"))).chain(meters));

    CountAtBucket[] seconds =
        registry.get("gen_ai.client.operation.duration").timer().takeSnapshot().histogramCounts();
    CountAtBucket[] tokens = tokens("a", "input").takeSnapshot().histogramCounts();

    assertThat(Arrays.stream(seconds).map(bucket -> bucket.bucket(TimeUnit.MILLISECONDS)))
        .containsExactly(
            10.0, 20.0, 40.0, 80.0, 160.0, 320.0, 640.0, 1280.0, 2560.0, 5120.0, 10240.0, 20480.0,
            40960.0, 81920.0);
    assertThat(Arrays.stream(tokens).map(CountAtBucket::bucket))
        .containsExactly(
            1.0,
            4.0,
            16.0,
            64.0,
            256.0,
            1024.0,
            4096.0,
            16384.0,
            65536.0,
            262144.0,
            1048576.0,
            4194304.0,
            16777216.0,
            67108864.0);
  }

  @Test
  void providersHaveTheNamesOfTheConventions() {
    Rung bedrock = Rung.builder("primary", "bedrock", model(answers("A cat"))).build();
    Rung gemini = Rung.builder("second", "gemini", model(answers("A cat"))).build();
    Rung ollama = Rung.builder("third", "ollama", model(answers("A cat"))).build();

    assertThat(GenAi.provider(bedrock)).isEqualTo("aws.bedrock");
    assertThat(GenAi.provider(gemini)).isEqualTo("gcp.gemini");
    assertThat(GenAi.provider(ollama)).isEqualTo("ollama");
  }

  @Test
  void descriptionByRuleIsNoGenerativeCall() {
    Bed.caption(bed.rung(byRule(answers("A dark picture"))).chain(meters));

    assertThat(attempts("a", "OK")).isEqualTo(1);
    assertThat(registry.getMeters())
        .noneMatch(meter -> meter.getId().getName().startsWith("gen_ai."));
  }

  @Test
  void tokensThatAServerDoesNotCountAreNotReported() {
    Bed.caption(
        bed.rung(
                model(
                    request ->
                        ScriptedCaptioner.reply(request, "A cat", "model-1")
                            .usage(Usage.NONE)
                            .build()))
            .chain(meters));

    assertThat(registry.find("gen_ai.client.token.usage").summaries()).isEmpty();
  }

  @Test
  void tellsWhoAnsweredInPlaceOfWhomAfterHowManyFailures() {
    Bed.caption(
        bed.rung(model(fails(Reason.UNAVAILABLE)))
            .rung(model(fails(Reason.RATE_LIMITED)))
            .rung(model(answers("A cat")))
            .chain(meters));

    assertThat(requests("c", "typec", "OK", "false")).isEqualTo(1);
    assertThat(counter("cutline.fallbacks", "rung", "c", "type", "typec", "failures", "2"))
        .isEqualTo(1);
    assertThat(attempts("a", "UNAVAILABLE")).isEqualTo(1);
    assertThat(attempts("b", "RATE_LIMITED")).isEqualTo(1);
    assertThat(duration("a", "none", "UNAVAILABLE")).isEqualTo(1);
  }

  @Test
  void rungThatIsLeftAloneIsAFallbackWithoutFailures() {
    CaptionChain chain =
        bed.rung(model(fails(Reason.UNAUTHORIZED))).rung(model(answers("A cat"))).chain(meters);

    Bed.caption(chain);
    Bed.caption(chain);

    assertThat(counter("cutline.fallbacks", "rung", "b", "type", "typeb", "failures", "1"))
        .isEqualTo(1);
    assertThat(counter("cutline.fallbacks", "rung", "b", "type", "typeb", "failures", "0"))
        .isEqualTo(1);
    assertThat(counter("cutline.skips", "rung", "a", "type", "typea")).isEqualTo(1);
  }

  @Test
  void manyFailuresAreOneSeries() {
    for (int i = 0; i < 6; i++) {
      bed.rung(model(fails(Reason.UNAVAILABLE)));
    }

    Bed.caption(bed.rung(model(answers("A cat"))).chain(meters));

    assertThat(counter("cutline.fallbacks", "rung", "g", "type", "typeg", "failures", "5+"))
        .isEqualTo(1);
  }

  @Test
  void countsARequestThatNobodyAnswers() {
    CaptionChain chain =
        bed.rung(model(fails(Reason.REFUSED))).rung(model(answers("A cat"))).chain(meters);

    assertThat(Bed.failure(chain).reason()).isEqualTo(Reason.REFUSED);

    assertThat(requests("none", "none", "REFUSED", "false")).isEqualTo(1);
    assertThat(attempts("a", "REFUSED")).isEqualTo(1);
    assertThat(registry.find("cutline.fallbacks").counters()).isEmpty();
  }

  @Test
  void requestsAndCallsAreTimed() {
    Bed.caption(bed.rung(model(answers("A cat"))).chain(meters));
    Timer requests = registry.get("cutline.requests").timer();
    Timer attempts = registry.get("cutline.attempts").timer();

    assertThat(requests.totalTime(TimeUnit.NANOSECONDS))
        .as("a request takes longer than its only call")
        .isGreaterThan(attempts.totalTime(TimeUnit.NANOSECONDS));
    assertThat(attempts.totalTime(TimeUnit.NANOSECONDS)).isPositive();
  }

  @Test
  void timeoutIsAnOutcome() {
    Bed.caption(
        bed.rung(model(hangs()), rung -> rung.timeout(Duration.ofMillis(50)))
            .rung(model(answers("A cat")))
            .chain(meters));

    assertThat(attempts("a", "TIMEOUT")).isEqualTo(1);
    assertThat(duration("a", "none", "TIMEOUT")).isEqualTo(1);
  }

  @Test
  void earlierAnswersAreCountedApartAndCostNothing() {
    bed.builder().cache(new MemoryRecordStore().captionCache());
    CaptionChain chain =
        bed.rung(model(answers("A cat")), rung -> rung.prices(PRICES)).chain(meters);

    Bed.caption(chain, "alice");
    CaptionReply second = Bed.caption(chain, "alice");

    assertThat(second.isCached()).isTrue();
    assertThat(requests("a", "typea", "OK", "false")).isEqualTo(1);
    assertThat(requests("a", "typea", "OK", "true")).isEqualTo(1);
    assertThat(attempts("a", "OK")).isEqualTo(1);
    assertThat(counter("cutline.cost")).isCloseTo(COST, within(1e-12));
  }

  @Test
  void hedgeWinsWhereTheOtherRungAnswers() throws InterruptedException {
    CaptionChain chain =
        bed.rung(Bed.usuallyFast(hangs()), rung -> rung.hedge(95))
            .rung(model(answers("A dog")))
            .chain(meters);
    Bed.warm(chain);
    assertThat(registry.find("cutline.hedges").counters()).isEmpty();

    Bed.caption(chain);

    assertThat(hedges("WON")).isEqualTo(1);
    assertThat(attempts("a", "CANCELLED")).isEqualTo(1);
    assertThat(registry.find("cutline.fallbacks").counters()).as("nobody failed").isEmpty();
  }

  @Test
  void hedgeLosesWhereTheSlowRungAnswers() {
    CountDownLatch asked = new CountDownLatch(1);
    CaptionChain chain =
        bed.rung(Bed.usuallyFast(after(asked, answers("A late cat"))), rung -> rung.hedge(95))
            .rung(model(telling(asked, hangs())))
            .chain(meters);
    Bed.warm(chain);

    assertThat(Bed.caption(chain).rung()).contains("a");

    assertThat(hedges("LOST")).isEqualTo(1);
  }

  @Test
  void hedgeFailsWhereNeitherAnswers() {
    CountDownLatch asked = new CountDownLatch(1);
    CaptionChain chain =
        bed.rung(Bed.usuallyFast(after(asked, fails(Reason.UNAVAILABLE))), rung -> rung.hedge(95))
            .rung(model(telling(asked, fails(Reason.UNAVAILABLE))))
            .rung(model(answers("A dog")))
            .chain(meters);
    Bed.warm(chain);

    assertThat(Bed.caption(chain).rung()).contains("c");

    assertThat(hedges("FAILED")).isEqualTo(1);
    assertThat(counter("cutline.fallbacks", "rung", "c", "type", "typec", "failures", "2"))
        .isEqualTo(1);
  }

  @Test
  void countsThatABreakerOpensOnceNotForEachProbe() {
    CaptionChain chain = bed.rung(model(fails(Reason.UNAUTHORIZED))).chain(meters);
    Rung rung = chain.rungs().get(0);
    Bed.failure(chain);
    Bed.failure(chain);
    assertThat(opened("UNAUTHORIZED")).isEqualTo(1);
    assertThat(registry.find("cutline.breaker.probes").counters()).isEmpty();

    meters.breaker(probe(rung, BreakerState.OPEN, Reason.TIMEOUT, Duration.ofSeconds(10)));
    meters.breaker(probe(rung, BreakerState.CLOSED, null, Duration.ZERO));

    assertThat(opened("UNAUTHORIZED")).isEqualTo(1);
    assertThat(registry.find("cutline.breaker.openings").counters()).hasSize(1);
    assertThat(counter("cutline.breaker.probes", "rung", "a", "type", "typea", "works", "false"))
        .isEqualTo(1);
    assertThat(counter("cutline.breaker.probes", "rung", "a", "type", "typea", "works", "true"))
        .isEqualTo(1);
  }

  @Test
  void sumsAreExactWhereManyAskAtOnce() throws Exception {
    int threads = 16;
    int each = 250;
    AtomicInteger turn = new AtomicInteger();
    CaptionChain chain =
        bed.rung(
                model(
                    request ->
                        (turn.getAndIncrement() % 2 == 0
                                ? answers("A cat")
                                : fails(Reason.BUDGET_SPENT))
                            .answer(request)),
                rung -> rung.prices(PRICES))
            .rung(model(answers("A dog")))
            .chain(meters);
    ExecutorService callers = Executors.newFixedThreadPool(threads);
    List<Future<?>> ends = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      ends.add(
          callers.submit(
              () -> {
                for (int j = 0; j < each; j++) {
                  Bed.caption(chain);
                }
              }));
    }
    for (Future<?> end : ends) {
      end.get(2, TimeUnit.MINUTES);
    }
    callers.shutdown();

    int all = threads * each;
    long good = attempts("a", "OK");
    assertThat(good + attempts("a", "BUDGET_SPENT")).isEqualTo(turn.get());
    assertThat(requests("a", "typea", "OK", "false") + requests("b", "typeb", "OK", "false"))
        .isEqualTo(all);
    assertThat(requests("a", "typea", "OK", "false")).isEqualTo(good);
    assertThat(tokens("a", "input").count()).isEqualTo(good);
    assertThat(tokens("a", "input").totalAmount()).isEqualTo(1000.0 * good);
    assertThat(counter("cutline.cost")).isCloseTo(COST * good, within(1e-6));
    assertThat(counter("cutline.fallbacks", "rung", "b", "type", "typeb", "failures", "1"))
        .isEqualTo((double) (all - good));
  }

  @Test
  void modelsAreAtMostAHundredAndOneEvenWhereAServerInventsThem() throws Exception {
    AtomicInteger next = new AtomicInteger();
    CaptionChain chain =
        bed.rung(
                model(
                    request ->
                        ScriptedCaptioner.reply(request, "A cat", "model-" + next.getAndIncrement())
                            .build()),
                rung -> rung.prices(PRICES))
            .chain(meters);
    ExecutorService callers = Executors.newFixedThreadPool(8);
    for (int i = 0; i < 500; i++) {
      callers.execute(() -> Bed.caption(chain));
    }
    callers.shutdown();
    assertThat(callers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

    Set<String> models =
        registry.getMeters().stream()
            .flatMap(meter -> meter.getId().getTags().stream())
            .filter(tag -> tag.getKey().endsWith("model"))
            .map(Tag::getValue)
            .collect(Collectors.toSet());
    assertThat(models).hasSize(101).contains("other");
    assertThat(registry.find("cutline.cost").counters()).hasSize(101);
    assertThat(registry.get("cutline.cost").tag("model", "other").counter().count())
        .isCloseTo(400 * COST, within(1e-6));
  }

  @Test
  void longOrEmptyNameOfAModelIsNoTag() {
    CaptionChain chain =
        bed.rung(
                model(
                    request -> ScriptedCaptioner.reply(request, "A cat", "m".repeat(101)).build(),
                    request -> ScriptedCaptioner.reply(request, "A cat", " ").build(),
                    request -> ScriptedCaptioner.reply(request, "A cat", "m".repeat(100)).build()))
            .chain(meters);
    for (int i = 0; i < 3; i++) {
      Bed.caption(chain);
    }

    assertThat(duration("a", "other", "none")).isEqualTo(1);
    assertThat(duration("a", "none", "none")).isEqualTo(1);
    assertThat(duration("a", "m".repeat(100), "none")).isEqualTo(1);
  }

  @Test
  void furtherTagsTellTwoChainsApart() {
    CaptionMeters first =
        CaptionMeters.builder(registry).tags(Tags.of("instance", "first")).build();
    CaptionChain chain = bed.rung(model(answers("A cat"))).chain(first);

    Bed.caption(first.bindTo(chain));

    assertThat(registry.getMeters())
        .hasSizeGreaterThan(8)
        .allMatch(meter -> "first".equals(meter.getId().getTag("instance")));
  }

  private static BreakerEvent probe(
      Rung rung, BreakerState state, @Nullable Reason cause, Duration leftAlone) {
    return new BreakerEvent(rung, state, cause, leftAlone, true);
  }

  private long requests(String rung, String type, String outcome, String cached) {
    Timer timer =
        registry
            .find("cutline.requests")
            .tags("rung", rung, "type", type, "outcome", outcome, "cached", cached)
            .timer();
    return timer == null ? 0 : timer.count();
  }

  private long attempts(String rung, String outcome) {
    Timer timer =
        registry
            .find("cutline.attempts")
            .tags("rung", rung, "type", "type" + rung, "outcome", outcome)
            .timer();
    return timer == null ? 0 : timer.count();
  }

  private long duration(String rung, String model, String error) {
    return registry
        .get("gen_ai.client.operation.duration")
        .tags("cutline.rung", rung, "gen_ai.response.model", model, "error.type", error)
        .timer()
        .count();
  }

  private DistributionSummary tokens(String rung, String type) {
    return registry
        .get("gen_ai.client.token.usage")
        .tags("cutline.rung", rung, "gen_ai.token.type", type)
        .summary();
  }

  private double hedges(String result) {
    return counter("cutline.hedges", "rung", "a", "type", "typea", "other", "b", "result", result);
  }

  private double opened(String cause) {
    return counter("cutline.breaker.openings", "rung", "a", "type", "typea", "cause", cause);
  }

  private double counter(String name, String... tags) {
    Counter counter = registry.get(name).tags(tags).counter();
    return counter.count();
  }

  private static Set<String> tags(Meter meter) {
    return meter.getId().getTags().stream()
        .map(tag -> tag.getKey() + "=" + tag.getValue())
        .collect(Collectors.toSet());
  }
}
