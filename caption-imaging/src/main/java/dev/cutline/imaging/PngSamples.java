package dev.cutline.imaging;

import dev.cutline.imaging.PixelImage.Layout;

/**
 * Turns the samples of a PNG row into gray or red, green and blue of eight bits, opaque on white:
 * any bit depth, palettes, transparency, gamma.
 */
final class PngSamples {
  private static final double SRGB_GAMMA = 0.45455;

  private final int colourType;
  private final int bitDepth;
  private final Layout layout;

  /**
   * The colours of a palette or of few bits of gray, flattened on white; empty for deeper samples.
   */
  private final byte[] table;

  /** The sample that means transparent, one for each channel; empty if there is none. */
  private final int[] key;

  private final byte[] curve;
  private final boolean curved;

  PngSamples(byte[] file, PngStructure png) {
    this.colourType = png.colourType();
    this.bitDepth = png.bitDepth();
    this.layout = png.isGray() ? Layout.GRAY : Layout.RGB;
    this.curved = needsCurve(png.gamma());
    this.curve = curve(png.gamma());
    this.key = colourType == PngStructure.PALETTE ? new int[0] : key(file, png);
    this.table = table(file, png);
  }

  Layout layout() {
    return layout;
  }

  /**
   * Converts {@code count} pixels.
   *
   * @param row the samples, from index 1 on
   * @param into takes count x channels bytes
   */
  void convert(byte[] row, int count, byte[] into) {
    if (table.length > 0) {
      lookUp(row, count, into);
      return;
    }
    boolean alpha = colourType == PngStructure.GRAY_ALPHA || colourType == PngStructure.RGB_ALPHA;
    if (bitDepth == 8 && !alpha && key.length == 0 && !curved) {
      System.arraycopy(row, 1, into, 0, count * layout.channels());
    } else if (bitDepth == 8 && alpha && !curved) {
      flatten8(row, count, into);
    } else {
      convertAny(row, count, into, alpha);
    }
  }

  private void lookUp(byte[] row, int count, byte[] into) {
    int channels = layout.channels();
    int mask = (1 << bitDepth) - 1;
    for (int x = 0; x < count; x++) {
      int bit = x * bitDepth;
      int index = row[1 + (bit >> 3)] >> (8 - bitDepth - (bit & 7)) & mask;
      for (int c = 0; c < channels; c++) {
        into[x * channels + c] = table[index * channels + c];
      }
    }
  }

  private void flatten8(byte[] row, int count, byte[] into) {
    int channels = layout.channels();
    for (int x = 0, at = 1, to = 0; x < count; x++, at += channels + 1) {
      int alpha = row[at + channels] & 0xFF;
      for (int c = 0; c < channels; c++) {
        into[to++] = (byte) onWhite(row[at + c] & 0xFF, alpha);
      }
    }
  }

  private void convertAny(byte[] row, int count, byte[] into, boolean alpha) {
    int channels = layout.channels();
    int samples = channels + (alpha ? 1 : 0);
    for (int x = 0; x < count; x++) {
      int first = x * samples;
      boolean hidden = key.length > 0;
      for (int c = 0; c < key.length; c++) {
        hidden &= sample(row, first + c) == key[c];
      }
      int opacity = hidden ? 0 : alpha ? eightBits(sample(row, first + channels)) : 255;
      for (int c = 0; c < channels; c++) {
        int value = curve[eightBits(sample(row, first + c))] & 0xFF;
        into[x * channels + c] = (byte) onWhite(value, opacity);
      }
    }
  }

  private int sample(byte[] row, int index) {
    return bitDepth == 16 ? Bytes.u16be(row, 1 + 2 * index) : Bytes.u8(row, 1 + index);
  }

  private int eightBits(int sample) {
    return bitDepth == 16 ? sample * 255 + 32_895 >>> 16 : sample;
  }

  private static int onWhite(int value, int alpha) {
    return (value * alpha + 255 * (255 - alpha) + 127) / 255;
  }

  private static int[] key(byte[] file, PngStructure png) {
    Range transparency = png.transparency();
    if (transparency == null) {
      return new int[0];
    }
    int[] key = new int[png.colourType() == PngStructure.GRAY ? 1 : 3];
    for (int i = 0; i < key.length; i++) {
      key[i] = Bytes.u16be(file, transparency.from() + 2 * i) & ((1 << png.bitDepth()) - 1);
    }
    return key;
  }

  private byte[] table(byte[] file, PngStructure png) {
    if (colourType == PngStructure.PALETTE) {
      return palette(file, png);
    }
    if (colourType != PngStructure.GRAY || bitDepth >= 8) {
      return new byte[0];
    }
    byte[] grays = new byte[1 << bitDepth];
    for (int i = 0; i < grays.length; i++) {
      int value = curve[i * 255 / (grays.length - 1)] & 0xFF;
      grays[i] = (byte) (key.length > 0 && key[0] == i ? 255 : value);
    }
    return grays;
  }

  /** Indexes that the palette does not have show as black, as in browsers. */
  private byte[] palette(byte[] file, PngStructure png) {
    byte[] colours = new byte[3 << bitDepth];
    Range palette = png.palette();
    Range transparency = png.transparency();
    int known = palette == null ? 0 : Math.min(colours.length, palette.length());
    for (int i = 0; palette != null && i < known; i++) {
      int entry = i / 3;
      int alpha =
          transparency != null && entry < transparency.length()
              ? Bytes.u8(file, transparency.from() + entry)
              : 255;
      colours[i] = (byte) onWhite(curve[Bytes.u8(file, palette.from() + i)] & 0xFF, alpha);
    }
    return colours;
  }

  /**
   * Gamma far from that of sRGB is heeded, as browsers do; what no display has ever had is not
   * believed.
   */
  private static boolean needsCurve(long gamma) {
    return gamma >= 10_000
        && gamma <= 500_000
        && Math.abs(gamma / 100_000.0 / SRGB_GAMMA - 1) > 0.05;
  }

  private static byte[] curve(long gamma) {
    double exponent = needsCurve(gamma) ? SRGB_GAMMA / (gamma / 100_000.0) : 1;
    byte[] curve = new byte[256];
    for (int i = 0; i < curve.length; i++) {
      curve[i] = (byte) Math.round(255 * StrictMath.pow(i / 255.0, exponent));
    }
    return curve;
  }
}
