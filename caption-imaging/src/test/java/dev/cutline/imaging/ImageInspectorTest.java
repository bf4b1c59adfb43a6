package dev.cutline.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.ImageFormat;
import dev.cutline.ImageRejectedException;
import dev.cutline.Rejection;
import dev.cutline.testsupport.corpus.Corpus;
import dev.cutline.testsupport.corpus.Corpus.Picture;
import dev.cutline.testsupport.corpus.Corpus.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ImageInspectorTest {
  private final ImageInspector inspector = new ImageInspector(ImageLimits.ofDefaults());

  static List<Picture> accepted() {
    return Corpus.pictures().stream().filter(p -> p.verdict() == Verdict.ACCEPT).toList();
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void acceptsThePicturesThatAreToBeAccepted(Picture picture) {
    ImageInfo info = inspector.inspect(picture.bytes());

    assertThat(info.decodeMemory()).isPositive();
    assertThat(info.uprightWidth()).isPositive();
  }

  @Test
  void refusesArithmeticCodingWithAReasonThatSaysSo() {
    assertThatThrownBy(() -> inspector.inspect(Corpus.bytes("jpeg/arithmetic.jpg")))
        .isInstanceOfSatisfying(
            ImageRejectedException.class,
            e -> assertThat(e.rejection()).isEqualTo(Rejection.UNSUPPORTED_CODING))
        .hasMessageContaining("arithmetic");
  }

  @ParameterizedTest
  @CsvSource({
    "gif/animated.gif, GIF, 240, 160, 1, 9, 8, PALETTE, false, false, false",
    "gif/animated-transparent-dispose.gif, GIF, 200, 145, 1, 3, 8, PALETTE, true, false, false",
    "gif/interlaced.gif, GIF, 320, 232, 1, 1, 8, PALETTE, false, false, true",
    "gif/transparent.gif, GIF, 400, 290, 1, 1, 8, PALETTE, true, false, false",
    "jpeg/cmyk-adobe-noicc.jpg, JPEG, 800, 533, 1, 1, 8, CMYK, false, false, false",
    "jpeg/ycck-icc.jpg, JPEG, 800, 533, 1, 1, 8, YCCK, false, true, false",
    "jpeg/grayscale.jpg, JPEG, 800, 533, 1, 1, 8, GRAY, false, false, false",
    "jpeg/rgb-no-transform.jpg, JPEG, 800, 533, 1, 1, 8, RGB, false, false, false",
    "jpeg/progressive.jpg, JPEG, 800, 533, 1, 1, 8, YCBCR, false, false, true",
    "jpeg/one-pixel.jpg, JPEG, 1, 1, 1, 1, 8, YCBCR, false, false, false",
    "metadata/all-metadata-orientation6-progressive.jpg, JPEG, 800, 533, 6, 1, 8, YCBCR, false, true, true",
    "metadata/camera-iphone11-12mp.jpg, JPEG, 4032, 3024, 1, 1, 8, YCBCR, false, true, false",
    "mislabelled/jpeg-named.webp, JPEG, 1079, 783, 1, 1, 8, YCBCR, false, false, false",
    "orientation/landscape_5.jpg, JPEG, 1200, 1800, 5, 1, 8, YCBCR, false, false, false",
    "png/all-metadata-orientation8.png, PNG, 480, 348, 8, 1, 8, RGB, false, true, false",
    "png/animated.png, PNG, 240, 160, 1, 9, 8, RGB, false, true, false",
    "png/bilevel.png, PNG, 320, 232, 1, 1, 1, GRAY, false, false, false",
    "png/gray-alpha.png, PNG, 320, 213, 1, 1, 8, GRAY, true, false, false",
    "png/gray16.png, PNG, 320, 232, 1, 1, 16, GRAY, false, false, false",
    "png/interlaced.png, PNG, 480, 348, 1, 1, 8, RGB, false, false, true",
    "png/palette-trns.png, PNG, 400, 290, 1, 1, 8, PALETTE, true, false, false",
    "png/rgb16.png, PNG, 320, 232, 1, 1, 16, RGB, false, false, false",
    "png/rgba-alpha.png, PNG, 320, 213, 1, 1, 8, RGB, true, false, false",
    "webp/all-metadata-orientation6.webp, WEBP, 800, 533, 6, 1, 8, YCBCR, false, true, false",
    "webp/animated-exif-xmp.webp, WEBP, 240, 160, 1, 9, 8, YCBCR, false, false, false",
    "webp/lossless-alpha.webp, WEBP, 400, 290, 1, 1, 8, RGB, true, false, false",
    "webp/lossless.webp, WEBP, 480, 348, 1, 1, 8, RGB, false, false, false",
    "webp/lossy-alpha.webp, WEBP, 320, 213, 1, 1, 8, YCBCR, true, false, false",
    "webp/yellow-rose-alpha.webp, WEBP, 400, 301, 1, 1, 8, YCBCR, true, false, false"
  })
  void readsWhatTheHeaderSays(
      String path,
      ImageFormat format,
      int width,
      int height,
      int orientation,
      int frames,
      int bitDepth,
      ColourModel colour,
      boolean alpha,
      boolean profile,
      boolean progressive) {
    ImageInfo info = inspector.inspect(Corpus.bytes(path));

    assertThat(info.format()).isEqualTo(format);
    assertThat(info.width()).isEqualTo(width);
    assertThat(info.height()).isEqualTo(height);
    assertThat(info.orientation().exifValue()).isEqualTo(orientation);
    assertThat(info.uprightWidth()).isEqualTo(orientation >= 5 ? height : width);
    assertThat(info.uprightHeight()).isEqualTo(orientation >= 5 ? width : height);
    assertThat(info.frames()).isEqualTo(frames);
    assertThat(info.bitDepth()).isEqualTo(bitDepth);
    assertThat(info.colour()).isEqualTo(colour);
    assertThat(info.hasAlpha()).isEqualTo(alpha);
    assertThat(info.hasColourProfile()).isEqualTo(profile);
    assertThat(info.isProgressive()).isEqualTo(progressive);
  }

  @Test
  void countsTheScansOfAJpeg() {
    assertThat(inspector.inspect(Corpus.bytes("jpeg/progressive.jpg")).scans()).isEqualTo(10);
    assertThat(inspector.inspect(Corpus.bytes("photos/cat.jpg")).scans()).isEqualTo(1);
    assertThat(inspector.inspect(Corpus.bytes("png/interlaced.png")).scans()).isEqualTo(1);
  }

  @Test
  void saysInOneLineWhatAPictureIs() {
    assertThat(inspector.inspect(Corpus.bytes("png/all-metadata-orientation8.png")))
        .hasToString("PNG 480x348, 8 bit RGB, orientation 8");
    assertThat(inspector.inspect(Corpus.bytes("gif/animated-transparent-dispose.gif")))
        .hasToString("GIF 200x145, 8 bit PALETTE with alpha, 3 frames");
  }

  @Test
  void findsTheColoursOfAJpegAsDecodersDo() {
    assertThat(colour(SyntheticJpeg.of(8, 8))).isEqualTo(ColourModel.YCBCR);
    assertThat(colour(SyntheticJpeg.of(8, 8).componentId('R'))).isEqualTo(ColourModel.YCBCR);
    assertThat(colour(SyntheticJpeg.of(8, 8).withoutJfif().componentId('R')))
        .isEqualTo(ColourModel.RGB);
    assertThat(colour(SyntheticJpeg.of(8, 8).withoutJfif().adobe(0))).isEqualTo(ColourModel.RGB);
    assertThat(colour(SyntheticJpeg.of(8, 8).withoutJfif().adobe(1))).isEqualTo(ColourModel.YCBCR);
    assertThat(colour(SyntheticJpeg.of(8, 8).components(4))).isEqualTo(ColourModel.CMYK);
    assertThat(colour(SyntheticJpeg.of(8, 8).components(4).adobe(2))).isEqualTo(ColourModel.YCCK);
    assertThat(colour(SyntheticJpeg.of(8, 8).components(1))).isEqualTo(ColourModel.GRAY);
  }

  @Test
  void passesOverWhatStandsBetweenSegments() {
    byte[] padded =
        SyntheticJpeg.of(8, 8)
            .behindFrame(new byte[] {0, 0, 17, (byte) 0xFF, (byte) 0xFF})
            .toBytes();

    assertThat(inspector.inspect(padded).width()).isEqualTo(8);
  }

  @Test
  void theFirstProfileOfAWebpCounts() {
    byte[] file =
        SyntheticWebp.extended(WebpStructure.FLAG_PROFILE, 8, 8)
            .chunk("ICCP", profileOf(400))
            .chunk("ICCP", profileOf(500))
            .chunk("VP8L", SyntheticWebp.evenLossless(8, 8, -1))
            .toBytes();

    assertThat(inspector.inspect(file).hasColourProfile()).isTrue();
    assertThat(Profiles.of(file, ImageFormat.WEBP)).hasSize(400);
  }

  @Test
  void ignoresAProfileThatIsNotWhole() {
    byte[] profile = profileOf(400);
    byte[] whole = SyntheticJpeg.of(8, 8).segment(0xE2, piece(1, 1, profile)).toBytes();
    byte[] missing = SyntheticJpeg.of(8, 8).segment(0xE2, piece(1, 2, profile)).toBytes();
    byte[] twice =
        SyntheticJpeg.of(8, 8)
            .segment(0xE2, piece(1, 1, profile))
            .segment(0xE2, piece(1, 1, profile))
            .toBytes();
    byte[] none = SyntheticJpeg.of(8, 8).segment(0xE2, piece(1, 1, new byte[400])).toBytes();

    assertThat(inspector.inspect(whole).hasColourProfile()).isTrue();
    assertThat(inspector.inspect(missing).hasColourProfile()).isFalse();
    assertThat(inspector.inspect(twice).hasColourProfile()).isFalse();
    assertThat(inspector.inspect(none).hasColourProfile()).isFalse();
  }

  static byte[] piece(int number, int total, byte[] data) {
    byte[] piece = new byte[14 + data.length];
    System.arraycopy("ICC_PROFILE\0".getBytes(StandardCharsets.ISO_8859_1), 0, piece, 0, 12);
    piece[12] = (byte) number;
    piece[13] = (byte) total;
    System.arraycopy(data, 0, piece, 14, data.length);
    return piece;
  }

  /** Has the header of a profile and nothing else. */
  static byte[] profileOf(int length) {
    byte[] profile = new byte[length];
    SyntheticPng.putInt(profile, 0, length);
    System.arraycopy("acsp".getBytes(StandardCharsets.ISO_8859_1), 0, profile, 36, 4);
    return profile;
  }

  private ColourModel colour(SyntheticJpeg jpeg) {
    return inspector.inspect(jpeg.toBytes()).colour();
  }
}
