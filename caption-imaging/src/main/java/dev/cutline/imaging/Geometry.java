package dev.cutline.imaging;

import java.util.Arrays;

/** Turns, crops and pads pictures in memory. */
final class Geometry {
  private Geometry() {}

  /** Returns the picture as it is to be seen; the same one where it stands upright already. */
  static PixelImage upright(PixelImage image, Orientation orientation) {
    if (orientation == Orientation.NORMAL) {
      return image;
    }
    int width = image.width();
    int height = image.height();
    int last = width * height - 1;
    // Where the upper left pixel of the upright picture lies in the coded one, and the steps to
    // right and down.
    return switch (orientation) {
      case MIRRORED -> walk(image, width, height, width - 1, -1, width);
      case ROTATED_180 -> walk(image, width, height, last, -1, -width);
      case FLIPPED -> walk(image, width, height, last - width + 1, 1, -width);
      case TRANSPOSED -> walk(image, height, width, 0, width, 1);
      case ROTATED_90 -> walk(image, height, width, last - width + 1, -width, 1);
      case TRANSVERSED -> walk(image, height, width, last, -width, -1);
      default -> walk(image, height, width, width - 1, width, -1);
    };
  }

  private static PixelImage walk(
      PixelImage image, int width, int height, int start, int right, int down) {
    int channels = image.layout().channels();
    byte[] in = image.samples();
    byte[] out = new byte[in.length];
    int to = 0;
    for (int y = 0; y < height; y++) {
      int from = (start + y * down) * channels;
      for (int x = 0; x < width; x++, from += right * channels) {
        for (int c = 0; c < channels; c++) {
          out[to++] = in[from + c];
        }
      }
    }
    return PixelImage.wrap(image.layout(), width, height, out);
  }

  /**
   * Returns a square of {@code side} pixels from the middle of the picture, white where the picture
   * does not reach.
   */
  static PixelImage centreSquare(PixelImage image, int side) {
    int channels = image.layout().channels();
    byte[] out = new byte[side * side * channels];
    Arrays.fill(out, (byte) 255);
    int width = Math.min(side, image.width());
    int height = Math.min(side, image.height());
    int fromX = (image.width() - width) / 2;
    int fromY = (image.height() - height) / 2;
    int toX = (side - width) / 2;
    int toY = (side - height) / 2;
    for (int y = 0; y < height; y++) {
      System.arraycopy(
          image.samples(),
          ((fromY + y) * image.width() + fromX) * channels,
          out,
          ((toY + y) * side + toX) * channels,
          width * channels);
    }
    return PixelImage.wrap(image.layout(), side, side, out);
  }
}
