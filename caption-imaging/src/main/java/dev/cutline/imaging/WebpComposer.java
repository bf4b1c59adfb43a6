package dev.cutline.imaging;

import java.util.Arrays;

/**
 * Puts the rows of the first frame of a WebP onto its canvas, which is white where the frame does
 * not reach.
 */
final class WebpComposer {
  private final ScalingCanvas canvas;
  private final WebpFrame frame;
  private final int canvasHeight;
  private final boolean narrow;
  private final byte[] canvasRow;

  WebpComposer(ScalingCanvas canvas, WebpStructure webp) {
    this.canvas = canvas;
    this.frame = webp.firstFrame();
    this.canvasHeight = webp.height();
    this.narrow = frame.width() < webp.width();
    this.canvasRow = new byte[3 * webp.width()];
    Arrays.fill(canvasRow, (byte) 255);
  }

  /** Fills what lies above the frame. */
  void above() {
    fill(frame.top());
  }

  /** Takes the next row of the frame. */
  void row(byte[] rgb) {
    if (narrow) {
      System.arraycopy(rgb, 0, canvasRow, 3 * frame.left(), 3 * frame.width());
    }
    canvas.row(narrow ? canvasRow : rgb, 0);
  }

  /** Fills what lies below the frame. */
  void below() {
    Arrays.fill(canvasRow, (byte) 255);
    fill(canvasHeight - frame.top() - frame.height());
  }

  private void fill(int rows) {
    for (int i = 0; i < rows; i++) {
      canvas.row(canvasRow, 0);
    }
  }
}
