package dev.cutline.imaging;

/**
 * One frame of a GIF.
 *
 * @param left pixels from the left edge of the canvas
 * @param top pixels from the upper edge of the canvas
 * @param width in pixels
 * @param height in pixels
 * @param interlaced whether its rows come in four passes
 * @param transparentIndex the index that means transparent, or -1
 * @param table where its colours lie, three bytes each
 * @param subBlocks where its packed data starts, at the length of the first sub-block
 */
record GifFrame(
    int left,
    int top,
    int width,
    int height,
    boolean interlaced,
    int transparentIndex,
    Range table,
    int subBlocks) {
  /** Returns where the number of bits of the first codes stands. */
  int codeSizeAt() {
    return subBlocks - 1;
  }
}
