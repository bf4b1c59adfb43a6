package dev.cutline.imaging;

import java.io.IOException;

/**
 * Decodes PNG row by row, so that memory does not depend on the size of the picture; the reader of
 * the JDK would hold all of it, up to 400 MB at the default limits. Shows the default picture of an
 * animation.
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
    try (PngData data = new PngData(file)) {
      PngRows rows =
          new PngRows(data, rowBytes(png, png.width()), Math.max(1, png.bitsPerPixel() / 8));
      return png.isInterlaced()
          ? interlaced(png, rows, samples, enoughLongEdge)
          : straight(png, rows, samples, enoughLongEdge);
    }
  }

  private static PixelImage straight(
      PngStructure png, PngRows rows, PngSamples samples, int enoughLongEdge) throws IOException {
    int width = png.width();
    ShrinkingCanvas canvas =
        ShrinkingCanvas.ofRows(samples.layout(), width, png.height(), enoughLongEdge);
    byte[] converted = new byte[width * samples.layout().channels()];
    for (int y = 0; y < png.height(); y++) {
      samples.convert(rows.next(rowBytes(png, width)), width, converted);
      canvas.row(y, converted, 0);
    }
    return canvas.finish();
  }

  /** Seven passes, each with every eighth to every second pixel (Adam7). */
  private static PixelImage interlaced(
      PngStructure png, PngRows rows, PngSamples samples, int enoughLongEdge) throws IOException {
    int channels = samples.layout().channels();
    ShrinkingCanvas canvas =
        ShrinkingCanvas.ofPixels(samples.layout(), png.width(), png.height(), enoughLongEdge);
    byte[] converted = new byte[png.width() * channels];
    for (int pass = 0; pass < 7; pass++) {
      int count = (png.width() - PASS_X[pass] + STEP_X[pass] - 1) / STEP_X[pass];
      if (count <= 0) {
        continue;
      }
      rows.startPass();
      for (int y = PASS_Y[pass]; y < png.height(); y += STEP_Y[pass]) {
        samples.convert(rows.next(rowBytes(png, count)), count, converted);
        for (int i = 0; i < count; i++) {
          canvas.pixel(PASS_X[pass] + i * STEP_X[pass], y, converted, i * channels);
        }
      }
    }
    return canvas.finish();
  }

  private static int rowBytes(PngStructure png, int pixels) {
    return (int) (((long) pixels * png.bitsPerPixel() + 7) / 8);
  }
}
