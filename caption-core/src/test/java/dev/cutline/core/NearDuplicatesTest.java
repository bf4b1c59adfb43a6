package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.CaptionState;
import dev.cutline.CaptionStyle;
import dev.cutline.CaptionVersion;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.ImageRecord;
import dev.cutline.Label;
import dev.cutline.ReusedFrom;
import dev.cutline.StoreException;
import dev.cutline.core.chain.Rung;
import dev.cutline.core.money.Prices;
import dev.cutline.imaging.PerceptualHash;
import dev.cutline.imaging.Renderer;
import dev.cutline.testsupport.corpus.Corpus;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pictures that look nearly the same share what a model wrote, where that is asked for. */
class NearDuplicatesTest {
  private static final byte[] CAT = Corpus.bytes("photos/cat.jpg");
  private static final byte[] SMALLER_CAT = smaller(CAT, 300);
  private static final byte[] SMALLEST_CAT = smaller(CAT, 200);
  private static final byte[] COFFEE = Corpus.bytes("photos/coffee.jpg");

  private final World world = new World();
  private final FakeCaptioner captioner = new FakeCaptioner();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void withoutTheSettingEachPictureIsAskedFor() {
    Cutline cutline = world.open(builder().nearDuplicates(null));

    upload(cutline, CAT);
    ImageRecord second = upload(cutline, SMALLER_CAT);

    assertThat(captioner.requests).hasSize(2);
    assertThat(second.captions()).allSatisfy(text -> assertThat(text.reusedFrom()).isEmpty());
  }

  @Test
  void aPictureThatLooksNearlyTheSameGetsTheTextsWithoutACallAndSaysSo() {
    Cutline cutline = world.open(builder());
    ImageRecord cat = upload(cutline, CAT);

    ImageRecord smaller = upload(cutline, SMALLER_CAT);

    assertThat(captioner.requests).hasSize(1);
    int distance = distance(cat, smaller);
    assertThat(distance).isLessThanOrEqualTo(4);
    assertThat(smaller.captions()).hasSize(3);
    assertThat(smaller.captions())
        .extracting(CaptionVersion::text)
        .isEqualTo(cat.captions().stream().map(CaptionVersion::text).toList());
    assertThat(cutline.versions("alice", smaller.id()))
        .hasSize(3)
        .allSatisfy(
            text -> {
              assertThat(text.reusedFrom()).contains(new ReusedFrom(cat.id(), distance));
              assertThat(text.costUsd()).isZero();
              assertThat(text.model()).contains("fake-1");
              assertThat(text.rung()).contains("fake");
            });
    assertThat(smaller.captionState()).isEqualTo(CaptionState.CAPTIONED);
    assertThat(smaller.runs().get(0).isCached()).isTrue();
    assertThat(smaller.runs().get(0).costUsd()).isZero();
    assertThat(smaller.runs().get(0).trail().get(0).message().orElseThrow())
        .contains("the answer to " + cat.id())
        .contains(distance + " of 64 bits differ");
    assertThat(cat.captions()).allSatisfy(text -> assertThat(text.reusedFrom()).isEmpty());
  }

  @Test
  void thatOfThePictureItselfComesFirst() {
    Cutline before = world.open(builder().nearDuplicates(null));
    upload(before, CAT);
    upload(before, SMALLER_CAT);

    ImageRecord again = upload(world.open(builder()), SMALLER_CAT);

    assertThat(captioner.requests).hasSize(2);
    assertThat(again.captions()).allSatisfy(text -> assertThat(text.reusedFrom()).isEmpty());
  }

  @Test
  void otherPicturesAreAskedFor() {
    Cutline cutline = world.open(builder().nearDuplicates(7));
    upload(cutline, CAT);
    upload(cutline, COFFEE);

    assertThat(captioner.requests).hasSize(2);
  }

  @Test
  void otherOwnersShareNothing() {
    Cutline cutline = world.open(builder());
    upload(cutline, CAT);

    cutline.upload(Upload.builder("bob", SMALLER_CAT).build());

    assertThat(captioner.requests).hasSize(2);
  }

  @Test
  void anotherQuestionIsAsked() {
    Cutline cutline = world.open(builder());
    upload(cutline, CAT);

    cutline.upload(Upload.builder("alice", SMALLER_CAT).context("her name is Chelsea").build());
    cutline.upload(Upload.builder("alice", SMALLER_CAT).languages(List.of("de")).build());
    cutline.upload(Upload.builder("alice", SMALLER_CAT).styles(Set.of(CaptionStyle.ALT)).build());
    assertThat(captioner.requests).as("other context, language, styles").hasSize(4);

    upload(world.open(builder().labels(FakeDetector.finding(Label.of("Cat", 0.9)))), SMALLER_CAT);
    assertThat(captioner.requests).as("other labels").hasSize(5);

    FakeCaptioner other = new FakeCaptioner().fingerprint("other");
    upload(world.open(world.builder().nearDuplicates(4).captioner("fake", other)), SMALLER_CAT);
    assertThat(other.requests).as("another fingerprint").hasSize(1);
  }

