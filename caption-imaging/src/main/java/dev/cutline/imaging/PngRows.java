package dev.cutline.imaging;

import java.io.IOException;
import java.util.Arrays;

/** Undoes the filters of the rows of one pass of a PNG. Not safe for several threads. */
final class PngRows {
  private final PngData data;
  private final int bytesPerPixel;
  private byte[] row;
  private byte[] above;

  /**
   * @param rowBytes of the longest row
   * @param bytesPerPixel at least 1, also where several pixels share a byte
   */
  PngRows(PngData data, int rowBytes, int bytesPerPixel) {
    this.data = data;
    this.bytesPerPixel = bytesPerPixel;
    this.row = new byte[1 + rowBytes];
    this.above = new byte[1 + rowBytes];
  }

  /** Starts a pass, whose first row has none above it. */
  void startPass() {
    Arrays.fill(row, (byte) 0);
  }

  /** Returns the next row; its samples start at index 1 and stay until the next call. */
  byte[] next(int rowBytes) throws IOException {
    byte[] next = above;
    above = row;
    row = next;
    data.read(row, 0, 1 + rowBytes);
    switch (row[0]) {
      case 0 -> {
        // as it is
      }
      case 1 -> sub(rowBytes);
      case 2 -> up(rowBytes);
      case 3 -> average(rowBytes);
      case 4 -> paeth(rowBytes);
      default -> throw new IOException("a row of the PNG uses filter " + (row[0] & 0xFF));
    }
    return row;
  }

  private void sub(int rowBytes) {
    for (int i = 1 + bytesPerPixel; i <= rowBytes; i++) {
      row[i] += row[i - bytesPerPixel];
    }
  }

  private void up(int rowBytes) {
    for (int i = 1; i <= rowBytes; i++) {
      row[i] += above[i];
    }
  }

  private void average(int rowBytes) {
    int first = Math.min(bytesPerPixel, rowBytes);
    for (int i = 1; i <= first; i++) {
      row[i] += (byte) ((above[i] & 0xFF) >> 1);
    }
    for (int i = 1 + first; i <= rowBytes; i++) {
      row[i] += (byte) ((row[i - bytesPerPixel] & 0xFF) + (above[i] & 0xFF) >> 1);
    }
  }

  private void paeth(int rowBytes) {
    int first = Math.min(bytesPerPixel, rowBytes);
    for (int i = 1; i <= first; i++) {
      row[i] += above[i];
    }
    for (int i = 1 + first; i <= rowBytes; i++) {
      int left = row[i - bytesPerPixel] & 0xFF;
      int up = above[i] & 0xFF;
      int corner = above[i - bytesPerPixel] & 0xFF;
      int toLeft = Math.abs(up - corner);
      int toUp = Math.abs(left - corner);
      int toCorner = Math.abs(left + up - 2 * corner);
      int nearest = toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
      row[i] += (byte) nearest;
    }
  }
}
