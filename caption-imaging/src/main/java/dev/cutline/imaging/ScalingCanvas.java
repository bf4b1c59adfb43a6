package dev.cutline.imaging;

import dev.cutline.imaging.PixelImage.Layout;

/**
 * Takes the rows of a picture from the top down, as a decoder delivers them, and scales them at
 * once: what stays in memory is the scaled picture and a few rows, however large the coded one is.
 *
 * <p>Scales with the Lanczos kernel of three lobes, widened where it scales down so that nothing
 * aliases. Columns first: each row adds to the few scaled rows it is part of, in loops over whole
 * rows of int, which the compiler vectorises. A scaled row that is complete is then scaled across.
 * Not safe for several threads.
 */
final class ScalingCanvas {
  /** Weights add up to two to this power. */
  private static final int WEIGHT_BITS = 14;

  /** Bits behind the point that are kept between the two directions. */
  private static final int KEPT_BITS = 6;

  private static final int KEEP_SHIFT = WEIGHT_BITS - KEPT_BITS;
  private static final int KEEP_HALF = 1 << (KEEP_SHIFT - 1);
  private static final int OUT_SHIFT = WEIGHT_BITS + KEPT_BITS;
  private static final int OUT_HALF = 1 << (OUT_SHIFT - 1);

  private final Layout layout;
  private final int channels;
  private final int rowLength;
  private final int height;
  private final Size size;
  private final byte[] out;
  private final boolean asIs;
  private final LanczosWeights columns;
  private final LanczosWeights rows;
  private final int[] line;
  private final int[][] sums;
  private int taken;
  private int done;

  private ScalingCanvas(Layout layout, int width, int height, Size size) {
    this.layout = layout;
    this.channels = layout.channels();
    this.rowLength = width * channels;
    this.height = height;
    this.size = size;
    this.out = new byte[Math.multiplyExact(size.width() * channels, size.height())];
    this.asIs = size.width() == width && size.height() == height;
    this.columns = LanczosWeights.of(asIs ? 1 : height, asIs ? 1 : size.height(), WEIGHT_BITS);
    this.rows = LanczosWeights.of(asIs ? 1 : width, asIs ? 1 : size.width(), WEIGHT_BITS);
    this.line = new int[asIs ? 0 : rowLength];
    this.sums = new int[asIs ? 0 : columns.overlap()][rowLength];
  }

  /**
   * Returns a canvas for a picture of {@code width} x {@code height} pixels that is wanted in
   * another size.
   */
  static ScalingCanvas of(Layout layout, int width, int height, Size size) {
    return new ScalingCanvas(layout, width, height, size);
  }

  /** Returns how many bytes a canvas takes at most. */
  static long memory(int channels, int width, int height, Size size) {
    if (size.width() == width && size.height() == height) {
      return (long) channels * width * height;
    }
    long weights =
        LanczosWeights.memory(width, size.width()) + LanczosWeights.memory(height, size.height());
    long rowsOfInt = 2L + LanczosWeights.MAX_OVERLAP;
    return weights
        + rowsOfInt * 4 * channels * width
        + (long) channels * size.width() * size.height();
  }

  /** Starts over: the next row is the first again. */
  void restart() {
    taken = 0;
    done = 0;
  }

  /** Returns how many rows have been taken since the start. */
  int taken() {
    return taken;
  }

  /** Takes the next row: width x channels samples from {@code from} on. */
  void row(byte[] samples, int from) {
    if (taken == height) {
      throw new IllegalStateException("more rows than the picture has: " + height);
    }
    if (asIs) {
      System.arraycopy(samples, from, out, taken * rowLength, rowLength);
    } else {
      for (int i = 0; i < rowLength; i++) {
        line[i] = samples[from + i] & 0xFF;
      }
      addToScaledRows();
    }
    taken++;
  }

  /** Returns the scaled picture, once all rows have been taken. */
  PixelImage finish() {
    if (taken != height) {
      throw new IllegalStateException("only " + taken + " of " + height + " rows have come");
    }
    return PixelImage.wrap(layout, size.width(), size.height(), out);
  }

  private void addToScaledRows() {
    for (int y = done; y < size.height() && columns.first(y) <= taken; y++) {
      int tap = taken - columns.first(y);
      int[] sum = sums[y % sums.length];
      if (tap == 0) {
        set(sum, columns.weight(y, 0));
      } else {
        add(sum, columns.weight(y, tap));
      }
    }
    while (done < size.height() && columns.first(done) + columns.taps() == taken + 1) {
      scaleAcross(sums[done % sums.length]);
      done++;
    }
  }

  private void set(int[] sum, int weight) {
    int[] row = line;
    for (int i = 0; i < row.length; i++) {
      sum[i] = row[i] * weight;
    }
  }

  private void add(int[] sum, int weight) {
    int[] row = line;
    for (int i = 0; i < row.length; i++) {
      sum[i] += row[i] * weight;
    }
  }

  private void scaleAcross(int[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] = (sum[i] + KEEP_HALF) >> KEEP_SHIFT;
    }
    int to = done * size.width() * channels;
    if (channels == 3) {
      scaleRgb(sum, to);
      return;
    }
    for (int c = 0; c < channels; c++) {
      scaleChannel(sum, c, to + c);
    }
  }

  private void scaleRgb(int[] in, int start) {
    int[] weights = rows.weights();
    int taps = rows.taps();
    int to = start;
    for (int x = 0, w = 0; x < size.width(); x++, to += 3) {
      int at = 3 * rows.first(x);
      int red = OUT_HALF;
      int green = OUT_HALF;
      int blue = OUT_HALF;
      for (int end = w + taps; w < end; w++, at += 3) {
        int weight = weights[w];
        red += in[at] * weight;
        green += in[at + 1] * weight;
        blue += in[at + 2] * weight;
      }
      out[to] = clamp(red);
      out[to + 1] = clamp(green);
      out[to + 2] = clamp(blue);
    }
  }

  private void scaleChannel(int[] in, int channel, int start) {
    int[] weights = rows.weights();
    int taps = rows.taps();
    int to = start;
    for (int x = 0, w = 0; x < size.width(); x++, to += channels) {
      int at = channel + channels * rows.first(x);
      int sum = OUT_HALF;
      for (int end = w + taps; w < end; w++, at += channels) {
        sum += in[at] * weights[w];
      }
      out[to] = clamp(sum);
    }
  }

  private static byte clamp(int sum) {
    return (byte) Math.max(0, Math.min(255, sum >> OUT_SHIFT));
  }
}
