package dev.cutline.micrometer;

import static dev.cutline.micrometer.ScriptedCaptioner.answers;
import static dev.cutline.micrometer.ScriptedCaptioner.byRule;
import static dev.cutline.micrometer.ScriptedCaptioner.fails;
import static dev.cutline.micrometer.ScriptedCaptioner.hangs;
import static dev.cutline.micrometer.ScriptedCaptioner.model;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.Reason;
import dev.cutline.core.chain.CaptionChain;
import dev.cutline.core.chain.ChainOptions;
import dev.cutline.core.money.Prices;
import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes a span, of what, and what never comes into one. */
class SpansTest {
  private static final String REQUEST = "cutline.span.request";
  private static final String ATTEMPT = "cutline.span.attempt";

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final TestObservationRegistry observations = TestObservationRegistry.create();
  private final Recorder recorder = new Recorder();
  private final CaptionMeters meters = CaptionMeters.of(registry, observations);
  private final Bed bed = new Bed();

  SpansTest() {
    observations.observationConfig().observationHandler(recorder);
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void requestHasASpanAndSoHasEachCall() {
    Bed.caption(
        bed.rung(model(fails(Reason.UNAVAILABLE))).rung(model(answers("A cat"))).chain(meters));

    TestObservationRegistryAssert.assertThat(observations)
        .hasNumberOfObservationsWithNameEqualTo(REQUEST, 1)
        .hasNumberOfObservationsWithNameEqualTo(ATTEMPT, 2)
        .hasObservationWithNameEqualTo(REQUEST)
        .that()
        .hasBeenStarted()
        .hasBeenStopped()
        .hasContextualNameEqualTo("caption")
        .hasLowCardinalityKeyValue("cutline.rung", "b")
        .hasLowCardinalityKeyValue("cutline.type", "typeb")
        .hasLowCardinalityKeyValue("cutline.outcome", "OK")
        .hasLowCardinalityKeyValue("cutline.cached", "false")
        .doesNotHaveError();
    Observation.Context first = recorder.stopped.get(0);
    Observation.Context second = recorder.stopped.get(1);
    Observation.Context request = recorder.stopped.get(2);
    assertThat(first.getContextualName()).isEqualTo("chat a");
    assertThat(second.getContextualName()).isEqualTo("chat b");
    assertThat(List.of(first, second))
        .allSatisfy(
            each ->
                assertThat(each.getParentObservation().getContextView())
                    .as("parent")
                    .isSameAs(request));
    assertThat(request.getParentObservation()).isNull();
  }

  @Test
  void callTellsOfTokensMoneyAndTheModel() {
    Prices prices = Prices.builder().image(new BigDecimal("0.25")).build();
    Bed.caption(bed.rung(model(answers("A cat")), rung -> rung.prices(prices)).chain(meters));

    TestObservationRegistryAssert.assertThat(observations)
        .hasObservationWithNameEqualTo(ATTEMPT)
        .that()
        .hasLowCardinalityKeyValue("gen_ai.operation.name", "chat")
        .hasLowCardinalityKeyValue("gen_ai.provider.name", "typea")
        .hasLowCardinalityKeyValue("error.type", "none")
        .hasHighCardinalityKeyValue("gen_ai.response.model", "model-1")
        .hasHighCardinalityKeyValue("gen_ai.usage.input_tokens", "1000")
        .hasHighCardinalityKeyValue("gen_ai.usage.output_tokens", "20")
        .hasHighCardinalityKeyValue("cutline.cost.usd", "0.25");
  }

  @Test
  void requestIsAChildOfWhatItsCallerObserves() {
    CaptionChain chain = bed.rung(model(answers("A cat"))).chain(meters);
    Observation outer = Observation.start("outer", observations);

    outer.scoped(
        () -> {
          Bed.caption(chain);
          assertThat(observations.getCurrentObservation()).as("still current").isSameAs(outer);
        });
    outer.stop();

    assertThat(recorder.of(REQUEST).get(0).getParentObservation()).isSameAs(outer);
  }

  @Test
  void requestThatNobodyWaitsForIsAChildOfWhatItsCallerObserves() throws Exception {
    CaptionChain chain = bed.rung(model(answers("A cat"))).chain(meters);
    Observation outer = Observation.start("outer", observations);

    CompletableFuture<CaptionReply> answer =
        outer.scoped(() -> chain.captionAsync(Bed.request().build(), ChainOptions.ofDefaults()));
    answer.get(1, TimeUnit.MINUTES);
    outer.stop();

    assertThat(recorder.of(REQUEST).get(0).getParentObservation()).isSameAs(outer);
    assertThat(recorder.of(ATTEMPT).get(0).getParentObservation().getContextView())
        .isSameAs(recorder.of(REQUEST).get(0));
  }

  @Test
  void failureIsAnErrorWithItsReasonAndNoMore() {
    CaptionChain chain = bed.rung(model(fails(Reason.REFUSED))).chain(meters);

    Bed.failure(chain);

    for (String name : List.of(REQUEST, ATTEMPT)) {
      Observation.Context context = recorder.of(name).get(0);
      assertThat(context.getError()).hasMessage("REFUSED").hasNoCause();
      assertThat(context.getError().getStackTrace()).isEmpty();
    }
    TestObservationRegistryAssert.assertThat(observations)
        .hasObservationWithNameEqualTo(ATTEMPT)
        .that()
        .hasLowCardinalityKeyValue("error.type", "REFUSED");
  }

  @Test
  void callThatLosesToAHedgeIsNoErrorAndAChildOfItsRequest() {
    CaptionChain chain =
        bed.rung(Bed.usuallyFast(hangs()), rung -> rung.hedge(95))
            .rung(model(answers("A dog")))
            .chain(meters);
    Bed.warm(chain);
    recorder.stopped.clear();

    Bed.caption(chain);

    Observation.Context request = recorder.of(REQUEST).get(0);
    List<Observation.Context> calls = recorder.of(ATTEMPT);
    assertThat(calls)
        .hasSize(2)
        .allSatisfy(
            call -> {
              assertThat(call.getError()).isNull();
              assertThat(call.getParentObservation().getContextView()).isSameAs(request);
            });
    assertThat(calls.stream().map(call -> call.getLowCardinalityKeyValue("cutline.outcome")))
        .extracting(KeyValue::getValue)
        .containsExactlyInAnyOrder("CANCELLED", "OK");
  }

  @Test
  void descriptionByRuleIsNoChat() {
    Bed.caption(bed.rung(byRule(answers("A dark picture"))).chain(meters));

    Observation.Context call = recorder.of(ATTEMPT).get(0);
    assertThat(call.getContextualName()).isEqualTo("describe a");
    assertThat(call.getLowCardinalityKeyValue("gen_ai.operation.name").getValue())
        .isEqualTo("none");
  }

  @Test
  void nothingThatAPictureShowsOrAServerSaysComesIntoMetersOrSpans() {
    String secret = "sk-secret";
    CaptionChain chain =
        bed.rung(
                model(
                    request -> {
                      throw new CaptionException(Reason.UNAVAILABLE, "quotes " + secret);
                    }))
            .rung(
                model(
                    request -> ScriptedCaptioner.reply(request, "A " + secret, "model-1").build(),
                    request -> {
                      throw new CaptionException(Reason.REFUSED, "quotes " + secret);
                    }))
            .chain(meters);

    for (int i = 0; i < 2; i++) {
      try {
        chain.caption(
            Bed.request().context("Tells of " + secret).build(),
            ChainOptions.builder().owner("owner " + secret).build());
      } catch (CaptionException e) {
        assertThat(e.reason()).isEqualTo(Reason.REFUSED);
      }
    }

    assertThat(recorder.stopped).hasSize(6).noneMatch(each -> text(each).contains(secret));
    assertThat(registry.getMeters()).noneMatch(meter -> text(meter).contains(secret));
  }

  @Test
  void noNewsOfObservationsWhereThereIsNoRegistry() {
    CaptionMeters withoutSpans = CaptionMeters.of(registry);

    Bed.caption(bed.rung(model(answers("A cat"))).chain(withoutSpans));

    assertThat(recorder.stopped).isEmpty();
    assertThat(registry.get("cutline.requests").timer().count()).isEqualTo(1);
  }

  private static String text(Observation.Context context) {
    return context + " " + context.getError() + " " + context.getContextualName();
  }

  private static String text(Meter meter) {
    return meter.getId()
        + " "
        + StreamSupport.stream(meter.getId().getTagsAsIterable().spliterator(), false)
            .map(Tag::getValue)
            .toList();
  }

  /** Keeps the contexts of what has ended, in the order of the ends. */
  private static final class Recorder implements ObservationHandler<Observation.Context> {
    private final List<Observation.Context> stopped =
        Collections.synchronizedList(new ArrayList<>());

    @Override
    public void onStop(Observation.Context context) {
      stopped.add(context);
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
      return true;
    }

    List<Observation.Context> of(String name) {
      synchronized (stopped) {
        return stopped.stream().filter(each -> name.equals(each.getName())).toList();
      }
    }
  }
}
