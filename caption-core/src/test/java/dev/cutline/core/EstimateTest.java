package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.Capabilities;
import dev.cutline.CaptionStyle;
import dev.cutline.ImageRejectedException;
import dev.cutline.core.chain.Rung;
import dev.cutline.core.money.Prices;
import dev.cutline.testsupport.corpus.Corpus;
import java.math.BigDecimal;
import java.time.Duration;
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
