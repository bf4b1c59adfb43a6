package dev.cutline.imaging;

/** Arithmetic on rows of four inks: cyan, magenta, yellow, black. */
final class Inks {
  private static final int BITS = 16;
  private static final int HALF = 1 << (BITS - 1);
  private static final int RED_CR = weight(1.402);
  private static final int GREEN_CB = weight(0.34414);
  private static final int GREEN_CR = weight(0.71414);
  private static final int BLUE_CB = weight(1.772);

  private Inks() {}

  private static int weight(double value) {
    return (int) Math.round(value * (1 << BITS));
  }

  /**
   * Turns brightness and colour differences of the first three inks into the inks themselves, in
   * place.
   */
  static void fromYcck(byte[] row, int from, int width) {
    for (int at = from; at < from + 4 * width; at += 4) {
      int y = row[at] & 0xFF;
      int cb = (row[at + 1] & 0xFF) - 128;
      int cr = (row[at + 2] & 0xFF) - 128;
      row[at] = (byte) (255 - clamp(y + (RED_CR * cr + HALF >> BITS)));
      row[at + 1] = (byte) (255 - clamp(y + (HALF - GREEN_CB * cb - GREEN_CR * cr >> BITS)));
      row[at + 2] = (byte) (255 - clamp(y + (BLUE_CB * cb + HALF >> BITS)));
    }
  }

  /** Turns 255 = no ink, as Adobe's programs write it, into 255 = full ink, in place. */
  static void invert(byte[] row, int from, int width) {
    for (int at = from; at < from + 4 * width; at++) {
      row[at] = (byte) ~row[at];
    }
  }

  /**
   * Returns inks as red, green and blue where no profile says how they look: each takes its share
   * of the light.
   */
  static byte[] toRgb(byte[] inks) {
    byte[] rgb = new byte[inks.length / 4 * 3];
    for (int from = 0, to = 0; from < inks.length; from += 4, to += 3) {
      int light = 255 - (inks[from + 3] & 0xFF);
      for (int i = 0; i < 3; i++) {
        rgb[to + i] = (byte) (((255 - (inks[from + i] & 0xFF)) * light + 127) / 255);
      }
    }
    return rgb;
  }

  private static int clamp(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
