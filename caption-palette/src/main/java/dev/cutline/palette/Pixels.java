package dev.cutline.palette;

/** Decoded pixels in sRGB, transparent ones laid on white. */
final class Pixels {
  private final int[] rgb;
  private final int width;
  private final int height;

  /**
   * Takes over an array that nobody changes any more.
   *
   * @param rgb {@code 0xRRGGBB}, row by row from the top; higher bits are ignored
   */
  Pixels(int[] rgb, int width, int height) {
    if (rgb.length != width * height || rgb.length == 0) {
      throw new IllegalArgumentException(rgb.length + " pixels are not " + width + " x " + height);
    }
    this.rgb = rgb;
    this.width = width;
    this.height = height;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  int count() {
    return rgb.length;
  }

  /** Returns the {@code index}-th pixel, row by row from the top. */
  int rgb(int index) {
    return rgb[index];
  }
}
