package dev.cutline.imaging;

import java.util.Arrays;

/**
 * Scales with the Lanczos kernel of three lobes, widened where it scales down so that nothing
 * aliases. Rows first, then columns; rows are made only when they are needed, and few are kept. All
 * arithmetic is in int.
 */
final class LanczosResampler implements Resampler {
  /** Weights add up to two to this power. */
  private static final int WEIGHT_BITS = 14;

  /**
   * Bits behind the point of a row before columns are weighed: 16 bits hold the overshoot of the
   * kernel too.
   */
  private static final int ROW_BITS = 6;

  private static final int ROW_SHIFT = WEIGHT_BITS - ROW_BITS;
  private static final int ROW_HALF = 1 << (ROW_SHIFT - 1);
  private static final int OUT_SHIFT = WEIGHT_BITS + ROW_BITS;
  private static final int OUT_HALF = 1 << (OUT_SHIFT - 1);

  @Override
  public PixelImage resample(PixelImage image, int width, int height) {
    if (width == image.width() && height == image.height()) {
      return image;
    }
    int channels = image.layout().channels();
    int rowLength = width * channels;
    LanczosWeights columns = LanczosWeights.of(image.width(), width, WEIGHT_BITS);
    LanczosWeights rows = LanczosWeights.of(image.height(), height, WEIGHT_BITS);
    short[][] ring = new short[rows.taps()][rowLength];
    int made = 0;
    int[] sums = new int[rowLength];
    byte[] out = new byte[Math.multiplyExact(rowLength, height)];
    for (int y = 0; y < height; y++) {
      int first = rows.first(y);
      for (made = Math.max(made, first); made < first + rows.taps(); made++) {
        scaleRow(image, made, columns, ring[made % ring.length]);
      }
      Arrays.fill(sums, OUT_HALF);
      for (int k = 0; k < rows.taps(); k++) {
        add(ring[(first + k) % ring.length], rows.weight(y, k), sums);
      }
      clamp(sums, out, y * rowLength);
    }
    return PixelImage.wrap(image.layout(), width, height, out);
  }

  private static void add(short[] row, int weight, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += row[i] * weight;
    }
  }

  private static void clamp(int[] sums, byte[] out, int to) {
    for (int i = 0; i < sums.length; i++) {
      out[to + i] = (byte) Math.max(0, Math.min(255, sums[i] >> OUT_SHIFT));
    }
  }

  private static void scaleRow(PixelImage image, int y, LanczosWeights columns, short[] out) {
    int channels = image.layout().channels();
    int from = y * image.width() * channels;
    if (channels == 3) {
      scaleRgb(image.samples(), from, columns, out);
      return;
    }
    for (int c = 0; c < channels; c++) {
      scaleChannel(image.samples(), from + c, channels, columns, out, c);
    }
  }

  private static void scaleRgb(byte[] in, int from, LanczosWeights columns, short[] out) {
    int[] weights = columns.weights();
    int taps = columns.taps();
    for (int o = 0, x = 0, w = 0; o < out.length; o += 3, x++) {
      int at = from + 3 * columns.first(x);
      int red = ROW_HALF;
      int green = ROW_HALF;
      int blue = ROW_HALF;
      for (int end = w + taps; w < end; w++, at += 3) {
        int weight = weights[w];
        red += (in[at] & 0xFF) * weight;
        green += (in[at + 1] & 0xFF) * weight;
        blue += (in[at + 2] & 0xFF) * weight;
      }
      out[o] = (short) (red >> ROW_SHIFT);
      out[o + 1] = (short) (green >> ROW_SHIFT);
      out[o + 2] = (short) (blue >> ROW_SHIFT);
    }
  }

  private static void scaleChannel(
      byte[] in, int from, int step, LanczosWeights columns, short[] out, int channel) {
    int[] weights = columns.weights();
    int taps = columns.taps();
    for (int o = channel, x = 0, w = 0; o < out.length; o += step, x++) {
      int at = from + step * columns.first(x);
      int sum = ROW_HALF;
      for (int end = w + taps; w < end; w++, at += step) {
        sum += (in[at] & 0xFF) * weights[w];
      }
      out[o] = (short) (sum >> ROW_SHIFT);
    }
  }
}
