package dev.cutline.imaging;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/**
 * Decodes the transparency of a lossy WebP: one byte a pixel, plain or packed as a lossless
 * picture, then filtered.
 */
final class WebpAlpha {
  private final byte[] alpha;
  private final int width;
  private final int height;

  private WebpAlpha(byte[] alpha, int width, int height) {
    this.alpha = alpha;
    this.width = width;
    this.height = height;
  }

  /**
   * Returns width x height bytes, 255 for opaque.
   *
   * @param data of the chunk ALPH
   */
  static byte[] decode(byte[] file, Range data, WebpFrame frame) throws IOException {
    if (data.length() < 1) {
      throw new EOFException("the transparency of the WebP is empty");
    }
    int flags = Bytes.u8(file, data.from());
    int width = frame.width();
    int height = frame.height();
    byte[] alpha =
        (flags & 3) == 0 ? plain(file, data, width * height) : packed(file, data, width, height);
    new WebpAlpha(alpha, width, height).unfilter(flags >> 2 & 3);
    return alpha;
  }

  private static byte[] plain(byte[] file, Range data, int count) throws IOException {
    if (data.length() - 1 < count) {
      throw new EOFException("the transparency of the WebP ends early");
    }
    return Arrays.copyOfRange(file, data.from() + 1, data.from() + 1 + count);
  }

  private static byte[] packed(byte[] file, Range data, int width, int height) throws IOException {
    byte[] alpha = new byte[width * height];
    new Vp8lDecoder(file, new Range(data.from() + 1, data.to()), width, height)
        .decode(
            (y, argb) -> {
              for (int x = 0; x < width; x++) {
                alpha[y * width + x] = (byte) (argb[x] >> 8); // green
              }
            });
    return alpha;
  }

  private void unfilter(int filter) {
    for (int y = 0; filter != 0 && y < height; y++) {
      for (int x = 0; x < width; x++) {
        alpha[y * width + x] += (byte) predicted(filter, x, y);
      }
    }
  }

  private int predicted(int filter, int x, int y) {
    int at = y * width + x;
    if (y == 0) {
      return x == 0 ? 0 : alpha[at - 1] & 0xFF;
    }
    int up = alpha[at - width] & 0xFF;
    if (x == 0 || filter == 2) {
      return up;
    }
    int left = alpha[at - 1] & 0xFF;
    int corner = alpha[at - width - 1] & 0xFF;
    return filter == 1 ? left : Math.max(0, Math.min(255, left + up - corner));
  }
}
