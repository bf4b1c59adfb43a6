package dev.cutline.imaging;

/** Takes rows of samples as a decoder delivers them. */
@FunctionalInterface
interface RowTaker {
  /**
   * Takes a row.
   *
   * @param y counted from the top
   * @param samples those of a pixel side by side; the array is used again after the call
   */
  void take(int y, byte[] samples);
}
