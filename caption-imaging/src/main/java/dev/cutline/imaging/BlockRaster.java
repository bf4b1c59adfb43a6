package dev.cutline.imaging;

import java.awt.Point;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.WritableRaster;

/**
 * Looks like a raster of the whole picture and holds sixteen rows: the decoder of lossy WebP sets
 * pixels block by block, and blocks of 16 x 16 come row by row from the top, so that full rows can
 * be handed on.
 */
final class BlockRaster extends WritableRaster {
  private static final int ROWS = 16;

  private final byte[][] band;
  private final RowTaker taker;
  private int top;

  BlockRaster(int width, int height, RowTaker taker) {
    super(
        new PixelInterleavedSampleModel(
            DataBufferByte.TYPE_BYTE, width, height, 3, 3 * width, new int[] {0, 1, 2}),
        new DataBufferByte(1),
        new Point());
    this.band = new byte[ROWS][3 * width];
    this.taker = taker;
  }

  @Override
  public void setDataElements(int x, int y, Object pixel) {
    if (y >= top + ROWS) {
      handOn(ROWS);
    }
    if (y < top || y >= top + ROWS) {
      throw new IllegalStateException(
          "the WebP decoder does not deliver blocks from the top down: row " + y);
    }
    byte[] rgb = (byte[]) pixel;
    byte[] row = band[y - top];
    row[3 * x] = rgb[0];
    row[3 * x + 1] = rgb[1];
    row[3 * x + 2] = rgb[2];
  }

  /** Hands the last rows on. */
  void finish() {
    if (top + ROWS < getHeight()) {
      throw new IllegalStateException(
          "the WebP decoder delivered " + (top + ROWS) + " of " + getHeight() + " rows");
    }
    handOn(getHeight() - top);
  }

  private void handOn(int rows) {
    for (int i = 0; i < rows; i++) {
      taker.take(top + i, band[i]);
    }
    top += ROWS;
  }
}
