package dev.cutline.palette;

import java.util.ArrayList;
import java.util.List;

/**
 * How many pixels there are of each colour, counted in the cells of an octree of depth five: 32
 * levels a channel. No chance is involved, and unlike clusters with a centre that moves, a cell
 * does not change because of what lies elsewhere: a picture and the same picture a little smaller
 * are described alike.
 */
final class Histogram {
  private static final int CELLS = 1 << 15;

  private Histogram() {}

  /**
   * The pixels of one cell.
   *
   * @param colour their mean
   * @param share of all pixels, above 0 and at most 1
   */
  record Cell(Lab colour, double share) {}

  /** Returns the cells that have pixels, in a fixed order. */
  static List<Cell> of(Pixels pixels) {
    int[] counts = new int[CELLS];
    long[] red = new long[CELLS];
    long[] green = new long[CELLS];
    long[] blue = new long[CELLS];
    for (int i = 0; i < pixels.count(); i++) {
      int rgb = pixels.rgb(i);
      int cell = (rgb >> 9 & 0x7c00) | (rgb >> 6 & 0x3e0) | (rgb >> 3 & 0x1f);
      counts[cell]++;
      red[cell] += rgb >> 16 & 0xff;
      green[cell] += rgb >> 8 & 0xff;
      blue[cell] += rgb & 0xff;
    }
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < CELLS; i++) {
      int n = counts[i];
      if (n > 0) {
        int mean = (int) (red[i] / n) << 16 | (int) (green[i] / n) << 8 | (int) (blue[i] / n);
        cells.add(new Cell(Lab.ofRgb(mean), (double) n / pixels.count()));
      }
    }
    return cells;
  }
}
