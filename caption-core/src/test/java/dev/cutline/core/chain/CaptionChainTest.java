package dev.cutline.core.chain;

import static dev.cutline.core.chain.ChainBed.PICTURE;
import static dev.cutline.core.chain.ChainBed.outcomes;
import static dev.cutline.core.chain.ScriptedCaptioner.after;
import static dev.cutline.core.chain.ScriptedCaptioner.answers;
import static dev.cutline.core.chain.ScriptedCaptioner.fails;
import static dev.cutline.core.chain.ScriptedCaptioner.hangs;
import static dev.cutline.core.chain.ScriptedCaptioner.model;
import static dev.cutline.core.chain.ScriptedCaptioner.palette;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.Attempt;
import dev.cutline.Capabilities;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Deadline;
import dev.cutline.ImageData;
import dev.cutline.Outcome;
import dev.cutline.Reason;
import dev.cutline.Usage;
import dev.cutline.core.money.Prices;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CaptionChainTest {
  private static final Capabilities SMALL = Capabilities.builder().maxLongEdge(5).build();

  private final ChainBed bed = new ChainBed();

  @AfterEach
  void endThreads() throws InterruptedException {
    bed.time.wakeEverybody();
  }

  @Test
  void firstRungThatAnswersWins() {
    ScriptedCaptioner second = model(answers("A dog"));

    CaptionReply reply = bed.rung(model(answers("A cat"))).rung(second).caption();

    assertThat(reply.text(CaptionStyle.CONCISE)).contains("A cat");
    assertThat(reply.rung()).contains("a");
    assertThat(reply.provider()).contains("typea");
    assertThat(reply.isCached()).isFalse();
    assertThat(second.calls()).isZero();
    assertThat(outcomes(reply.trail())).containsExactly("a OK");
    assertThat(reply.trail().get(0).sentSha256()).contains(PICTURE.sha256());
    assertThat(reply.usage()).isEqualTo(ScriptedCaptioner.USAGE);
  }

  @ParameterizedTest
  @EnumSource(names = {"UNAVAILABLE", "TIMEOUT", "UNAUTHORIZED", "MISCONFIGURED", "BUDGET_SPENT"})
  void asksTheNextRungAtOnceFor(Reason reason) {
    ScriptedCaptioner first = model(fails(reason));

    CaptionReply reply = bed.rung(first).rung(model(answers("A dog"))).caption();

    assertThat(reply.rung()).contains("b");
    assertThat(first.calls()).isOne();
    assertThat(bed.time.vainWaits()).isEmpty();
    assertThat(outcomes(reply.trail())).containsExactly("a " + reason, "b OK");
    assertThat(reply.trail().get(0).message()).contains("says " + reason);
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERNAL", "MALFORMED_REPLY"})
  void asksOnceMoreAfterAShortPauseFor(Reason reason) {
    ScriptedCaptioner first = model(fails(reason), answers("A cat"));

    CaptionReply reply = bed.rung(first).rung(model(answers("A dog"))).caption();

    assertThat(outcomes(reply.trail())).containsExactly("a " + reason, "a OK");
    assertThat(bed.time.vainWaits()).containsExactly(Duration.ofMillis(200));
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERNAL", "MALFORMED_REPLY"})
  void asksTheNextRungAfterOneVainRetryFor(Reason reason) {
    CaptionReply reply = bed.rung(model(fails(reason))).rung(model(answers("A dog"))).caption();

    assertThat(outcomes(reply.trail())).containsExactly("a " + reason, "a " + reason, "b OK");
  }

  @Test
  void retriesOnceInAllAndNotOnceForEachReason() {
    ScriptedCaptioner first =
        model(fails(Reason.INTERNAL), fails(Reason.MALFORMED_REPLY), answers("A cat"));

    CaptionReply reply = bed.rung(first).rung(model(answers("A dog"))).caption();

    assertThat(outcomes(reply.trail())).containsExactly("a INTERNAL", "a MALFORMED_REPLY", "b OK");
  }

  @Test
  void doesNotRetryWhereThePauseWouldOutlastTheRung() {
    ScriptedCaptioner first =
        model(after(bed.time, Duration.ofMillis(19_900), fails(Reason.INTERNAL)));

    CaptionReply reply = bed.rung(first).rung(model(answers("A dog"))).caption();

    assertThat(outcomes(reply.trail())).containsExactly("a INTERNAL", "b OK");
  }

  @Test
  void retryGetsWhatIsLeftOfTheRungsTime() {
    ScriptedCaptioner first =
        model(after(bed.time, Duration.ofSeconds(15), fails(Reason.INTERNAL)), hangs(bed.time));

    CaptionReply reply = bed.rung(first).rung(model(answers("A dog"))).caption();

    assertThat(outcomes(reply.trail())).containsExactly("a INTERNAL", "a TIMEOUT", "b OK");
    assertThat(reply.elapsed()).isEqualTo(Duration.ofSeconds(20));
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSED", "INVALID_IMAGE"})
  void stopsAt(Reason reason) {
    ScriptedCaptioner second = model(answers("A dog"));

    CaptionException failure = bed.rung(model(fails(reason))).rung(second).failure();

    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure).hasMessage("says " + reason);
    assertThat(outcomes(failure.trail())).containsExactly("a " + reason);
    assertThat(second.calls()).isZero();
  }

  @Test
  void stopsAtARefusalThatForgetsTheForm() {
    ScriptedCaptioner first =
        model(
            request -> {
              throw CaptionException.builder(Reason.MALFORMED_REPLY, "no JSON: I'm sorry, but …")
                  .answer("I'm sorry, but I can't help with that.")
                  .usage(ScriptedCaptioner.USAGE)
                  .build();
            });
    ScriptedCaptioner second = model(answers("A dog"));

    CaptionException failure = bed.rung(first).rung(second).failure();

    assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
    assertThat(outcomes(failure.trail())).containsExactly("a REFUSED");
    assertThat(failure.trail().get(0).usage()).isEqualTo(ScriptedCaptioner.USAGE);
    assertThat(first.calls()).isOne();
    assertThat(second.calls()).isZero();
  }

  @Test
  void asksTheNextRungAfterARefusalWhereTheRungIsSetSo() {
    CaptionReply reply =
        bed.rung(model(fails(Reason.REFUSED)), rung -> rung.onRefused(Rung.OnRefused.NEXT))
            .rung(model(answers("A dog")))
            .caption();

    assertThat(outcomes(reply.trail())).containsExactly("a REFUSED", "b OK");
  }

  @Test
  void rendersSmallerOnceAtAnImageLimit() {
    ScriptedCaptioner first = model(fails(Reason.IMAGE_LIMIT), answers("A cat"));

    CaptionReply reply = bed.rung(first).caption();

    assertThat(outcomes(reply.trail())).containsExactly("a IMAGE_LIMIT", "a OK");
    assertThat(first.requests()).extracting(each -> each.image().longEdge()).containsExactly(8, 4);
    assertThat(reply.trail().get(1).sentSha256()).contains(CountingFitter.of(4).sha256());
  }

  @Test
  void asksTheNextRungAtASecondImageLimitAndGivesItTheWholePicture() {
    ScriptedCaptioner second = model(answers("A dog"));

    CaptionReply reply = bed.rung(model(fails(Reason.IMAGE_LIMIT))).rung(second).caption();

    assertThat(outcomes(reply.trail())).containsExactly("a IMAGE_LIMIT", "a IMAGE_LIMIT", "b OK");
    assertThat(second.requests().get(0).image()).isSameAs(PICTURE);
  }

  @Test
  void asksTheNextRungWhereThePictureCannotBeSmaller() {
    ScriptedCaptioner first = model(fails(Reason.IMAGE_LIMIT));
    CaptionChain chain = bed.rung(first).rung(model(answers("A dog"))).chain();
    CaptionRequest request =
        CaptionRequest.builder(CountingFitter.of(1))
            .styles(Set.of(CaptionStyle.CONCISE))
            .deadline(Deadline.after(Duration.ofSeconds(30), bed.time::nanos))
            .build();

    assertThat(outcomes(chain.caption(request).trail())).containsExactly("a IMAGE_LIMIT", "b OK");
  }

  @Test
  void asksTheNextRungWhereThePictureComesBackAsLargeAsItWas() {
    ScriptedCaptioner first =
        new ScriptedCaptioner(
            Capabilities.builder().maxBytes(7).build(), fails(Reason.IMAGE_LIMIT));

    CaptionReply reply = bed.rung(first).rung(model(answers("A dog"))).caption();

    assertThat(outcomes(reply.trail())).containsExactly("a IMAGE_LIMIT", "b OK");
    assertThat(first.requests()).hasSize(1);
  }

  @Test
  void asksTheNextRungWhereThePictureCannotBeMadeToFit() {
    ScriptedCaptioner first =
        new ScriptedCaptioner(Capabilities.builder().maxBytes(1).build(), answers("A cat"));

    CaptionReply reply = bed.rung(first).rung(model(answers("A dog"))).caption();

    assertThat(outcomes(reply.trail())).containsExactly("a IMAGE_LIMIT", "b OK");
    assertThat(reply.trail().get(0).sentSha256()).isEmpty();
    assertThat(first.calls()).isZero();
  }

  @Test
  void stopsWhereThePictureCannotBeDecoded() {
    ScriptedCaptioner first =
        new ScriptedCaptioner(Capabilities.builder().maxBytes(2).build(), answers("A cat"));

    CaptionException failure = bed.rung(first).rung(model(answers("A dog"))).failure();

    assertThat(failure.reason()).isEqualTo(Reason.INVALID_IMAGE);
    assertThat(outcomes(failure.trail())).containsExactly("a INVALID_IMAGE");
  }

  @Test
  void defectOfTheFitterCostsOneRungOnly() {
    ScriptedCaptioner first =
        new ScriptedCaptioner(Capabilities.builder().maxBytes(3).build(), answers("A cat"));

    CaptionReply reply = bed.rung(first).rung(model(answers("A dog"))).caption();

    assertThat(outcomes(reply.trail())).containsExactly("a INTERNAL", "b OK");
  }

  @Test
  void defectOfTheFitterThatRendersSmallerCostsOneRungOnly() {
    ScriptedCaptioner first =
        new ScriptedCaptioner(
            Capabilities.builder().maxBytes(4).build(), fails(Reason.IMAGE_LIMIT));

    CaptionReply reply = bed.rung(first).rung(model(answers("A dog"))).caption();

    assertThat(outcomes(reply.trail())).containsExactly("a IMAGE_LIMIT", "b OK");
  }

  @Test
  void pictureThatTakesTooMuchMemoryToFitCostsOneRungOnly() {
    ScriptedCaptioner first =
        new ScriptedCaptioner(Capabilities.builder().maxBytes(5).build(), answers("A cat"));
    CaptionChain alone = new ChainBed().rung(first).chain();

    CaptionReply reply = bed.rung(first).rung(model(answers("A dog"))).caption();
    CaptionException failure = bed.failure(alone);

    assertThat(outcomes(reply.trail())).containsExactly("a UNAVAILABLE", "b OK");
    assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("Java heap space");
    assertThat(first.calls()).isZero();
  }

  @Test
  void codecThatIsMissingForASmallerPictureCostsOneRungOnly() {
    ScriptedCaptioner first =
        new ScriptedCaptioner(
            Capabilities.builder().maxBytes(6).build(), fails(Reason.IMAGE_LIMIT));

    CaptionReply reply = bed.rung(first).rung(model(answers("A dog"))).caption();

    assertThat(outcomes(reply.trail())).containsExactly("a IMAGE_LIMIT", "b OK");
  }

  @Test
  void rendersNothingForRungsThatGetNoTime() {
    CountingFitter fitter = new CountingFitter();
    bed.builder().fitter(fitter);

    CaptionException failure =
        bed.rung(model(hangs(bed.time)), rung -> rung.timeout(Duration.ofSeconds(30)))
            .rung(new ScriptedCaptioner(SMALL, answers("A dog")))
            .failure();

    assertThat(outcomes(failure.trail())).containsExactly("a TIMEOUT", "b SKIPPED");
    assertThat(fitter.fits).hasValue(0);
  }

  @Test
  void decodeThatTakesTooLongEndsWithTheDeadlineAndAsksNobody() {
    long start = bed.time.nanos();
    ScriptedCaptioner first = new ScriptedCaptioner(SMALL, answers("A cat"));
    ImageFitter slow =
        new ImageFitter() {
          @Override
          public ImageData fit(ImageData picture, Capabilities capabilities) {
            bed.time.sleepDeaf(Duration.ofHours(1));
            return picture;
          }

          @Override
          public ImageData smaller(ImageData picture, Capabilities capabilities) {
            throw new AssertionError("nobody named a limit");
          }
        };
    bed.builder().fitter(slow);

    CaptionException failure = bed.rung(first).rung(model(answers("A dog"))).failure();

    assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(failure).hasMessageContaining("could not be made to fit in time");
    assertThat(outcomes(failure.trail())).containsExactly("a SKIPPED", "b SKIPPED");
    assertThat(Duration.ofNanos(bed.time.nanos() - start)).isEqualTo(Duration.ofSeconds(30));
    assertThat(first.calls()).isZero();
  }

  @Test
  void smallerPictureThatTakesTooLongCostsOneRungItsTimeoutOnly() {
    ImageFitter slow =
        new ImageFitter() {
          @Override
          public ImageData fit(ImageData picture, Capabilities capabilities) {
            throw new AssertionError("it is taken as it is");
          }

          @Override
          public ImageData smaller(ImageData picture, Capabilities capabilities) {
            bed.time.sleepDeaf(Duration.ofHours(1));
            return picture;
          }
        };
    bed.builder().fitter(slow);

    CaptionReply reply =
        bed.rung(model(fails(Reason.IMAGE_LIMIT)), rung -> rung.timeout(Duration.ofSeconds(2)))
            .rung(model(answers("A dog")))
            .caption();

    assertThat(outcomes(reply.trail())).containsExactly("a IMAGE_LIMIT", "b OK");
    assertThat(reply.elapsed()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void fitsThePictureOnceForRungsWithTheSameLimitsAndOnlyWhenTheyAreAsked() {
    CountingFitter fitter = new CountingFitter();
    bed.builder().fitter(fitter);
    ScriptedCaptioner second = new ScriptedCaptioner(SMALL, fails(Reason.UNAVAILABLE));
    ScriptedCaptioner third = new ScriptedCaptioner(SMALL, answers("A cat"));
    ScriptedCaptioner fourth =
        new ScriptedCaptioner(Capabilities.builder().maxLongEdge(2).build(), answers("A dog"));

    bed.rung(model(fails(Reason.UNAVAILABLE))).rung(second).rung(third).rung(fourth).caption();

    assertThat(fitter.fits).as("not for the first, which takes it as it is").hasValue(1);
    assertThat(second.requests().get(0).image()).isSameAs(third.requests().get(0).image());
  }

  @Test
  void keepsOneDeadlineOverFiveHangingRungs() {
    long start = bed.time.nanos();
    for (int i = 0; i < 5; i++) {
      bed.rung(model(hangs(bed.time)));
    }

    CaptionException failure = bed.failure();

    assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(Duration.ofNanos(bed.time.nanos() - start)).isEqualTo(Duration.ofSeconds(30));
    assertThat(outcomes(failure.trail()))
        .containsExactly("a TIMEOUT", "b TIMEOUT", "c SKIPPED", "d SKIPPED", "e SKIPPED");
    assertThat(failure.trail())
        .extracting(Attempt::elapsed)
        .startsWith(Duration.ofSeconds(20), Duration.ofSeconds(10));
    assertThat(failure.trail().get(2).message()).contains("no time was left");
  }

  @Test
  void requestsOwnDeadlineHoldsWhereItIsEarlier() {
    CaptionRequest request =
        bed.request().deadline(Deadline.after(Duration.ofSeconds(3), bed.time::nanos)).build();

    CaptionException failure = bed.rung(model(hangs(bed.time))).failure(bed.chain(), request);

    assertThat(failure.trail().get(0).elapsed()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void captionersAreToldTheirOwnDeadline() {
    ScriptedCaptioner first =
        model(
            request -> {
              assertThat(request.deadline().remaining()).isEqualTo(Duration.ofSeconds(7));
              return ScriptedCaptioner.reply(request, "A cat").build();
            });

    CaptionReply reply = bed.rung(first, rung -> rung.timeout(Duration.ofSeconds(7))).caption();

    assertThat(reply.text(CaptionStyle.CONCISE)).contains("A cat");
  }

  @Test
  void answerJustInTimeCounts() {
    CaptionReply reply =
        bed.rung(model(after(bed.time, Duration.ofSeconds(19), answers("A cat")))).caption();

    assertThat(reply.elapsed()).isEqualTo(Duration.ofSeconds(19));
    assertThat(reply.trail().get(0).elapsed()).isEqualTo(Duration.ofSeconds(19));
  }

  @Test
  void firstCallMayTakeLongerAndLaterOnesMayNot() {
    CaptionChain chain =
        bed.rung(
                model(after(bed.time, Duration.ofSeconds(25), answers("A cat"))),
                rung -> rung.timeout(Duration.ofSeconds(5)).firstTimeout(Duration.ofSeconds(28)))
            .chain();

    assertThat(outcomes(bed.caption(chain).trail())).containsExactly("a OK");
    assertThat(bed.failure(chain).trail().get(0).elapsed()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void firstCallIsOverOnceItHasTimedOut() {
    CaptionChain chain =
        bed.rung(
                model(hangs(bed.time)),
                rung -> rung.timeout(Duration.ofSeconds(5)).firstTimeout(Duration.ofSeconds(28)))
            .chain();

    assertThat(bed.failure(chain).trail().get(0).elapsed()).isEqualTo(Duration.ofSeconds(28));
    assertThat(bed.failure(chain).trail().get(0).elapsed()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void localOnlyLeavesOutRungsThatSendPicturesAway() {
    ScriptedCaptioner remote = model(answers("A cat"));
    CaptionChain chain = bed.rung(remote).rung(palette(answers("Mostly blue"))).chain();

    CaptionReply reply =
        chain.caption(bed.request().build(), ChainOptions.builder().localOnly(true).build());

    assertThat(outcomes(reply.trail())).containsExactly("a SKIPPED", "b OK");
    assertThat(reply.trail().get(0).message().orElseThrow()).contains("local-only");
    assertThat(remote.calls()).isZero();
  }

  @Test
  void leavesOutRungsThatDoNotSpeakTheLanguage() {
    ScriptedCaptioner english =
        new ScriptedCaptioner(
            Capabilities.builder().languages(Set.of("en")).build(), answers("A cat"));
    CaptionChain chain = bed.rung(english).rung(model(answers("Une vache"))).chain();

    CaptionReply reply = chain.caption(bed.request().language("fr-CA").build());

    assertThat(outcomes(reply.trail())).containsExactly("a SKIPPED", "b OK");
    assertThat(reply.trail().get(0).message()).contains("does not answer in \"fr-CA\"");
  }

  @Test
  void rungThatWritesSomeOfTheStylesServesWithThose() {
    ScriptedCaptioner concise =
        new ScriptedCaptioner(
            Capabilities.builder().styles(Set.of(CaptionStyle.CONCISE)).build(), answers("A cat"));
    CaptionChain chain = bed.rung(concise).rung(model(answers("A dog"))).chain();

    CaptionReply reply =
        chain.caption(bed.request().styles(EnumSet.allOf(CaptionStyle.class)).build());

    assertThat(reply.texts()).containsOnlyKeys(CaptionStyle.CONCISE);
    assertThat(concise.requests().get(0).styles()).containsExactly(CaptionStyle.CONCISE);
    assertThat(reply.trail().get(0).message()).contains("does not write creative, alt");
  }

  @Test
  void leavesOutRungsThatWriteNoneOfTheStyles() {
    ScriptedCaptioner concise =
        new ScriptedCaptioner(
            Capabilities.builder().styles(Set.of(CaptionStyle.CONCISE)).build(), answers("A cat"));
    CaptionChain chain = bed.rung(concise).rung(model(answers("A dog."))).chain();

    CaptionReply reply = chain.caption(bed.request().styles(Set.of(CaptionStyle.ALT)).build());

    assertThat(outcomes(reply.trail())).containsExactly("a SKIPPED", "b OK");
    assertThat(reply.trail().get(0).message()).contains("does not write alt");
  }

  @Test
  void saysSoWhenNoRungMayServe() {
    CaptionChain chain = bed.rung(model(answers("A cat"))).chain();
    CaptionException failure = null;
    try {
      chain.caption(bed.request().build(), ChainOptions.builder().localOnly(true).build());
    } catch (CaptionException e) {
      failure = e;
    }

    assertThat(failure.reason()).isEqualTo(Reason.MISCONFIGURED);
    assertThat(failure)
        .hasMessageContaining("no rung can serve")
        .hasMessageContaining("local-only");
  }

  @Test
  void answerThatBreaksTheContractIsAskedForAgain() {
    ScriptedCaptioner first = model(answers("{\"concise\": \"A c"), answers("A cat"));

    CaptionReply reply = bed.rung(first).caption();

    assertThat(outcomes(reply.trail())).containsExactly("a MALFORMED_REPLY", "a OK");
    assertThat(reply.trail().get(0).model()).contains("model-1");
    assertThat(reply.trail().get(0).usage()).isEqualTo(ScriptedCaptioner.USAGE);
    assertThat(reply.trail().get(0).message()).contains("concise: JSON, not a caption");
  }

  @Test
  void refusalInWordsStopsTheChain() {
    CaptionException failure =
        bed.rung(model(answers("I'm sorry, but I can't help with that.")))
            .rung(model(answers("A dog")))
            .failure();

    assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
  }

  @Test
  void answersAreRepaired() {
    CaptionReply reply = bed.rung(model(answers("\"Caption: a cat.\""))).caption();

    assertThat(reply.text(CaptionStyle.CONCISE)).contains("A cat");
  }

  @Test
  void costsOfAllAttemptsAddUp() {
    Prices prices =
        Prices.builder()
            .input(BigDecimal.ONE)
            .output(BigDecimal.TEN)
            .image(new BigDecimal("0.01"))
            .build();
    ScriptedCaptioner first =
        model(
            request -> {
              throw CaptionException.builder(Reason.MALFORMED_REPLY, "cut off")
                  .usage(new Usage(500, 0))
                  .build();
            },
            request -> {
              throw CaptionException.builder(Reason.UNAVAILABLE, "down").build();
            });

    CaptionReply reply =
        bed.rung(first, rung -> rung.prices(prices))
            .rung(model(answers("A cat")), rung -> rung.prices(prices))
            .caption();

    assertThat(reply.trail())
        .extracting(each -> each.costUsd().toPlainString())
        .containsExactly("0.0105", "0", "0.012");
    assertThat(reply.costUsd()).isEqualByComparingTo("0.0225");
    assertThat(reply.usage()).isEqualTo(new Usage(1500, 100));
  }

  @Test
  void whatACaptionerMayNotThrowHasAReasonToo() {
    ScriptedCaptioner first =
        model(
            request -> {
              throw new IllegalStateException("a defect");
            });
    ScriptedCaptioner second =
        model(
            request -> {
              throw new NoClassDefFoundError("com/vendor/Sdk");
            });
    ScriptedCaptioner third =
        model(
            request -> {
              throw new OutOfMemoryError("native");
            });
    ScriptedCaptioner deep =
        model(
            request -> {
              throw new StackOverflowError();
            });

    CaptionException failure =
        bed.rung(first).rung(second).rung(third).rung(model(request -> null)).rung(deep).failure();

    assertThat(outcomes(failure.trail()))
        .containsExactly(
            "a INTERNAL",
            "a INTERNAL",
            "b MISCONFIGURED",
            "c UNAVAILABLE",
            "d MALFORMED_REPLY",
            "d MALFORMED_REPLY",
            "e UNAVAILABLE");
    assertThat(failure.trail().get(0).message().orElseThrow()).contains("a defect");
  }

  @Test
  void messagesOfServersAreOneBearableLine() {
    ScriptedCaptioner first =
        model(
            request -> {
              throw new CaptionException(Reason.UNAVAILABLE, "down\n\t" + "x".repeat(5000));
            });

    CaptionException failure = bed.rung(first).failure();

    assertThat(failure.trail().get(0).message().orElseThrow()).hasSize(300).startsWith("down xxx");
    assertThat(failure.getMessage()).doesNotContain("\n").hasSizeLessThan(400);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void tellsTheReasonThatHelpsMost(List<Reason> reasons, Reason telling) {
    for (Reason reason : reasons) {
      bed.rung(model(fails(reason)), rung -> rung.onRefused(Rung.OnRefused.NEXT));
    }

    CaptionException failure = bed.failure();

    assertThat(failure.reason()).isEqualTo(telling);
    for (Reason reason : reasons) {
      assertThat(failure).hasMessageContaining("says " + reason);
    }
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        failures(Reason.UNAVAILABLE, Reason.UNAVAILABLE),
        failures(Reason.UNAUTHORIZED, Reason.UNAUTHORIZED, Reason.MISCONFIGURED),
        failures(Reason.UNAVAILABLE, Reason.UNAUTHORIZED, Reason.UNAVAILABLE),
        failures(Reason.TIMEOUT, Reason.TIMEOUT, Reason.UNAVAILABLE),
        failures(Reason.UNAVAILABLE, Reason.REFUSED, Reason.UNAVAILABLE),
        failures(Reason.INTERNAL, Reason.MALFORMED_REPLY, Reason.INTERNAL),
        failures(Reason.MALFORMED_REPLY, Reason.MALFORMED_REPLY, Reason.UNAUTHORIZED),
        failures(Reason.BUDGET_SPENT, Reason.UNAUTHORIZED, Reason.BUDGET_SPENT),
        failures(Reason.IMAGE_LIMIT, Reason.IMAGE_LIMIT));
  }

  private static Arguments failures(Reason telling, Reason... reasons) {
    return Arguments.of(Arrays.asList(reasons), telling);
  }

  @Test
  void everyReasonHasItsOutcomeAndItsNextStep() {
    for (Reason reason : Reason.values()) {
      assertThat(Outcome.of(reason).name()).isEqualTo(reason.name());
      assertThat(NextStep.after(reason, Rung.OnRefused.STOP)).isNotNull();
    }
  }

  @Test
  void chainCanDoWhatItsRungsCanTogether() {
    Capabilities english =
        Capabilities.builder()
            .languages(Set.of("en"))
            .styles(Set.of(CaptionStyle.CONCISE))
            .local(true)
            .model(false)
            .build();
    Capabilities french =
        Capabilities.builder().languages(Set.of("fr")).styles(Set.of(CaptionStyle.ALT)).build();

    Capabilities both =
        bed.rung(new ScriptedCaptioner(english, answers("A")))
            .rung(new ScriptedCaptioner(french, answers("B")))
            .chain()
            .capabilities();

    assertThat(both.speaks("fr")).isTrue();
    assertThat(both.speaks("de")).isFalse();
    assertThat(both.styles()).containsExactlyInAnyOrder(CaptionStyle.CONCISE, CaptionStyle.ALT);
    assertThat(both.isLocal()).isFalse();
    assertThat(both.isModel()).isTrue();
  }

  @Test
  void chainSpeaksAnyLanguageIfOneRungDoes() {
    Capabilities english = Capabilities.builder().languages(Set.of("en")).build();

    CaptionChain chain =
        bed.rung(new ScriptedCaptioner(english, answers("A"))).rung(model(answers("B"))).chain();

    assertThat(chain.capabilities().speaks("ja")).isTrue();
    assertThat(chain.fingerprint()).isEqualTo("chain 10:scripted/1 10:scripted/1");
  }

  @Test
  void passesOnWhatIsAskedAndNothingOfTheCallersCancellation() {
    ScriptedCaptioner first = model(answers("A cat"));
    ImageData picture = PICTURE;

    bed.rung(first).chain().caption(bed.request().context("at sea").language("en-GB").build());

    CaptionRequest asked = first.requests().get(0);
    assertThat(asked.context()).contains("at sea");
    assertThat(asked.language()).isEqualTo("en-GB");
    assertThat(asked.image()).isSameAs(picture);
    assertThat(asked.isCancelled()).isFalse();
  }
}
