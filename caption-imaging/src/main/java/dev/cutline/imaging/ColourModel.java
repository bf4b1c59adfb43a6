package dev.cutline.imaging;

/**
 * What the samples of a coded picture mean. Transparency is apart: {@link ImageInfo#hasAlpha()}.
 */
public enum ColourModel {
  /** One sample of brightness a pixel. */
  GRAY,
  /** Red, green, blue. */
  RGB,
  /** An index into a table of colours. */
  PALETTE,
  /** Brightness and two colour differences, as in most JPEG and in lossy WebP. */
  YCBCR,
  /** Four inks, as in print. */
  CMYK,
  /** Four inks, the first three as brightness and colour differences. */
  YCCK
}
