package dev.cutline.imaging;

import org.jspecify.annotations.Nullable;

/**
 * Bounds from above, from the header alone, what it takes to decode and render a picture with the
 * decoders of this module. Heap, and for JPEG also what the native library takes outside of it: a
 * process has to bear both. The numbers are sizes of arrays where they are ours, and measured, then
 * rounded up, where they are those of a library.
 */
final class DecodeMemory {
  /** Classes, small arrays, buffers of streams. */
  private static final long BASE = 4 << 20;

  /**
   * Red, green, blue after conversion and again upright, and an encoded file with its copies: bytes
   * a pixel.
   */
  private static final long RENDERING = 3 + 3 + 4;

  /** A profile is unpacked, copied and turned into tables. */
  private static final long PROFILE = 4;

  /** Rows that libjpeg keeps: 16 of each component, and as many again scaled up and converted. */
  private static final long LIBJPEG_ROWS = 2 * 16;

  private static final long LIBJPEG_COEFFICIENT = 2;

  /** TwelveMonkeys' lossy decoder: what it keeps of each block of 16 x 16 pixels, in bytes. */
  private static final long BLOCK_KEPT = 128;

  /** … and what a block takes while it is decoded; three rows of them are alive. */
  private static final long BLOCK_DECODED = 24 << 10;

  private static final long BLOCK_ROWS = 3;

  /** Bytes of decoding tables that a byte of a lossless WebP can ask for. */
  private static final long TABLES_A_BYTE = 128;

  /** … and that each group can take, of which there is one for 4 x 4 pixels at most. */
  private static final long TABLES_A_GROUP = 8 << 10;

  private DecodeMemory() {}

  static long ofJpeg(JpegStructure jpeg, int fileLength) {
    int channels = jpeg.components();
    long pixels = (long) jpeg.width() * jpeg.height();
    long memory =
        rendering(channels, jpeg.width(), jpeg.height()) + PROFILE * jpeg.profile().length();
    memory += fileLength + LIBJPEG_ROWS * channels * jpeg.width();
    if (jpeg.scans() > 1) {
      memory += LIBJPEG_COEFFICIENT * jpeg.codedSamples();
    }
    if (jpeg.scans() > 1 || channels == 4) {
      memory += channels * pixels;
    }
    return memory;
  }

  static long ofPng(PngStructure png) {
    int channels = png.isGray() ? 1 : 3;
    long rows = 2L * (png.width() * 8L + 16) + (long) channels * png.width();
    long all = png.isInterlaced() ? (channels * (long) png.width() + 16) * png.height() : 0;
    return rendering(channels, png.width(), png.height())
        + PROFILE * length(png.profile())
        + rows
        + all;
  }

  static long ofGif(GifStructure gif) {
    GifFrame frame = gif.firstFrame();
    long all = frame.interlaced() ? (frame.width() + 16L) * frame.height() : frame.width();
    return rendering(3, gif.width(), gif.height()) + 3L * gif.width() + all;
  }

  static long ofWebp(WebpStructure webp) {
    WebpFrame frame = webp.firstFrame();
    Range profile = webp.profile();
    Range alpha = frame.alphaData();
    long memory = rendering(3, webp.width(), webp.height());
    memory += profile == null ? 0 : PROFILE * profile.length();
    memory += frame.lossless() ? lossless(frame, frame.data()) : lossy(frame);
    memory += alpha == null ? 0 : lossless(frame, alpha) + (long) frame.width() * frame.height();
    return memory + 6L * webp.width();
  }

  private static long lossy(WebpFrame frame) {
    long across = (frame.width() + 15L) / 16;
    long down = (frame.height() + 15L) / 16;
    return BLOCK_KEPT * across * down
        + BLOCK_DECODED * BLOCK_ROWS * across
        + 16L * 3 * frame.width();
  }

  /**
   * A window, and at most one pixel for each block of 4 x 4 for two transforms and the choice of
   * tables.
   */
  private static long lossless(WebpFrame frame, Range data) {
    long blocks =
        (long) Vp8lDecoder.blocks(frame.width(), 2) * Vp8lDecoder.blocks(frame.height(), 2);
    long window = 4 * Math.min(2L * frame.width() * frame.height(), Vp8lDecoder.MAX_WINDOW);
    long tables = Math.min(TABLES_A_BYTE * data.length(), TABLES_A_GROUP * blocks);
    return 2 * window
        + 3 * 4 * blocks
        + Math.min(Vp8lCodes.MAX_MEMORY, tables)
        + 16L * frame.width();
  }

  /** What every format needs: the scaled picture, and what becomes of it. */
  private static long rendering(int channels, int width, int height) {
    Size size = new Size(width, height).within(Renderer.enoughLongEdge(width, height));
    long pixels = (long) size.width() * size.height();
    return BASE + ScalingCanvas.memory(channels, width, height, size) + RENDERING * pixels;
  }

  private static int length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
