package dev.cutline.palette;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Captioner;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.Reason;
import dev.cutline.Usage;
import dev.cutline.testsupport.corpus.Corpus;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaletteCaptionerTest {
  private static final List<String> LANGUAGES = List.of("en", "de", "fr", "es");

  private final Captioner palette = PaletteCaptioner.ofDefaults();

  /** What a person who looked at each photograph agrees with. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          canyon.jpg         | Probably a dark photo in black, orange and light blue
          cat.jpg            | Probably a photo in brown and beige
          coffee.jpg         | Probably a photo in brown and red
          coral.webp         | Probably a dark photo in grey-blue and dark grey
          dandelion.jpg      | Probably a dark photo in dark green and beige
          flower-meadow.webp | Probably a photo in grey-blue and olive green
          hibiscus.jpg       | Probably a dark photo in black and red
          marsh-birds.webp   | Probably a photo in red and orange
          pier-sunset.jpg    | Probably a photo in purple, black and orange
          rocket.jpg         | Probably a dark photo in dark blue, black and brown
          street-bus.jpg     | Probably a photo in grey, olive green and orange
          """)
  void namesTheColoursOfRealPhotographs(String name, String concise) {
    CaptionReply reply = palette.caption(request(photo(name), "en"));

    assertThat(reply.text(CaptionStyle.CONCISE)).hasValue(concise);
  }

  @Test
  void writesAllStylesInFourLanguages() {
    ImageData hibiscus = photo("hibiscus.jpg");

    assertThat(palette.caption(request(hibiscus, "en")).texts())
        .isEqualTo(
            Map.of(
                CaptionStyle.CONCISE,
                "Probably a dark photo in black and red",
                CaptionStyle.CREATIVE,
                "Red glows against black; the effect is dark and warm. The detail gathers in the"
                    + " centre of what is probably a photo in landscape format.",
                CaptionStyle.ALT,
                "Probably a dark photo in landscape format: black and red, detail mostly in the"
                    + " centre, warm colours."));
    assertThat(palette.caption(request(hibiscus, "de")).text(CaptionStyle.CREATIVE))
        .hasValue(
            "Rot leuchtet vor Schwarz; das Ganze wirkt dunkel und warm. Die Einzelheiten sammeln"
                + " sich in der Mitte; vermutlich ist es ein Foto im Querformat.");
    assertThat(palette.caption(request(hibiscus, "fr-CA")).text(CaptionStyle.CREATIVE))
        .hasValue(
            "Le rouge rayonne sur le noir ; l’ensemble est sombre et chaud. Les détails se"
                + " rassemblent au centre de ce qui est probablement une photo au format paysage.");
    assertThat(palette.caption(request(hibiscus, "es")).text(CaptionStyle.CREATIVE))
        .hasValue(
            "El rojo resplandece sobre el negro; el conjunto resulta oscuro y cálido. Los detalles"
                + " se reúnen en el centro de lo que probablemente es una foto en formato"
                + " horizontal.");
  }

  @ParameterizedTest
  @CsvSource({"ffffff, A plain white area", "000000, A plain black area"})
  void saysThatThereIsNothingToSee(String colour, String concise) {
    int rgb = Integer.parseInt(colour, 16);
    for (int side : new int[] {1, 2, 200}) {
      ImageData plain = Pictures.png(Pictures.image(side, side, (x, y) -> rgb));

      CaptionReply reply = palette.caption(request(plain, "en"));

      assertThat(reply.text(CaptionStyle.CONCISE)).hasValue(concise);
      checkContract(plain);
    }
  }

  @Test
  void tellsDrawingsFromScreenshotsAndGradients() {
    assertThat(concise(Pictures.cartoon())).startsWith("Perhaps a bright drawing in green");
    assertThat(concise(Pictures.screenshot(0xffffff, 0x202020, 0x2b579a)))
        .startsWith("Perhaps a bright screenshot in white");
    assertThat(concise(Pictures.screenshot(0x1e1e1e, 0xd4d4d4, 0x3c3c3c)))
        .startsWith("Perhaps a dark screenshot in");
    assertThat(concise(Pictures.image(256, 256, (x, y) -> y << 8 | 0xff)))
        .startsWith("A smooth gradient in");
    assertThat(concise(Pictures.noise(256, 256, 3))).startsWith("A picture in");
  }

  @Property(tries = 300)
  void keepsTheContractForAnyPicture(@ForAll("pictures") BufferedImage picture) {
    checkContract(Pictures.png(picture));
  }

  @Provide
  Arbitrary<BufferedImage> pictures() {
    Arbitrary<Integer> side = Arbitraries.integers().between(1, 48);
    return Arbitraries.of("noise", "plain", "gradient", "bars", "blocks")
        .flatMap(
            kind ->
                side.flatMap(
                    width ->
                        side.flatMap(
                            height ->
                                Arbitraries.longs()
                                    .map(seed -> picture(kind, width, height, new Random(seed))))));
  }

  private static BufferedImage picture(String kind, int width, int height, Random random) {
    int first = random.nextInt(1 << 24);
    int second = random.nextInt(1 << 24);
    int period = 1 + random.nextInt(8);
    return Pictures.image(
        width,
        height,
        (x, y) ->
            switch (kind) {
              case "noise" -> random.nextInt(1 << 24);
              case "plain" -> first;
              case "gradient" -> mix(first, second, (double) (x + y) / (width + height));
              case "bars" -> x / period % 2 == 0 ? first : second;
              default -> (x / period * 31 + y / period * 17) * 0x01234567 & 0xffffff;
            });
  }

  private static int mix(int first, int second, double share) {
    int mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      double channel = (first >> shift & 0xff) * (1 - share) + (second >> shift & 0xff) * share;
      mixed |= (int) channel << shift;
    }
    return mixed;
  }

  @Test
  void keepsTheContractForTheCorpus() {
    int described = 0;
    for (Corpus.Picture picture : Corpus.pictures()) {
      boolean png = picture.name().endsWith(".png");
      if (!png && !picture.name().endsWith(".jpg")) {
        continue;
      }
      // Straight from the file, larger than asked for; the size given is not relied upon.
      ImageFormat format = png ? ImageFormat.PNG : ImageFormat.JPEG;
      ImageData image = ImageData.of(picture.bytes(), format, 1, 1);
      try {
        checkContract(image);
        described++;
      } catch (CaptionException e) {
        // The JDK has no arithmetic coding and no CMYK; the pipeline sends neither.
        assertThat(e.reason()).isEqualTo(Reason.INVALID_IMAGE);
        assertThat(picture.name()).containsAnyOf("arithmetic", "cmyk", "ycck");
      }
    }
    assertThat(described).isGreaterThan(30);
  }

  @Test
  void laysTransparentPixelsOnWhite() {
    BufferedImage clear = new BufferedImage(20, 20, BufferedImage.TYPE_INT_ARGB);

    assertThat(palette.caption(request(Pictures.png(clear), "en")).text(CaptionStyle.CONCISE))
        .hasValue("A plain white area");
  }

  @Test
  void takesGreyLevelsAsTheyStandInTheFile() {
    BufferedImage grey = new BufferedImage(20, 20, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 400; i++) {
      grey.getRaster().setSample(i % 20, i / 20, 0, 0x48);
    }

    assertThat(palette.caption(request(Pictures.png(grey), "en")).text(CaptionStyle.CONCISE))
        .hasValue("A plain dark grey area");
  }

  @Test
  void answersOnlyTheStylesAskedFor() {
    CaptionRequest request =
        CaptionRequest.builder(photo("cat.jpg")).styles(Set.of(CaptionStyle.ALT)).build();

    CaptionReply reply = palette.caption(request);

    assertThat(reply.texts().keySet()).containsExactly(CaptionStyle.ALT);
    assertThat(reply.model()).isEqualTo("palette-1");
    assertThat(reply.usage()).isEqualTo(Usage.NONE);
    assertThat(reply.elapsed()).isPositive();
    assertThat(palette.fingerprint()).isEqualTo("palette-1");
  }

  @Test
  void tellsThatItIsLocalAndNoModel() {
    assertThat(palette.capabilities().isLocal()).isTrue();
    assertThat(palette.capabilities().isModel()).isFalse();
    assertThat(palette.capabilities().maxLongEdge()).isEqualTo(256);
    assertThat(palette.capabilities().languages())
        .containsExactlyInAnyOrder("en", "de", "fr", "es");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ja", "pt-BR", "tr"})
  void refusesALanguageThatItDoesNotSpeak(String language) {
    CaptionRequest request = request(photo("cat.jpg"), language);

    assertThat(palette.capabilities().speaks(language)).isFalse();
    assertReason(request, Reason.MISCONFIGURED, "palette speaks de, en, es, fr, not \"" + language);
  }

  @Test
  void refusesAFormatThatItDoesNotTake() {
    ImageData webp = ImageData.of(Corpus.bytes("webp/lossy.webp"), ImageFormat.WEBP, 480, 348);

    assertReason(request(webp, "en"), Reason.MISCONFIGURED, "JPEG and PNG, not WEBP 480x348");
  }

  @Test
  void refusesBytesThatAreNoPicture() {
    byte[] cat = Corpus.bytes("photos/cat.jpg");
    byte[] headOnly = Arrays.copyOf(cat, 150);
    for (byte[] bytes : List.of(new byte[] {1}, new byte[5000], headOnly)) {
      ImageData broken = ImageData.of(bytes, ImageFormat.JPEG, 451, 300);

      assertReason(request(broken, "en"), Reason.INVALID_IMAGE, "cannot be decoded: JPEG 451x300");
    }
  }

  @Test
  void refusesMorePixelsThanItWouldWalkThrough() {
    byte[] png = Pictures.png(Pictures.image(1, 1, (x, y) -> 0)).toByteArray();
    // Width and height of the header, each raised to 2^16 + 1; the CRC is not looked at first.
    png[17] = 1;
    png[21] = 1;

    assertReason(
        request(ImageData.of(png, ImageFormat.PNG, 1, 1), "en"),
        Reason.IMAGE_LIMIT,
        "65537 x 65537 is above 50000000 pixels");
  }

  private void checkContract(ImageData image) {
    for (String language : LANGUAGES) {
      CaptionReply reply = palette.caption(request(image, language));

      assertThat(reply.texts().keySet()).containsExactly(CaptionStyle.values());
      reply.texts().forEach((style, text) -> OutputContract.check(style, text, language));
      CaptionReply again = PaletteCaptioner.ofDefaults().caption(request(image, language));
      assertThat(again.texts()).isEqualTo(reply.texts());
    }
  }

  private String concise(BufferedImage image) {
    return palette
        .caption(request(Pictures.rendition(image), "en"))
        .text(CaptionStyle.CONCISE)
        .orElseThrow();
  }

  private void assertReason(CaptionRequest request, Reason reason, String message) {
    assertThatThrownBy(() -> palette.caption(request))
        .isInstanceOfSatisfying(
            CaptionException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(message);
  }

  private static ImageData photo(String name) {
    return Pictures.rendition(Pictures.decode(Corpus.bytes("photos/" + name)));
  }

  private static CaptionRequest request(ImageData image, String language) {
    return CaptionRequest.builder(image).language(language).build();
  }
}
