package dev.cutline.imaging;

/** Scales pictures in memory as a {@link ScalingCanvas} scales rows. */
final class LanczosResampler implements Resampler {
  @Override
  public PixelImage resample(PixelImage image, int width, int height) {
    if (width == image.width() && height == image.height()) {
      return image;
    }
    ScalingCanvas canvas =
        ScalingCanvas.of(image.layout(), image.width(), image.height(), new Size(width, height));
    int rowLength = image.width() * image.layout().channels();
    for (int y = 0; y < image.height(); y++) {
      canvas.row(image.samples(), y * rowLength);
    }
    return canvas.finish();
  }
}
