package dev.cutline.imaging;

import dev.cutline.imaging.PixelImage.Layout;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the first frame of a GIF row by row, composed on its canvas, white where it is
 * transparent or does not reach. The reader of the JDK would hold the whole frame and knows nothing
 * of the canvas.
 */
final class GifPixelDecoder implements PixelDecoder {
  private static final int[] PASS_Y = {0, 4, 2, 1};
  private static final int[] STEP_Y = {8, 8, 4, 2};

  @Override
  public PixelImage decode(byte[] file, ImageInfo info, int enoughLongEdge) throws IOException {
    GifStructure gif = GifStructure.read(file, ImageLimits.NONE);
    GifFrame frame = gif.firstFrame();
    GifCodes codes = new GifCodes(file, frame);
    byte[][] interlaced = frame.interlaced() ? interlaced(codes, frame) : null;
    Size size = new Size(gif.width(), gif.height()).within(enoughLongEdge);
    ScalingCanvas canvas = ScalingCanvas.of(Layout.RGB, gif.width(), gif.height(), size);
    byte[] colours = colours(file, frame);
    byte[] indexes = new byte[frame.width()];
    byte[] row = new byte[gif.width() * 3];
    for (int y = 0; y < gif.height(); y++) {
      Arrays.fill(row, (byte) 255);
      int frameY = y - frame.top();
      if (frameY >= 0 && frameY < frame.height()) {
        paint(indexes(codes, interlaced, frameY, indexes), frame.left(), colours, row);
      }
      canvas.row(row, 0);
    }
    return canvas.finish();
  }

  private static byte[] indexes(GifCodes codes, byte @Nullable [][] interlaced, int y, byte[] next)
      throws IOException {
    if (interlaced != null) {
      return interlaced[y];
    }
    codes.read(next);
    return next;
  }

  /** Four passes: every eighth row, those between, every fourth, every second. */
  private static byte[][] interlaced(GifCodes codes, GifFrame frame) throws IOException {
    byte[][] rows = new byte[frame.height()][frame.width()];
    for (int pass = 0; pass < PASS_Y.length; pass++) {
      for (int y = PASS_Y[pass]; y < frame.height(); y += STEP_Y[pass]) {
        codes.read(rows[y]);
      }
    }
    return rows;
  }

  /** Paints the part of a row of the frame that lies on the canvas. */
  private static void paint(byte[] indexes, int left, byte[] colours, byte[] row) {
    for (int x = 0, to = 3 * left; x < indexes.length && to < row.length; x++, to += 3) {
      int from = 3 * (indexes[x] & 0xFF);
      row[to] = colours[from];
      row[to + 1] = colours[from + 1];
      row[to + 2] = colours[from + 2];
    }
  }

  /**
   * Returns 256 colours: indexes that the table does not have are black, the transparent one is
   * white.
   */
  private static byte[] colours(byte[] file, GifFrame frame) {
    byte[] colours = new byte[3 * 256];
    System.arraycopy(file, frame.table().from(), colours, 0, frame.table().length());
    if (frame.transparentIndex() >= 0) {
      int at = 3 * frame.transparentIndex();
      Arrays.fill(colours, at, at + 3, (byte) 255);
    }
    return colours;
  }
}
