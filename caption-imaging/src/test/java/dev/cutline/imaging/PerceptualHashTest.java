package dev.cutline.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.imaging.PixelImage.Layout;
import dev.cutline.testsupport.corpus.Corpus;
import dev.cutline.testsupport.corpus.Corpus.Picture;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PerceptualHashTest {
  private static final int SIDE = 32;

  /** Much more than the 32 pixels that count. */
  private static final int EDGE = 600;

  /** Each photo decoded once. */
  private static final Map<String, PixelImage> PHOTOS = decoded();

  @ParameterizedTest
  @MethodSource("photos")
  void isThatOfAStraightforwardTransform(String photo) {
    PixelImage small = scaled(photo(photo), SIDE, SIDE);

    assertThat(PerceptualHash.toHex(PerceptualHash.of(small)))
        .isEqualTo(PerceptualHash.toHex(straightforward(small)));
  }

  /**
   * As many bits are set as not, so two change together: where two frequencies beside the median
   * change places. Scaling may swap one such pair, poor quality two.
   */
  @ParameterizedTest
  @MethodSource("photos")
  void staysNearlyTheSameWhenScaledAndRecompressed(String photo) {
    PixelImage original = photo(photo);
    PixelImage half = scaled(original, original.width() / 2, original.height() / 2);
    PixelImage poor = Pixels.decoded(new ImageIoJpegEncoder().encode(half, 30));

    assertThat(distance(original, half)).isLessThanOrEqualTo(2);
    assertThat(distance(original, poor)).isLessThanOrEqualTo(4);
  }

  /** By chance 32 bits differ, give or take 4; half of that is out of the reach of chance. */
  @Test
  void differentPhotosAreFarApart() {
    List<String> names = List.copyOf(photos());
    for (int i = 0; i < names.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertThat(distance(photo(names.get(i)), photo(names.get(j))))
            .as("%s and %s", names.get(i), names.get(j))
            .isGreaterThan(16);
      }
    }
  }

  @Test
  void aPictureOfOneColourHasNoFeatures() {
    byte[] gray = new byte[40 * 30];
    Arrays.fill(gray, (byte) 99);

    long hash = PerceptualHash.of(PixelImage.wrap(Layout.GRAY, 40, 30, gray));

    assertThat(hash).isZero();
    assertThat(PerceptualHash.isTelling(hash)).isFalse();
    for (String name : photos()) {
      assertThat(PerceptualHash.isTelling(PerceptualHash.of(photo(name)))).as(name).isTrue();
    }
    assertThat(PerceptualHash.toHex(0x1F)).isEqualTo("000000000000001f");
  }

  @Test
  void inksAreRefused() {
    PixelImage inks = PixelImage.wrap(Layout.CMYK, 1, 1, new byte[4]);

    assertThatThrownBy(() -> PerceptualHash.of(inks)).hasMessageContaining("RGB first");
  }

  /** By the definition: each frequency a double sum over all pixels. */
  private static long straightforward(PixelImage rgb) {
    double[] low = new double[64];
    for (int v = 1; v <= 8; v++) {
      for (int u = 1; u <= 8; u++) {
        low[(v - 1) * 8 + u - 1] = frequency(rgb, u, v);
      }
    }
    double[] sorted = low.clone();
    Arrays.sort(sorted);
    double median = (sorted[31] + sorted[32]) / 2;
    long hash = 0;
    for (int i = 0; i < 64; i++) {
      hash |= low[i] > median ? 1L << 63 - i : 0;
    }
    return hash;
  }

  private static double frequency(PixelImage rgb, int u, int v) {
    double sum = 0;
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int pixel = Pixels.rgb(rgb, x, y);
        double luma = 0.299 * (pixel >> 16) + 0.587 * (pixel >> 8 & 0xFF) + 0.114 * (pixel & 0xFF);
        sum +=
            luma
                * Math.cos((2 * x + 1) * u * Math.PI / (2 * SIDE))
                * Math.cos((2 * y + 1) * v * Math.PI / (2 * SIDE));
      }
    }
    return sum;
  }

  private static int distance(PixelImage one, PixelImage other) {
    return PerceptualHash.distance(PerceptualHash.of(one), PerceptualHash.of(other));
  }

  private static PixelImage scaled(PixelImage image, int width, int height) {
    return new LanczosResampler().resample(image, width, height);
  }

  private static PixelImage photo(String path) {
    return Objects.requireNonNull(PHOTOS.get(path));
  }

  static Set<String> photos() {
    return PHOTOS.keySet();
  }

  private static Map<String, PixelImage> decoded() {
    Map<String, PixelImage> photos = new LinkedHashMap<>();
    for (Picture picture : Corpus.folder("photos")) {
      photos.put(picture.path(), Pixels.decoded(picture.bytes(), EDGE));
    }
    return photos;
  }
}
