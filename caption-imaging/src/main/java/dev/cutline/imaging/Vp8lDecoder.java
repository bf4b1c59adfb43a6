package dev.cutline.imaging;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes a lossless WebP (VP8L) row by row. Keeps as many pixels as a copy can reach back, about a
 * million, so that memory depends little on the size of the picture; TwelveMonkeys' decoder keeps
 * all, and as many tables as a file asks for. Not safe for several threads.
 */
final class Vp8lDecoder {
  /** No copy reaches back further. */
  static final int MAX_WINDOW = 1 << 20;

  private static final int PREDICTOR = 0;
  private static final int MIX = 1;
  private static final int ADD_GREEN = 2;

  private final Vp8lBits bits;
  private final Vp8lCodes codes;
  private final int width;
  private final int height;
  private final List<Vp8lTransform> transforms = new ArrayList<>();
  private int codedWidth;

  /**
   * @param data the coded picture behind its header of five bytes
   */
  Vp8lDecoder(byte[] file, Range data, int width, int height) {
    this.bits = new Vp8lBits(file, data);
    this.codes = new Vp8lCodes(bits);
    this.width = width;
    this.height = height;
    this.codedWidth = width;
  }

  /**
   * Takes rows of pixels, each as alpha, red, green, blue; the array is used again after the call.
   */
  @FunctionalInterface
  interface RowTaker {
    void take(int y, int[] argb);
  }

  /**
   * Returns how many blocks of two to the power of {@code bits} pixels it takes to cover {@code
   * side} pixels.
   */
  static int blocks(int side, int bits) {
    return side + (1 << bits) - 1 >> bits;
  }

  /** Hands all rows to {@code taker}, from the top down. */
  void decode(RowTaker taker) throws IOException {
    readTransforms();
    Vp8lPixels pixels = Vp8lPixels.ofPicture(bits, codes, codedWidth, height);
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      pixels.readRow(row);
      for (int i = transforms.size() - 1; i >= 0; i--) {
        transforms.get(i).undo(row);
      }
      taker.take(y, row);
    }
  }

  private void readTransforms() throws IOException {
    int seen = 0;
    while (bits.read(1) == 1) {
      int kind = bits.read(2);
      if ((seen & 1 << kind) != 0) {
        throw new IOException("the picture data of the WebP has a transform twice");
      }
      seen |= 1 << kind;
      transforms.add(readTransform(kind));
    }
  }

  private Vp8lTransform readTransform(int kind) throws IOException {
    switch (kind) {
      case PREDICTOR, MIX -> {
        int blockBits = 2 + bits.read(3);
        int[] blocks = readAll(blocks(codedWidth, blockBits), blocks(height, blockBits));
        return kind == PREDICTOR
            ? new Vp8lPredictor(codedWidth, blockBits, blocks)
            : Vp8lColours.mix(codedWidth, blockBits, blocks);
      }
      case ADD_GREEN -> {
        return Vp8lColours.addGreen(codedWidth);
      }
      default -> { // 3
        return readLookUp();
      }
    }
  }

  private Vp8lTransform readLookUp() throws IOException {
    int[] colours = readAll(1 + bits.read(8), 1);
    for (int i = 1; i < colours.length; i++) {
      int alphaGreen = (colours[i] & 0xFF00FF00) + (colours[i - 1] & 0xFF00FF00);
      int redBlue = (colours[i] & 0x00FF00FF) + (colours[i - 1] & 0x00FF00FF);
      colours[i] = alphaGreen & 0xFF00FF00 | redBlue & 0x00FF00FF;
    }
    int packing = colours.length <= 2 ? 3 : colours.length <= 4 ? 2 : colours.length <= 16 ? 1 : 0;
    Vp8lTransform transform = Vp8lColours.lookUp(codedWidth, packing, colours);
    codedWidth = blocks(codedWidth, packing);
    return transform;
  }

  private int[] readAll(int blocksAcross, int blocksDown) throws IOException {
    return Vp8lPixels.readAll(bits, codes, blocksAcross, blocksDown);
  }
}
