package dev.cutline.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.ImageRejectedException;
import dev.cutline.Rejection;
import dev.cutline.imaging.PixelImage.Layout;
import dev.cutline.testsupport.corpus.Corpus;
import dev.cutline.testsupport.corpus.Corpus.Picture;
import dev.cutline.testsupport.corpus.Corpus.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RendererTest {
  private final Renderer renderer = new Renderer();

  static List<Picture> accepted() {
    return Corpus.pictures().stream().filter(p -> p.verdict() == Verdict.ACCEPT).toList();
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void rendersEveryPictureThatIsToBeAccepted(Picture picture) {
    byte[] file = picture.bytes();
    ImageInfo info = Pixels.INSPECTOR.inspect(file);

    Renditions renditions = renderer.render(file, info);

    int longEdge = Math.max(info.width(), info.height());
    assertThat(renditions.model().longEdge()).isEqualTo(Math.min(1568, longEdge));
    assertThat(renditions.thumbnail().longEdge()).isEqualTo(Math.min(300, longEdge));
    for (ImageData rendition :
        List.of(renditions.model(), renditions.thumbnail(), renditions.square())) {
      ImageInfo coded = Pixels.INSPECTOR.inspect(rendition.toByteArray());
      assertThat(coded)
          .hasToString("JPEG " + rendition.width() + "x" + rendition.height() + ", 8 bit YCBCR");
      assertThat(coded.isProgressive()).isFalse();
      assertThat(coded.hasColourProfile()).isFalse();
    }
    // What was rendered is the picture: scaled to the size of the thumbnail it looks like it.
    ImageData thumbnail = renditions.thumbnail();
    PixelImage scaled =
        new LanczosResampler().resample(Pixels.shown(file), thumbnail.width(), thumbnail.height());
    assertThat(Pixels.meanDifference(Pixels.decoded(thumbnail), scaled)).isLessThan(4);
  }

  @ParameterizedTest
  @CsvSource({
    // picture, model, thumbnail
    "4000, 3000, 1568, 1176, 300, 225",
    "3000, 4000, 1176, 1568, 225, 300",
    "1568, 1000, 1568, 1000, 300, 191",
    "300, 200, 300, 200, 300, 200",
    "20, 10, 20, 10, 20, 10",
    "1, 1, 1, 1, 1, 1",
    "16384, 1, 1568, 1, 300, 1",
    "1, 9000, 1, 1568, 1, 300"
  })
  void keepsProportionsAndNeverEnlarges(
      int width,
      int height,
      int modelWidth,
      int modelHeight,
      int thumbnailWidth,
      int thumbnailHeight) {
    Renditions renditions = render(SyntheticPng.even(width, height, 1, 0, false));

    assertThat(renditions.model()).hasToString(sizeOf(renditions.model(), modelWidth, modelHeight));
    assertThat(renditions.thumbnail())
        .hasToString(sizeOf(renditions.thumbnail(), thumbnailWidth, thumbnailHeight));
    assertThat(renditions.square()).hasToString(sizeOf(renditions.square(), 200, 200));
  }

  @Test
  void rendersJpegAsIsUsual() {
    byte[] model = render(Corpus.bytes("photos/cat.jpg")).model().toByteArray();
    JpegStructure structure = JpegStructure.read(model, ImageLimits.ofDefaults());

    assertThat(structure.jfif()).as("JFIF header").isNotNull();
    assertThat(structure.isProgressive()).isFalse();
    assertThat(structure.codedSamples()).as("4:2:0").isEqualTo(29L * 19 * 6 * 64);
    JpegSegments segments = new JpegSegments(model);
    while (segments.next()) {
      boolean onlyJfif =
          !segments.isApplicationDataOrComment() || segments.marker() == JpegSegments.APP0;
      assertThat(onlyJfif).isTrue();
    }
    // Quality 85 takes 30 % of the standard table, whose first entry is 16: 5.
    int tables = indexOf(model, (byte) 0xDB);
    assertThat(model[tables + 4]).isEqualTo((byte) 5);
  }

  @Test
  void theSquareIsTheMiddleOfThePicture() {
    // Left third red, middle third green, right third blue.
    PixelImage image = stripes(900, 300);
    PixelImage square =
        Pixels.decoded(rendererOf(image).render(new byte[0], infoOf(900, 300)).square());

    assertNear(Pixels.rgb(square, 1, 100), 0x00FF00);
    assertNear(Pixels.rgb(square, 100, 100), 0x00FF00);
    assertNear(Pixels.rgb(square, 198, 100), 0x00FF00);
  }

  @Test
  void aPictureSmallerThanTheSquareIsPutInTheMiddleOnWhite() {
    PixelImage square =
        Pixels.decoded(rendererOf(stripes(90, 300)).render(new byte[0], infoOf(90, 300)).square());

    assertNear(Pixels.rgb(square, 20, 100), 0xFFFFFF);
    assertNear(Pixels.rgb(square, 70, 100), 0xFF0000);
    assertNear(Pixels.rgb(square, 100, 100), 0x00FF00);
    assertNear(Pixels.rgb(square, 130, 100), 0x0000FF);
    assertNear(Pixels.rgb(square, 180, 100), 0xFFFFFF);
  }

  @Test
  void theSquareOfALongNarrowPictureComesFromTheOriginal() {
    // 8000 x 400: the model is only 78 px high, the original has enough.
    PixelImage square = Pixels.decoded(render(SyntheticPng.even(8_000, 400, 1, 0, false)).square());

    assertNear(Pixels.rgb(square, 0, 0), 0x000000);
    assertNear(Pixels.rgb(square, 199, 199), 0x000000);
  }

  @Test
  void theDecoderIsAskedForNoMoreThanIsNeeded() {
    assertThat(Renderer.enoughLongEdge(4000, 3000)).isEqualTo(1568);
    assertThat(Renderer.enoughLongEdge(1000, 500)).isEqualTo(1000);
    assertThat(Renderer.enoughLongEdge(16_000, 1_000)).isEqualTo(3200);
    assertThat(Renderer.enoughLongEdge(16_000, 100)).isEqualTo(16_000);
    assertThat(Pixels.decoded(Corpus.bytes("orientation/landscape_1.jpg"), 600))
        .hasToString("RGB 600x400");
  }

  @Test
  void showsTheFirstFrameOfAnAnimation() {
    PixelImage cat =
        new LanczosResampler().resample(Pixels.shown(Corpus.bytes("photos/cat.jpg")), 240, 160);
    for (String path :
        List.of("gif/animated.gif", "png/animated.png", "webp/animated-exif-xmp.webp")) {
      assertThat(Pixels.meanDifference(Pixels.shown(Corpus.bytes(path)), cat))
          .as(path)
          .isLessThan(8);
    }
  }

  @Test
  void composesAFrameOnItsCanvas() {
    byte[] gif = SyntheticGif.of(20, 10).frame(5, 2, 10, 5, 1).end();
    byte[] overhanging = SyntheticGif.of(20, 10).frame(15, 8, 10, 5, 1).end();
    byte[] inner = SyntheticWebp.bytesOf("VP8L", SyntheticWebp.evenLossless(10, 6, 0xFFFF0000));
    byte[] webp = SyntheticWebp.extended(2, 20, 10).frame(4, 2, 10, 6, inner).toBytes();

    PixelImage shown = Pixels.shown(gif);
    assertThat(shown).hasToString("RGB 20x10");
    assertThat(Pixels.rgb(shown, 4, 2)).isEqualTo(0xFFFFFF);
    assertThat(Pixels.rgb(shown, 5, 2)).isEqualTo(0xFF0000);
    assertThat(Pixels.rgb(shown, 14, 6)).isEqualTo(0xFF0000);
    assertThat(Pixels.rgb(shown, 14, 7)).isEqualTo(0xFFFFFF);
    assertThat(Pixels.rgb(Pixels.shown(overhanging), 19, 9)).isEqualTo(0xFF0000);
    assertThat(Pixels.rgb(Pixels.shown(overhanging), 14, 9)).isEqualTo(0xFFFFFF);
    assertThat(Pixels.rgb(Pixels.shown(webp), 3, 2)).isEqualTo(0xFFFFFF);
    assertThat(Pixels.rgb(Pixels.shown(webp), 4, 2)).isEqualTo(0xFF0000);
    assertThat(Pixels.rgb(Pixels.shown(webp), 13, 7)).isEqualTo(0xFF0000);
    assertThat(Pixels.rgb(Pixels.shown(webp), 13, 8)).isEqualTo(0xFFFFFF);
  }

  @Test
  void everyFailureOfADecoderIsABrokenPicture() {
    List<PixelDecoder> failing =
        List.of(
            (file, info, edge) -> {
              throw new IOException("no more bytes");
            },
            (file, info, edge) -> {
              throw new NegativeArraySizeException("-1");
            },
            (file, info, edge) -> {
              throw new IllegalStateException("a bug");
            });
    for (PixelDecoder decoder : failing) {
      Renderer broken = new Renderer(decoder, new LanczosResampler(), new ImageIoJpegEncoder());
      assertThatThrownBy(() -> broken.render(new byte[0], infoOf(8, 8)))
          .isInstanceOfSatisfying(
              ImageRejectedException.class,
              e -> assertThat(e.rejection()).isEqualTo(Rejection.BROKEN))
          .hasMessageContaining("PNG")
          .hasCauseInstanceOf(Exception.class);
    }
  }

  @Test
  void aRefusalOfADecoderStaysWhatItIs() {
    ImageRejectedException refusal = Refusals.tooLarge("too large; scale it down");
    Renderer refusing =
        new Renderer(
            (file, info, edge) -> {
              throw refusal;
            },
            new LanczosResampler(),
            new ImageIoJpegEncoder());

    assertThatThrownBy(() -> refusing.render(new byte[0], infoOf(8, 8))).isSameAs(refusal);
  }

  @Test
  void pictureDataThatEndsEarlyIsBroken() {
    byte[] png = SyntheticPng.of(100, 100, 8, 0, 0).data(5_000).end();
    byte[] damaged = SyntheticPng.of(10, 10, 8, 0, 0).chunk("IDAT", new byte[50]).end();
    byte[] filter =
        SyntheticPng.of(1, 1, 8, 0, 0).chunk("IDAT", SyntheticPng.packed(new byte[] {9, 0})).end();
    byte[] webp =
        SyntheticWebp.simple()
            .chunk("VP8L", SyntheticWebp.losslessHeader(9, 9, false).toBytes())
            .toBytes();
    byte[] gif = SyntheticGif.of(100, 100).frame(0, 0, 10, 10, 1).end();
    gif[24] = 100; // claims a width of 100 and has pixels for 10

    for (byte[] file : List.of(png, damaged, filter, webp, gif)) {
      assertThatThrownBy(() -> render(file))
          .isInstanceOfSatisfying(
              ImageRejectedException.class,
              e -> assertThat(e.rejection()).isEqualTo(Rejection.BROKEN))
          .hasMessageContaining("damaged");
    }
  }

  @Test
  void aPictureThatFitsIsReturnedAsItIs() {
    ImageData model = render(Corpus.bytes("photos/cat.jpg")).model();

    assertThat(renderer.renderSmaller(model, 451, model.size())).isSameAs(model);
  }

  @Test
  void fitsAPictureToSideAndBytes() {
    ImageData model = render(Corpus.bytes("photos/canyon.jpg")).model();

    ImageData side = renderer.renderSmaller(model, 800, Long.MAX_VALUE);
    ImageData quality = renderer.renderSmaller(model, 1280, model.size() * 8L / 10);
    ImageData bytes = renderer.renderSmaller(model, 1280, 20_000);

    assertThat(side).hasToString(sizeOf(side, 800, 533));
    assertThat(quality.width()).as("lower quality is tried before size").isEqualTo(1280);
    assertThat(quality.size()).isLessThanOrEqualTo(model.size() * 8 / 10);
    assertThat(bytes.size()).isLessThanOrEqualTo(20_000);
    assertThat(bytes.width()).isLessThan(1280);
    assertThat(Pixels.decoded(bytes)).hasToString("RGB " + bytes.width() + "x" + bytes.height());
  }

  @Test
  void otherPicturesCanBeFittedToo() {
    byte[] png = Corpus.bytes("png/all-metadata-orientation8.png");
    ImageData fitted =
        renderer.renderSmaller(ImageData.of(png, ImageFormat.PNG, 480, 348), 240, 100_000);

    assertThat(fitted).hasToString(sizeOf(fitted, 174, 240));
  }

  @Test
  void whatCannotBeMadeSmallEnoughIsRefused() {
    ImageData model = render(Corpus.bytes("photos/canyon.jpg")).model();

    assertThatThrownBy(() -> renderer.renderSmaller(model, 1280, 300))
        .isInstanceOfSatisfying(
            ImageRejectedException.class,
            e -> assertThat(e.rejection()).isEqualTo(Rejection.TOO_MANY_BYTES))
        .hasMessageContaining("300 bytes");
    assertThatThrownBy(() -> renderer.renderSmaller(model, 0, 1)).hasMessageContaining("0 px");
    assertThatThrownBy(() -> renderer.renderSmaller(model, 1, 0)).hasMessageContaining("0 bytes");
  }

  @Test
  void severalThreadsShareARenderer() throws Exception {
    List<String> paths =
        List.of(
            "photos/cat.jpg", "png/rgba-alpha.png", "gif/transparent.gif", "webp/lossy-alpha.webp");
    List<String> expected = new ArrayList<>();
    for (String path : paths) {
      expected.add(render(Corpus.bytes(path)).model().sha256());
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<String>> results = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        byte[] file = Corpus.bytes(paths.get(i % paths.size()));
        results.add(threads.submit(() -> render(file).model().sha256()));
      }
      for (int i = 0; i < results.size(); i++) {
        assertThat(results.get(i).get()).isEqualTo(expected.get(i % paths.size()));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void saysWhatWasRenderedWithoutBytes() {
    assertThat(render(Corpus.bytes("photos/cat.jpg")).toString())
        .startsWith("model JPEG 451x300, ")
        .contains("thumbnail JPEG 300x200, ")
        .endsWith("hash bbcd8ca2422fbd48");
  }

  private Renditions render(byte[] file) {
    return renderer.render(file, Pixels.INSPECTOR.inspect(file));
  }

  private static Renderer rendererOf(PixelImage image) {
    return new Renderer(
        (file, info, edge) -> image, new LanczosResampler(), new ImageIoJpegEncoder());
  }

  private static ImageInfo infoOf(int width, int height) {
    return ImageInfo.builder(ImageFormat.PNG, width, height).build();
  }

  private static PixelImage stripes(int width, int height) {
    byte[] samples = new byte[width * height * 3];
    for (int i = 0; i < width * height; i++) {
      samples[3 * i + i % width * 3 / width] = (byte) 255;
    }
    return PixelImage.wrap(Layout.RGB, width, height, samples);
  }

  private static String sizeOf(ImageData rendition, int width, int height) {
    return "JPEG " + width + "x" + height + ", " + rendition.size() + " bytes";
  }

  private static void assertNear(int rgb, int expected) {
    for (int shift = 0; shift <= 16; shift += 8) {
      assertThat(Math.abs((rgb >> shift & 0xFF) - (expected >> shift & 0xFF)))
          .as("%06x", rgb)
          .isLessThan(12);
    }
  }

  private static int indexOf(byte[] file, byte second) {
    for (int i = 0; i < file.length - 1; i++) {
      if (file[i] == (byte) 0xFF && file[i + 1] == second) {
        return i + 1;
      }
    }
    throw new AssertionError("not found");
  }
}
