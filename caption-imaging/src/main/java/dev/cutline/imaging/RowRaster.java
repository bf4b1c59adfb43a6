package dev.cutline.imaging;

import java.awt.Point;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/**
 * Looks like a raster of the whole picture and holds nothing: each row that the JPEG reader of the
 * JDK sets is handed on. That reader has always set its destination row by row; should that change,
 * this throws.
 */
final class RowRaster extends WritableRaster {
  private final RowTaker taker;
  private final byte[] row;

  RowRaster(PixelImage.Layout layout, int width, int height, RowTaker taker) {
    super(
        new PixelInterleavedSampleModel(
            DataBufferByte.TYPE_BYTE,
            width,
            height,
            layout.channels(),
            width * layout.channels(),
            bandOffsets(layout.channels())),
        new DataBufferByte(1),
        new Point());
    this.taker = taker;
    this.row = new byte[width * layout.channels()];
  }

  @Override
  public void setRect(int x, int y, Raster source) {
    if (x != 0 || source.getWidth() != getWidth() || source.getHeight() != 1) {
      throw new IllegalStateException("the JPEG reader does not deliver row by row: " + source);
    }
    source.getDataElements(source.getMinX(), source.getMinY(), source.getWidth(), 1, row);
    taker.take(y, row);
  }

  private static int[] bandOffsets(int channels) {
    int[] offsets = new int[channels];
    for (int i = 0; i < channels; i++) {
      offsets[i] = i;
    }
    return offsets;
  }
}
