package dev.cutline.imaging;

/** The three transforms of a lossless WebP that change colours and look at no neighbours. */
final class Vp8lColours {
  private Vp8lColours() {}

  /** Adds green to red and blue. */
  static Vp8lTransform addGreen(int width) {
    return row -> {
      for (int x = 0; x < width; x++) {
        int green = row[x] >> 8 & 0xFF;
        row[x] = row[x] & 0xFF00FF00 | (row[x] & 0x00FF00FF) + (green << 16 | green) & 0x00FF00FF;
      }
    };
  }

  /**
   * Adds shares of green to red, and of green and red to blue.
   *
   * @param shares a pixel for each block: green to red in its blue, green to blue in its green, red
   *     to blue in its red
   */
  static Vp8lTransform mix(int width, int blockBits, int[] shares) {
    return new Vp8lTransform() {
      private int y;

      @Override
      public void undo(int[] row) {
        int block = (y >> blockBits) * Vp8lDecoder.blocks(width, blockBits);
        for (int x = 0; x < width; x++) {
          row[x] = mixed(row[x], shares[block + (x >> blockBits)]);
        }
        y++;
      }
    };
  }

  private static int mixed(int pixel, int shares) {
    int green = (byte) (pixel >> 8);
    int red = (pixel >> 16) + share(shares, green);
    int blue = pixel + share(shares >> 8, green) + share(shares >> 16, (byte) red);
    return pixel & 0xFF00FF00 | (red & 0xFF) << 16 | blue & 0xFF;
  }

  private static int share(int factor, int value) {
    return (byte) factor * value >> 5;
  }

  /**
   * Replaces indexes in green by colours; several may share a pixel.
   *
   * @param packing two to this power indexes share a pixel
   */
  static Vp8lTransform lookUp(int width, int packing, int[] colours) {
    int bits = 8 >> packing;
    int mask = (1 << bits) - 1;
    int within = (1 << packing) - 1;
    return row -> {
      for (int x = width - 1; x >= 0; x--) { // backwards, because the row grows in place
        int index = row[x >> packing] >> 8 + (x & within) * bits & mask;
        row[x] = index < colours.length ? colours[index] : 0;
      }
    };
  }
}
