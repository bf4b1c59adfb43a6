package dev.cutline.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.imaging.PixelImage.Layout;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares with Lanczos of three lobes by its definition, in double precision. */
class ResamplerTest {
  private final Resampler resampler = new LanczosResampler();

  /**
   * One level of 255. Rounded before the result are the weights, each by at most half of 2^-14 and
   * up or down, which for hundreds of them adds up to a tenth of a level, and the sum between the
   * two directions, by half of 2^-6: enough to tip the rounding of the result, not for more.
   */
  @ParameterizedTest
  @CsvSource({
    "100, 80, 50, 40, RGB",
    "97, 61, 31, 20, RGB",
    "97, 61, 31, 20, GRAY",
    "64, 64, 63, 1, CMYK",
    "640, 3, 10, 3, GRAY",
    "7, 300, 3, 299, RGB",
    "20, 10, 33, 17, RGB",
    "1, 1, 5, 3, GRAY"
  })
  void isLanczosByItsDefinition(int width, int height, int toWidth, int toHeight, Layout layout) {
    long seed = 20261121;
    byte[] samples = new byte[width * height * layout.channels()];
    new Random(seed).nextBytes(samples);
    PixelImage image = PixelImage.wrap(layout, width, height, samples);

    PixelImage scaled = resampler.resample(image, toWidth, toHeight);

    int[] expected = byDefinition(image, toWidth, toHeight);
    for (int i = 0; i < expected.length; i++) {
      assertThat(scaled.samples()[i] & 0xFF)
          .as("sample %d", i)
          .isBetween(expected[i] - 1, expected[i] + 1);
    }
  }

  @Test
  void anEvenAreaStaysAsItIs() {
    byte[] even = new byte[301 * 203];
    Arrays.fill(even, (byte) 201);

    PixelImage scaled = resampler.resample(PixelImage.wrap(Layout.GRAY, 301, 203, even), 77, 19);

    assertThat(scaled.samples()).containsOnly((byte) 201);
  }

  @Test
  void thePictureItselfWhereTheSizeIsTheSame() {
    PixelImage image = PixelImage.wrap(Layout.GRAY, 2, 1, new byte[] {1, 2});

    assertThat(resampler.resample(image, 2, 1)).isSameAs(image);
  }

  private static int[] byDefinition(PixelImage image, int width, int height) {
    int channels = image.layout().channels();
    double[][] across = weights(image.width(), width);
    double[][] down = weights(image.height(), height);
    int[] out = new int[width * height * channels];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          double sum = 0;
          for (int v = 0; v < image.height(); v++) {
            for (int u = 0; down[y][v] != 0 && u < image.width(); u++) {
              int at = (v * image.width() + u) * channels + c;
              sum += down[y][v] * across[x][u] * (image.samples()[at] & 0xFF);
            }
          }
          out[(y * width + x) * channels + c] = (int) Math.max(0, Math.min(255, Math.round(sum)));
        }
      }
    }
    return out;
  }

  private static double[][] weights(int from, int to) {
    double scale = (double) from / to;
    double stretch = Math.max(1, scale);
    double[][] weights = new double[to][from];
    for (int i = 0; i < to; i++) {
      for (int k = 0; k < from; k++) {
        weights[i][k] = lanczos((k + 0.5 - (i + 0.5) * scale) / stretch);
      }
      double sum = Arrays.stream(weights[i]).sum();
      for (int k = 0; k < from; k++) {
        weights[i][k] /= sum;
      }
    }
    return weights;
  }

  private static double lanczos(double x) {
    return Math.abs(x) >= 3 ? 0 : sinc(x) * sinc(x / 3);
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }
}
