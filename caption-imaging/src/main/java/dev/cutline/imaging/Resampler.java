package dev.cutline.imaging;

/** Scales pictures. Implementations are thread-safe. */
@FunctionalInterface
public interface Resampler {
  /**
   * Returns the picture in another size, without aliasing.
   *
   * @param width pixels, at least 1
   * @param height pixels, at least 1
   * @return a new picture of the same layout; the same one where the size is the same
   */
  PixelImage resample(PixelImage image, int width, int height);
}
