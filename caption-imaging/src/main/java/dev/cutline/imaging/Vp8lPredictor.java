package dev.cutline.imaging;

/**
 * Adds to each pixel what its neighbours on the left and above lead to expect; one of 14 ways for
 * each block of pixels.
 */
final class Vp8lPredictor implements Vp8lTransform {
  private static final int BLACK = 0xFF000000;

  private final int width;
  private final int blockBits;
  private final int blocksAcross;
  private final int[] modes;
  private final int[] above;
  private int y;

  /**
   * @param modes a pixel for each block, the way in its green
   */
  Vp8lPredictor(int width, int blockBits, int[] modes) {
    this.width = width;
    this.blockBits = blockBits;
    this.blocksAcross = Vp8lDecoder.blocks(width, blockBits);
    this.modes = modes;
    this.above = new int[width + 1];
  }

  @Override
  public void undo(int[] row) {
    if (y == 0) {
      row[0] = add(row[0], BLACK);
      for (int x = 1; x < width; x++) {
        row[x] = add(row[x], row[x - 1]);
      }
    } else {
      row[0] = add(row[0], above[0]);
      above[width] = row[0]; // what stands behind the last pixel above, as rows follow each other
      int block = (y >> blockBits) * blocksAcross;
      for (int x = 1; x < width; x++) {
        int mode = modes[block + (x >> blockBits)] >> 8 & 15;
        row[x] = add(row[x], predict(mode, row[x - 1], above[x], above[x + 1], above[x - 1]));
      }
    }
    System.arraycopy(row, 0, above, 0, width);
    y++;
  }

  private static int predict(int mode, int left, int up, int upRight, int upLeft) {
    return switch (mode) {
      case 1 -> left;
      case 2 -> up;
      case 3 -> upRight;
      case 4 -> upLeft;
      case 5 -> mean(mean(left, upRight), up);
      case 6 -> mean(left, upLeft);
      case 7 -> mean(left, up);
      case 8 -> mean(upLeft, up);
      case 9 -> mean(up, upRight);
      case 10 -> mean(mean(left, upLeft), mean(up, upRight));
      case 11 -> nearer(left, up, upLeft);
      case 12 -> gradient(left, up, upLeft);
      case 13 -> halfGradient(mean(left, up), upLeft);
      default -> BLACK;
    };
  }

  /** Adds channel by channel, without carry from one to the next. */
  private static int add(int one, int other) {
    int alphaGreen = (one & 0xFF00FF00) + (other & 0xFF00FF00);
    int redBlue = (one & 0x00FF00FF) + (other & 0x00FF00FF);
    return alphaGreen & 0xFF00FF00 | redBlue & 0x00FF00FF;
  }

  private static int mean(int one, int other) {
    return (((one ^ other) & 0xFEFEFEFE) >>> 1) + (one & other);
  }

  /** Returns left or up, whichever the gradient through all three is nearer to. */
  private static int nearer(int left, int up, int upLeft) {
    int toLeft = 0;
    int toUp = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      toLeft += Math.abs(channel(up, shift) - channel(upLeft, shift));
      toUp += Math.abs(channel(left, shift) - channel(upLeft, shift));
    }
    return toLeft < toUp ? left : up;
  }

  private static int gradient(int left, int up, int upLeft) {
    int pixel = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      pixel |= clamp(channel(left, shift) + channel(up, shift) - channel(upLeft, shift)) << shift;
    }
    return pixel;
  }

  private static int halfGradient(int mean, int upLeft) {
    int pixel = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      int value = channel(mean, shift);
      pixel |= clamp(value + (value - channel(upLeft, shift)) / 2) << shift;
    }
    return pixel;
  }

  private static int channel(int pixel, int shift) {
    return pixel >>> shift & 0xFF;
  }

  private static int clamp(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
