package dev.cutline.imaging;

import java.util.Arrays;

/**
 * Puts the rows of the first frame of a WebP onto its canvas, which is white where the frame does
 * not reach.
 */
final class WebpComposer {
  private final ShrinkingCanvas canvas;
  private final WebpFrame frame;
  private final int canvasHeight;
  private final boolean narrow;
  private final byte[] canvasRow;

  WebpComposer(ShrinkingCanvas canvas, WebpStructure webp) {
    this.canvas = canvas;
    this.frame = webp.firstFrame();
    this.canvasHeight = webp.height();
    this.narrow = frame.width() < webp.width();
    this.canvasRow = new byte[3 * webp.width()];
    Arrays.fill(canvasRow, (byte) 255);
  }

  /** Fills what lies above the frame. */
  void above() {
    fill(0, frame.top());
  }

  /** Takes a row of the frame. */
  void row(int y, byte[] rgb) {
    if (narrow) {
      System.arraycopy(rgb, 0, canvasRow, 3 * frame.left(), 3 * frame.width());
    }
    canvas.row(frame.top() + y, narrow ? canvasRow : rgb, 0);
  }

  /** Fills what lies below the frame. */
  void below() {
    Arrays.fill(canvasRow, (byte) 255);
    fill(frame.top() + frame.height(), canvasHeight);
  }

  private void fill(int from, int to) {
    for (int y = from; y < to; y++) {
      canvas.row(y, canvasRow, 0);
    }
  }
}
