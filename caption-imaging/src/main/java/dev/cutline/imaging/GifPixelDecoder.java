package dev.cutline.imaging;

import dev.cutline.imaging.PixelImage.Layout;
import java.io.IOException;
import java.util.Arrays;

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
    Composer composer = new Composer(file, gif, enoughLongEdge);
    GifCodes codes = new GifCodes(file, frame);
    if (frame.interlaced()) {
      for (int pass = 0; pass < PASS_Y.length; pass++) {
        for (int y = PASS_Y[pass]; y < frame.height(); y += STEP_Y[pass]) {
          composer.take(codes, y);
        }
      }
    } else {
      for (int y = 0; y < frame.height(); y++) {
        composer.take(codes, y);
      }
    }
    return composer.finish();
  }

  /** Puts rows of indexes as colours onto the canvas. */
  private static final class Composer {
    private final GifFrame frame;
    private final int canvasWidth;
    private final int canvasHeight;
    private final ShrinkingCanvas canvas;
    private final byte[] colours;
    private final byte[] indexes;
    private final byte[] row;

    Composer(byte[] file, GifStructure gif, int enoughLongEdge) {
      this.frame = gif.firstFrame();
      this.canvasWidth = gif.width();
      this.canvasHeight = gif.height();
      this.canvas = ShrinkingCanvas.ofPixels(Layout.RGB, canvasWidth, canvasHeight, enoughLongEdge);
      this.colours = colours(file, frame);
      this.indexes = new byte[frame.width()];
      this.row = new byte[canvasWidth * 3];
      Arrays.fill(row, (byte) 255);
      for (int y = 0; y < canvasHeight; y++) {
        if (y < frame.top() || y >= frame.top() + frame.height()) {
          canvas.row(y, row, 0);
        }
      }
    }

    void take(GifCodes codes, int frameY) throws IOException {
      codes.read(indexes);
      int y = frame.top() + frameY;
      if (y >= canvasHeight) {
        return;
      }
      int shown = Math.min(frame.width(), canvasWidth - frame.left());
      for (int x = 0, to = 3 * frame.left(); x < shown; x++, to += 3) {
        int from = 3 * (indexes[x] & 0xFF);
        row[to] = colours[from];
        row[to + 1] = colours[from + 1];
        row[to + 2] = colours[from + 2];
      }
      canvas.row(y, row, 0);
    }

    PixelImage finish() {
      return canvas.finish();
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
}