  @Test
  void aTextOfAPersonIsHandedToNoOtherPicture() {
    Cutline cutline = world.open(builder());
    ImageRecord cat = upload(cutline, CAT);
    cutline.edit(
        "alice",
        cat.id(),
        Edit.builder().caption(CaptionStyle.ALT, "en", "Chelsea, who is mine").build());

    ImageRecord smaller = upload(cutline, SMALLER_CAT);

    assertThat(captioner.requests).as("the model's text was not good enough").hasSize(2);
    assertThat(smaller.altText().orElseThrow()).doesNotContain("Chelsea");
  }

  @Test
  void whatAPersonShouldLookAtIsHandedToNoOtherPicture() {
    Cutline cutline = world.open(builder());
    ImageRecord cat = upload(cutline, CAT);
    world.records.update(cat.toBuilder().needsReview(true).build(), List.of());

    upload(cutline, SMALLER_CAT);

    assertThat(captioner.requests).hasSize(2);
  }

  @Test
  void aDescriptionByRuleIsMadeForEachPicture() {
    FakeCaptioner palette = FakeCaptioner.byRule();
    Cutline cutline = world.open(world.builder().nearDuplicates(7).captioner("palette", palette));
    upload(cutline, CAT);

    upload(cutline, SMALLER_CAT);

    assertThat(palette.requests).hasSize(2);
  }

  /** Otherwise a row of small steps would end at another picture. */
  @Test
  void whatWasReusedIsNoSourceItself() {
    Cutline cutline = world.open(builder());
    ImageRecord cat = upload(cutline, CAT);
    upload(cutline, SMALLER_CAT);
    cutline.delete("alice", cat.id());

    upload(cutline, SMALLEST_CAT);

    assertThat(captioner.requests).hasSize(2);
  }

  @Test
  void picturesThatShowTooLittleAreNotAlike() throws IOException {
    Cutline cutline = world.open(builder().nearDuplicates(7));
    ImageRecord red = upload(cutline, plain(Color.RED));
    ImageRecord blue = upload(cutline, plain(Color.BLUE));

    assertThat(blue.perceptualHash()).isEqualTo(red.perceptualHash());
    assertThat(captioner.requests).hasSize(2);
    assertThat(cutline.similar("alice", red.id(), 7)).isEmpty();
  }

  @Test
  void whoAsksAnewIsAnsweredAnew() {
    Cutline cutline = world.open(builder());
    upload(cutline, CAT);
    ImageRecord smaller = upload(cutline, SMALLER_CAT);

    ImageRecord again = cutline.recaption("alice", smaller.id(), Recaption.ofDefaults());

    assertThat(captioner.requests).hasSize(2);
    assertThat(again.captions()).allSatisfy(text -> assertThat(text.reusedFrom()).isEmpty());
  }

  @Test
  void aPictureForThisMachineOnlyGetsNothingOfARungThatSendsPicturesAway() {
    Cutline cutline = world.open(builder());
    upload(cutline, CAT);

    ImageRecord local =
        cutline.upload(Upload.builder("alice", SMALLER_CAT).localOnly(true).build());

    assertThat(local.captions()).isEmpty();
  }

  @Test
  void anIndexThatFailsCostsMoneyNotTheCaption() {
    Cutline cutline =
        world.open(
            world
                .builder(
                    operation -> {
                      if (operation.equals("records.similar")) {
                        throw new StoreException(StoreException.Kind.UNAVAILABLE, "gone");
                      }
                    })
                .nearDuplicates(4)
                .captioner("fake", captioner));
    upload(cutline, CAT);

    assertThat(upload(cutline, SMALLER_CAT).captionState()).isEqualTo(CaptionState.CAPTIONED);
    assertThat(captioner.requests).hasSize(2);
  }

  @Test
  void similarPicturesAreListedWithoutThePictureItself() {
    Cutline cutline = world.open(builder());
    ImageRecord cat = upload(cutline, CAT);
    ImageRecord smaller = upload(cutline, SMALLER_CAT);
    upload(cutline, COFFEE);
    cutline.upload(Upload.builder("bob", CAT).build());

    assertThat(cutline.similar("alice", cat.id(), 4)).containsExactly(smaller);
    assertThat(cutline.similar("alice", smaller.id(), 4)).containsExactly(cat);
    assertThatThrownBy(() -> cutline.similar("bob", cat.id(), 4))
        .isInstanceOf(NotFoundException.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cutline.similar("alice", cat.id(), 8))
        .withMessageContaining("0 to 7");
    assertThatIllegalArgumentException().isThrownBy(() -> Cutline.builder().nearDuplicates(8));
  }

  private CutlineBuilder builder() {
    return world
        .builder()
        .nearDuplicates(4)
        .rung(
            Rung.builder("fake", "fake", captioner)
                .prices(Prices.builder().image(BigDecimal.ONE).build())
                .build());
  }

  private static ImageRecord upload(Cutline cutline, byte[] picture) {
    return cutline.upload(Upload.builder("alice", picture).build());
  }

  private static int distance(ImageRecord one, ImageRecord other) {
    return PerceptualHash.distance(
        one.perceptualHash().orElseThrow(), other.perceptualHash().orElseThrow());
  }

  private static byte[] smaller(byte[] jpeg, int edge) {
    ImageData picture = ImageData.of(jpeg, ImageFormat.JPEG, 451, 300);
    return new Renderer().renderSmaller(picture, edge, 1 << 20).toByteArray();
  }

  private static byte[] plain(Color colour) throws IOException {
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(colour);
    graphics.fillRect(0, 0, 64, 48);
    graphics.dispose();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return png.toByteArray();
  }
}
