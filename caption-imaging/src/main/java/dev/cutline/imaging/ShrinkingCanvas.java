package dev.cutline.imaging;

import java.util.Arrays;

/**
 * Takes the rows of a picture as a decoder delivers them, and keeps the mean of each square of
 * pixels: what stays in memory is the scaled picture only, however large the coded one is. The mean
 * over whole squares does not alias; the rest of the way to the wanted size is the resampler's.
 *
 * <p>Not safe for several threads.
 */
final class ShrinkingCanvas {
  /** The largest square whose sums fit into 16 bits: 16 x 16 x 255. */
  private static final int MAX_FACTOR = 16;

  private final PixelImage.Layout layout;
  private final int channels;
  private final int width;
  private final int height;
  private final int factor;
  private final int outWidth;
  private final int outHeight;
  private final byte[] out;
  private final char[] sums;
  private final boolean anyOrder;

  private ShrinkingCanvas(
      PixelImage.Layout layout, int width, int height, int factor, boolean anyOrder) {
    this.layout = layout;
    this.channels = layout.channels();
    this.width = width;
    this.height = height;
    this.factor = factor;
    this.anyOrder = anyOrder;
    this.outWidth = shrunk(width, factor);
    this.outHeight = shrunk(height, factor);
    this.out = new byte[Math.multiplyExact(outWidth * channels, outHeight)];
    this.sums = new char[factor == 1 ? 0 : anyOrder ? out.length : outWidth * channels];
  }

  /** Returns a canvas for rows that come from the top down, each once, or from the top again. */
  static ShrinkingCanvas ofRows(
      PixelImage.Layout layout, int width, int height, int enoughLongEdge) {
    return new ShrinkingCanvas(layout, width, height, factor(width, height, enoughLongEdge), false);
  }

  /**
   * Returns a canvas for pixels that come in any order, each once, as those of an interlaced
   * picture do.
   */
  static ShrinkingCanvas ofPixels(
      PixelImage.Layout layout, int width, int height, int enoughLongEdge) {
    return new ShrinkingCanvas(layout, width, height, factor(width, height, enoughLongEdge), true);
  }

  /** Returns the side of the squares: as large as leaves {@code enoughLongEdge} pixels. */
  static int factor(int width, int height, int enoughLongEdge) {
    return Math.max(1, Math.min(MAX_FACTOR, Math.max(width, height) / Math.max(1, enoughLongEdge)));
  }

  static int shrunk(int side, int factor) {
    return (side + factor - 1) / factor;
  }

  /** Takes a whole row: width x channels samples from {@code from} on. */
  void row(int y, byte[] samples, int from) {
    if (factor == 1) {
      System.arraycopy(samples, from, out, y * width * channels, width * channels);
      return;
    }
    int outY = y / factor;
    int base = anyOrder ? outY * outWidth * channels : 0;
    if (!anyOrder && y % factor == 0) {
      Arrays.fill(sums, (char) 0);
    }
    switch (channels) {
      case 1 -> addGray(samples, from, base);
      case 3 -> addRgb(samples, from, base);
      default -> addAny(samples, from, base);
    }
    if (!anyOrder && (y % factor == factor - 1 || y == height - 1)) {
      average(outY, 0);
    }
  }

  /** Takes one pixel; only for a canvas {@linkplain #ofPixels of pixels}. */
  void pixel(int x, int y, byte[] samples, int from) {
    int at = ((y / factor) * outWidth + x / factor) * channels;
    for (int c = 0; c < channels; c++) {
      if (factor == 1) {
        out[at + c] = samples[from + c];
      } else {
        sums[at + c] += (char) (samples[from + c] & 0xFF);
      }
    }
  }

  /** Returns the scaled picture, once everything has been taken. */
  PixelImage finish() {
    if (anyOrder && factor > 1) {
      for (int y = 0; y < outHeight; y++) {
        average(y, y * outWidth * channels);
      }
    }
    return PixelImage.wrap(layout, outWidth, outHeight, out);
  }

  private void addGray(byte[] samples, int from, int base) {
    int at = from;
    for (int x = 0; x < outWidth; x++) {
      int end = Math.min(at + factor, from + width);
      int sum = 0;
      for (; at < end; at++) {
        sum += samples[at] & 0xFF;
      }
      sums[base + x] += (char) sum;
    }
  }

  private void addRgb(byte[] samples, int from, int base) {
    int at = from;
    int last = from + width * 3;
    for (int o = base; at < last; o += 3) {
      int end = Math.min(at + factor * 3, last);
      int red = 0;
      int green = 0;
      int blue = 0;
      for (; at < end; at += 3) {
        red += samples[at] & 0xFF;
        green += samples[at + 1] & 0xFF;
        blue += samples[at + 2] & 0xFF;
      }
      sums[o] += (char) red;
      sums[o + 1] += (char) green;
      sums[o + 2] += (char) blue;
    }
  }

  private void addAny(byte[] samples, int from, int base) {
    for (int x = 0; x < width; x++) {
      int o = base + x / factor * channels;
      for (int c = 0; c < channels; c++) {
        sums[o + c] += (char) (samples[from + x * channels + c] & 0xFF);
      }
    }
  }

  private void average(int outY, int base) {
    int rows = Math.min(factor, height - outY * factor);
    int to = outY * outWidth * channels;
    int whole = (width / factor) * channels;
    divide(base, to, whole, rows * factor);
    divide(base + whole, to + whole, outWidth * channels - whole, rows * (width % factor));
  }

  /**
   * Divides by multiplying with the reciprocal in 32 bits, rounded so that a mean of equal samples
   * is that sample.
   */
  private void divide(int from, int to, int count, int divisor) {
    if (count == 0) {
      return;
    }
    long reciprocal = (1L << 32) / divisor + 1;
    int half = divisor >> 1;
    for (int i = 0; i < count; i++) {
      out[to + i] = (byte) ((sums[from + i] + half) * reciprocal >> 32);
    }
  }
}
