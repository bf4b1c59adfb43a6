package dev.cutline.imaging;

import java.io.IOException;

/**
 * Decodes PNG row by row, so that memory does not depend on the size of the picture unless it is
 * interlaced; the reader of the JDK would hold all of it, up to 400 MB at the default limits. Shows
 * the default picture of an animation.
 */
final class PngPixelDecoder implements PixelDecoder {
  private static final int[] PASS_X = {0, 4, 0, 2, 0, 1, 0};
  private static final int[] PASS_Y = {0, 0, 4, 0, 2, 0, 1};
  private static final int[] STEP_X = {8, 8, 4, 4, 2, 2, 1};
  private static final int[] STEP_Y = {8, 8, 8, 4, 4, 2, 2};

  @Override
  public PixelImage decode(byte[] file, ImageInfo info, int enoughLongEdge) throws IOException {
    PngStructure png = PngStructure.read(file, ImageLimits.NONE);
    PngSamples samples = new PngSamples(file, png);
    Size size = new Size(png.width(), png.height()).within(enoughLongEdge);
    ScalingCanvas canvas = ScalingCanvas.of(samples.layout(), png.width(), png.height(), size);
    try (PngData data = new PngData(file)) {
      PngRows rows =
          new PngRows(data, rowBytes(png, png.width()), Math.max(1, png.bitsPerPixel() / 8));
      if (png.isInterlaced()) {
        interlaced(png, rows, samples, canvas);
      } else {
        straight(png, rows, samples, canvas);
      }
    }
    return canvas.finish();
  }

  private static void straight(
      PngStructure png, PngRows rows, PngSamples samples, ScalingCanvas canvas) throws IOException {
    int width = png.width();
    byte[] converted = new byte[width * samples.layout().channels()];
    for (int y = 0; y < png.height(); y++) {
      samples.convert(rows.next(rowBytes(png, width)), width, converted);
      canvas.row(converted, 0);
    }
  }

  /**
   * Seven passes, each with every eighth to every second pixel (Adam7): all must be there before
   * the first row is.
   */
  private static void interlaced(
      PngStructure png, PngRows rows, PngSamples samples, ScalingCanvas canvas) throws IOException {
    int channels = samples.layout().channels();
    byte[][] all = new byte[png.height()][png.width() * channels];
    byte[] converted = new byte[png.width() * channels];
    for (int pass = 0; pass < PASS_X.length; pass++) {
      int count = (png.width() - PASS_X[pass] + STEP_X[pass] - 1) / STEP_X[pass];
      rows.startPass();
      for (int y = PASS_Y[pass]; count > 0 && y < png.height(); y += STEP_Y[pass]) {
        samples.convert(rows.next(rowBytes(png, count)), count, converted);
        spread(converted, count * channels, channels, all[y], PASS_X[pass], STEP_X[pass]);
      }
    }
    for (byte[] row : all) {
      canvas.row(row, 0);
    }
  }

  private static void spread(
      byte[] pixels, int length, int channels, byte[] row, int start, int step) {
    int to = start * channels;
    for (int from = 0; from < length; from += channels, to += step * channels) {
      for (int c = 0; c < channels; c++) {
        row[to + c] = pixels[from + c];
      }
    }
  }

  private static int rowBytes(PngStructure png, int pixels) {
    return (int) (((long) pixels * png.bitsPerPixel() + 7) / 8);
  }
}
