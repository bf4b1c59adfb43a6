package dev.cutline.imaging;

import dev.cutline.imaging.PixelImage.Layout;
import java.util.Arrays;

/**
 * A fingerprint of what a picture shows: 64 bits that stay nearly the same when it is scaled,
 * recompressed or slightly changed in colour. The picture is reduced to 32 x 32 gray pixels; of its
 * cosine transform the 8 x 8 lowest frequencies count, without the row and column of the mean; each
 * gives the bit that says whether it is above the median.
 */
public final class PerceptualHash {
  private static final int SIDE = 32;
  private static final int KEPT = 8;
  private static final Resampler RESAMPLER = new LanczosResampler();
  private static final double[][] COSINES = cosines();

  private PerceptualHash() {}

  /**
   * Returns the fingerprint of a picture; 0 for one of a single colour.
   *
   * @param image upright, in {@link Layout#GRAY} or {@link Layout#RGB}
   * @throws IllegalArgumentException if it is in inks
   */
  public static long of(PixelImage image) {
    if (image.layout() == Layout.CMYK) {
      throw new IllegalArgumentException("convert the picture to RGB first: " + image);
    }
    double[] frequencies = lowFrequencies(gray(RESAMPLER.resample(image, SIDE, SIDE)));
    double median = median(frequencies);
    long hash = 0;
    for (double frequency : frequencies) {
      hash = hash << 1 | (frequency > median ? 1 : 0);
    }
    return hash;
  }

  /**
   * Tells whether a fingerprint says enough to compare pictures by it. Half of its bits are set in
   * every picture with some structure both ways; plain colours, and gradients, have fewer, and all
   * look alike.
   */
  public static boolean isTelling(long hash) {
    int set = Long.bitCount(hash);
    return set >= KEPT * KEPT * 3 / 8 && set <= KEPT * KEPT * 5 / 8;
  }

  /**
   * Returns how many bits differ: 0 for the same picture, up to about 10 for versions of one, about
   * 32 by chance.
   */
  public static int distance(long one, long other) {
    return Long.bitCount(one ^ other);
  }

  /** Returns the fingerprint as 16 lower-case hex digits. */
  public static String toHex(long hash) {
    String digits = Long.toHexString(hash);
    return "0".repeat(16 - digits.length()) + digits;
  }

  private static double[] gray(PixelImage image) {
    byte[] samples = image.samples();
    double[] gray = new double[SIDE * SIDE];
    boolean rgb = image.layout() == Layout.RGB;
    for (int i = 0; i < gray.length; i++) {
      gray[i] =
          rgb
              ? (299 * (samples[3 * i] & 0xFF)
                      + 587 * (samples[3 * i + 1] & 0xFF)
                      + 114 * (samples[3 * i + 2] & 0xFF))
                  / 1000.0
              : samples[i] & 0xFF;
    }
    return gray;
  }

  /**
   * Returns the frequencies 1 to 8 both ways, rounded, so that those of an even picture are equal.
   */
  private static double[] lowFrequencies(double[] gray) {
    double[][] rows = new double[SIDE][KEPT];
    for (int y = 0; y < SIDE; y++) {
      for (int u = 0; u < KEPT; u++) {
        for (int x = 0; x < SIDE; x++) {
          rows[y][u] += gray[y * SIDE + x] * COSINES[u][x];
        }
      }
    }
    double[] low = new double[KEPT * KEPT];
    for (int v = 0; v < KEPT; v++) {
      for (int u = 0; u < KEPT; u++) {
        double sum = 0;
        for (int y = 0; y < SIDE; y++) {
          sum += rows[y][u] * COSINES[v][y];
        }
        low[v * KEPT + u] = Math.rint(sum * 1024) / 1024;
      }
    }
    return low;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
  }

  /** StrictMath: the same bits on every machine. */
  private static double[][] cosines() {
    double[][] cosines = new double[KEPT][SIDE];
    for (int u = 0; u < KEPT; u++) {
      for (int x = 0; x < SIDE; x++) {
        cosines[u][x] = StrictMath.cos((2 * x + 1) * (u + 1) * Math.PI / (2 * SIDE));
      }
    }
    return cosines;
  }
}
