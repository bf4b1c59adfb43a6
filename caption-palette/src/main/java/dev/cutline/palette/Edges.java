package dev.cutline.palette;

import dev.cutline.palette.Traits.Focus;
import dev.cutline.palette.Traits.Medium;

/**
 * How brightness changes from each pixel to its neighbours, and what that tells. The thresholds
 * were found on the photographs of the test corpus and on drawn pictures; see the tests.
 */
final class Edges {
  /** Steps in brightness (0 to 255) up to here are no detail: sensors and codecs make as much. */
  private static final int FLAT = 2;

  /** Steps from here on are hard edges. */
  private static final int HARD = 40;

  /** Steps from here on can be the border of a window, a bar or a column. */
  private static final int BORDER = 7;

  private final int width;
  private final int height;
  private final int[] luma;
  private final double[][] cells = new double[3][3];
  private double total;
  private int flat;
  private int soft;
  private int hard;

  Edges(Pixels pixels) {
    this.width = pixels.width();
    this.height = pixels.height();
    this.luma = luma(pixels);
    for (int y = 0; y + 1 < height; y++) {
      for (int x = 0; x + 1 < width; x++) {
        int step = Math.max(stepRight(x, y), stepDown(x, y));
        cells[y * 3 / height][x * 3 / width] += step;
        total += step;
        if (step <= FLAT) {
          flat++;
        } else if (step < HARD) {
          soft++;
        } else {
          hard++;
        }
      }
    }
  }

  /** Returns where most of the detail lies. */
  Focus focus() {
    if (steps() == 0 || total / steps() < 0.5) {
      return Focus.NONE;
    }
    boolean spotted = 0.6 * cells[1][1] > Math.min(cells[1][0], cells[1][2]);
    if (cells[1][1] >= 0.2 * total && spotted) {
      return Focus.CENTRE;
    }
    Focus focus = Focus.EVEN;
    double most = 0.45 * total;
    Focus[] rows = {Focus.UPPER, Focus.MIDDLE, Focus.LOWER};
    Focus[] columns = {Focus.LEFT, Focus.EVEN, Focus.RIGHT};
    for (int i = 0; i < 3; i++) {
      double row = cells[i][0] + cells[i][1] + cells[i][2];
      double column = cells[0][i] + cells[1][i] + cells[2][i];
      if (row > most) {
        most = row;
        focus = rows[i];
      }
      if (column > most) {
        most = column;
        focus = columns[i];
      }
    }
    return focus;
  }

  /**
   * Returns what the file seems to be. Photographs are full of small steps; in what was drawn,
   * areas are flat and the steps between them hard; windows have long straight borders.
   */
  Medium medium() {
    if (steps() < 64) {
      return Medium.UNKNOWN;
    }
    if (hard == 0 && soft < 0.01 * steps()) {
      return Medium.GRADIENT;
    }
    double hardness = (double) hard / (hard + soft);
    double ground = ground();
    if (hardness >= 0.18 && ground >= 0.3) {
      return hasLongBorder() ? Medium.SCREENSHOT : Medium.DRAWING;
    }
    return hardness < 0.18 && soft >= 0.08 * steps() ? Medium.PHOTO : Medium.UNKNOWN;
  }

  private int steps() {
    return flat + soft + hard;
  }

  /** Returns the share of the pixels that have the most frequent brightness, give or take two. */
  private double ground() {
    int[] counts = new int[256];
    for (int value : luma) {
      counts[value]++;
    }
    int most = 0;
    for (int centre = 0; centre < 256; centre++) {
      int sum = 0;
      for (int i = Math.max(0, centre - 2); i <= Math.min(255, centre + 2); i++) {
        sum += counts[i];
      }
      most = Math.max(most, sum);
    }
    return (double) most / luma.length;
  }

  /** Tells whether a straight border runs along at least three fifths of a side. */
  private boolean hasLongBorder() {
    for (int y = 0; y + 1 < height; y++) {
      int run = 0;
      for (int x = 0; x < width; x++) {
        run = stepDown(x, y) >= BORDER ? run + 1 : 0;
        if (run * 5 >= width * 3) {
          return true;
        }
      }
    }
    for (int x = 0; x + 1 < width; x++) {
      int run = 0;
      for (int y = 0; y < height; y++) {
        run = stepRight(x, y) >= BORDER ? run + 1 : 0;
        if (run * 5 >= height * 3) {
          return true;
        }
      }
    }
    return false;
  }

  private int stepRight(int x, int y) {
    int i = y * width + x;
    return Math.abs(luma[i + 1] - luma[i]);
  }

  private int stepDown(int x, int y) {
    int i = y * width + x;
    return Math.abs(luma[i + width] - luma[i]);
  }

  private static int[] luma(Pixels pixels) {
    int[] luma = new int[pixels.count()];
    for (int i = 0; i < luma.length; i++) {
      int c = pixels.rgb(i);
      luma[i] = (299 * (c >> 16 & 0xff) + 587 * (c >> 8 & 0xff) + 114 * (c & 0xff)) / 1000;
    }
    return luma;
  }
}
