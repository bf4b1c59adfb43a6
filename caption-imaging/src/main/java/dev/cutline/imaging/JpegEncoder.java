package dev.cutline.imaging;

/** Writes pictures as JPEG. Implementations are thread-safe. */
@FunctionalInterface
public interface JpegEncoder {
  /**
   * Returns a baseline JPEG file of the picture with 4:2:0 subsampling, a JFIF header, and no
   * metadata.
   *
   * @param image in {@link PixelImage.Layout#RGB}, as sRGB
   * @param quality 1 to 100, on the usual scale of libjpeg
   */
  byte[] encode(PixelImage image, int quality);
}
