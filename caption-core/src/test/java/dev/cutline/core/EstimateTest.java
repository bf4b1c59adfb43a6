package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.Capabilities;
import dev.cutline.CaptionStyle;
import dev.cutline.ImageRejectedException;
import dev.cutline.core.chain.Rung;
import dev.cutline.core.money.PriceList;
import dev.cutline.core.money.Prices;
import dev.cutline.testsupport.corpus.Corpus;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EstimateTest {
  private static final byte[] PHOTO = Corpus.bytes("metadata/camera-iphone11-12mp.jpg");

  private final World world = new World();
  private final FakeCaptioner captioner = new FakeCaptioner();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void countsCallsTokensCostAndTimeFromTheHeaderAndSendsNothing() {
    Rung rung =
        Rung.builder("primary", "fake", captioner)
            .prices(
                Prices.builder().input(new BigDecimal("1")).output(new BigDecimal("10")).build())
            .build();
    Cutline cutline = world.open(world.builder().rung(rung));

    Estimate estimate =
        cutline.estimate(
            Upload.builder("alice", PHOTO)
                .languages(List.of("en", "de"))
                .context("x".repeat(400))
                .build());

    // 1568 x 1176 / 750 = 2458.6 tokens of picture, 500 of prompt, 100 of context; 20 + 3 x 40 out
    assertThat(estimate.images()).isEqualTo(1);
    assertThat(estimate.calls()).isEqualTo(2);
    assertThat(estimate.inputTokens()).isEqualTo(2 * (2459 + 500 + 100));
    assertThat(estimate.outputTokens()).isEqualTo(2 * 140);
    assertThat(estimate.costUsd()).isEqualByComparingTo("0.008918");
    assertThat(estimate.isCostKnown()).isTrue();
    assertThat(estimate.time()).isEqualTo(Duration.ofSeconds(6));
    assertThat(captioner.requests).isEmpty();
    assertThat(world.keys()).isEmpty();
    assertThat(world.stored("alice")).isEmpty();
  }

  @Test
  void followsTheRungThatWouldBeAsked() {
    FakeCaptioner english =
        new FakeCaptioner(Capabilities.builder().languages(Set.of("en")).maxLongEdge(750).build());
    Cutline cutline =
        world.open(
            world
                .builder()
                .captioner("english", english)
                .captioner("rule", FakeCaptioner.byRule()));
    Upload.Builder upload = Upload.builder("alice", PHOTO).styles(Set.of(CaptionStyle.ALT));

    Estimate remote = cutline.estimate(upload.build());
    Estimate byRule = cutline.estimate(upload.localOnly(true).build());
    Estimate german = cutline.estimate(upload.localOnly(false).languages(List.of("de")).build());

    assertThat(remote.inputTokens()).isEqualTo((long) Math.ceil(750 * 562.5 / 750) + 500);
    assertThat(remote.outputTokens()).isEqualTo(60);
    assertThat(remote.isCostKnown()).as("a remote model without prices").isFalse();
    assertThat(remote.plus(byRule).isCostKnown()).isFalse();
    assertThat(byRule.isCostKnown()).isTrue();
    for (Estimate free : List.of(byRule, german)) {
      assertThat(free.calls()).isEqualTo(1);
      assertThat(free.inputTokens()).isZero();
      assertThat(free.costUsd()).isZero();
      assertThat(free.time()).isPositive().isLessThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void aRequestThatNobodyServesTakesNoCall() {
    Cutline cutline = world.open(world.builder().captioner("remote", captioner));

    Estimate estimate = cutline.estimate(Upload.builder("alice", PHOTO).localOnly(true).build());

    assertThat(estimate.images()).isEqualTo(1);
    assertThat(estimate.calls()).isZero();
    assertThat(estimate.time()).isZero();
  }

  @Test
  void refusesWhatAnUploadWouldRefuseByItsHeader() {
    Cutline cutline = world.open(world.builder().captioner("remote", captioner));

    assertThatThrownBy(() -> cutline.estimate(Upload.builder("alice", new byte[10]).build()))
        .isInstanceOf(ImageRejectedException.class);
  }

  @Test
  void timeIsThatOfPicturesAtOnceAndOfNoMoreCallsThanARungMayHave() {
    Rung narrow = Rung.builder("narrow", "fake", captioner).maxConcurrency(2).build();
    Upload upload = Upload.builder("alice", PHOTO).languages(List.of("en", "de")).build();
    Estimate wide =
        world.open(world.builder().captioner("wide", new FakeCaptioner())).estimate(upload);
    Estimate one = world.open(world.builder().rung(narrow)).estimate(upload);
    Estimate eight = Estimate.nothing();
    Estimate eightWide = Estimate.nothing();
    for (int i = 0; i < 8; i++) {
      eight = eight.plus(one);
      eightWide = eightWide.plus(wide);
    }

    assertThat(one.time(8)).as("languages come in turn").isEqualTo(Duration.ofSeconds(6));
    assertThat(eight.time(1)).isEqualTo(Duration.ofSeconds(48));
    assertThat(eightWide.time(8)).isEqualTo(Duration.ofSeconds(6));
    assertThat(eight.time(8)).as("two at once").isEqualTo(Duration.ofSeconds(24));
    assertThat(Estimate.nothing().time(4)).isZero();
    assertThatThrownBy(() -> one.time(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesTheTimesThatTheRungHadBefore() {
    Cutline cutline = world.open(world.builder().captioner("remote", captioner));
    cutline.upload(Upload.builder("alice", World.PIXEL).build());
    Duration median = cutline.history("alice").get("remote").median().orElseThrow();
    Upload upload = Upload.builder("alice", PHOTO).build();

    assertThat(cutline.estimate(upload, cutline.history("alice")).time()).isEqualTo(median);
    assertThat(cutline.estimate(upload, cutline.history("bob")).time())
        .isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void namesTheOldestListPrice() {
    PriceList list = PriceList.load();
    Rung old =
        Rung.builder("old", "openai", captioner)
            .prices(list.find("openai", "gpt-5.4-nano").orElseThrow().prices())
            .build();
    Rung young =
        Rung.builder("young", "openai", captioner)
            .prices(list.find("openai", "gpt-6-luna").orElseThrow().prices())
            .build();
    Upload upload = Upload.builder("alice", PHOTO).build();
    Estimate one = world.open(world.builder().rung(young)).estimate(upload);
    Estimate other = world.open(world.builder().rung(old)).estimate(upload);

    assertThat(one.plus(other).listedOn()).contains(LocalDate.of(2026, 3, 18));
    assertThat(other.plus(one).listedOn()).contains(LocalDate.of(2026, 3, 18));
    assertThat(Estimate.nothing().plus(one).listedOn()).contains(LocalDate.of(2026, 9, 22));
    assertThat(Estimate.nothing().listedOn()).isEmpty();
  }

  @Test
  void addsUp() {
    Cutline cutline = world.open(world.builder().captioner("remote", captioner));
    Estimate one = cutline.estimate(Upload.builder("alice", PHOTO).build());

    Estimate sum = Estimate.nothing().plus(one).plus(one);

    assertThat(sum.images()).isEqualTo(2);
    assertThat(sum.calls()).isEqualTo(2);
    assertThat(sum.inputTokens()).isEqualTo(2 * one.inputTokens());
    assertThat(sum.time()).isEqualTo(one.time().multipliedBy(2));
    assertThat(sum.toString()).startsWith("2 pictures, 2 calls");
  }
}
