package dev.cutline.imaging;

import java.io.IOException;

/**
 * A change that the encoder of a lossless WebP made to its pixels, undone row by row. Not safe for
 * several threads.
 */
interface Vp8lTransform {
  /**
   * Undoes the change in the next row, in place.
   *
   * @param row alpha, red, green and blue of each pixel; long enough for the full width
   */
  void undo(int[] row) throws IOException;
}
