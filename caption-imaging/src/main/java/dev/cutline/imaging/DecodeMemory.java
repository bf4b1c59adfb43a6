package dev.cutline.imaging;

/** Bounds from above what it takes to decode and render a picture. */
final class DecodeMemory {
  private DecodeMemory() {}

  static long ofJpeg(JpegStructure jpeg) {
    return 4L * jpeg.width() * jpeg.height() + (64 << 20);
  }

  static long ofPng(PngStructure png) {
    return 64L << 20;
  }

  static long ofGif(GifStructure gif) {
    return 64L << 20;
  }

  static long ofWebp(WebpStructure webp) {
    return 9L * webp.width() * webp.height() + (64 << 20);
  }
}
