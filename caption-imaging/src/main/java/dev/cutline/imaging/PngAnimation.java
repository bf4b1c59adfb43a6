package dev.cutline.imaging;

/**
 * Follows the chunks that make a PNG move, and tells which of them viewers heed: the first header
 * (acTL), if it stands before the picture data, then as many frames as it announces. Not safe for
 * several threads.
 */
final class PngAnimation {
  /** Where the header of the file, always its first chunk, says width and height. */
  private static final int WIDTH_AT = PngChunks.SIGNATURE.length() + 8;

  private static final int HEIGHT_AT = WIDTH_AT + 4;

  private final byte[] file;
  private final ImageLimits limits;
  private long announced;
  private int frames;
  private long framePixels;

  /** Whether chunks fdAT are those of a frame that is heeded. */
  private boolean inFrame;

  PngAnimation(byte[] file, ImageLimits limits) {
    this.file = file;
    this.limits = limits;
  }

  /** Returns how many frames are heeded; 0 without animation. */
  int frames() {
    return frames;
  }

  /**
   * Takes a chunk acTL, fcTL or fdAT.
   *
   * @param dataSeen whether picture data (IDAT) came before
   * @return whether viewers heed it
   * @throws dev.cutline.ImageRejectedException if it contradicts itself or is beyond a limit
   */
  boolean take(PngChunks chunk, boolean dataSeen) {
    return switch (chunk.type()) {
      case "acTL" -> takeHeader(chunk, dataSeen);
      case "fcTL" -> takeFrame(chunk, dataSeen);
      default -> inFrame;
    };
  }

  private boolean takeHeader(PngChunks chunk, boolean dataSeen) {
    if (chunk.dataLength() != 8) {
      throw Refusals.broken(
          "the animation header of the PNG (acTL) has %,d bytes", chunk.dataLength());
    }
    if (announced > 0 || dataSeen) {
      return false;
    }
    announced = Bytes.u32be(file, chunk.dataStart());
    limits.checkFrames(announced, 0);
    return announced > 0;
  }

  private boolean takeFrame(PngChunks chunk, boolean dataSeen) {
    if (chunk.dataLength() != 26) {
      throw Refusals.broken("a frame header of the PNG (fcTL) has %,d bytes", chunk.dataLength());
    }
    int at = chunk.dataStart() + 4;
    long width = Bytes.u32be(file, at);
    long height = Bytes.u32be(file, at + 4);
    boolean inside =
        width >= 1
            && height >= 1
            && Bytes.u32be(file, at + 8) + width <= Bytes.u32be(file, WIDTH_AT)
            && Bytes.u32be(file, at + 12) + height <= Bytes.u32be(file, HEIGHT_AT);
    if (!inside) {
      throw Refusals.broken("frame %,d of the PNG lies outside of its canvas", frames + 1);
    }
    boolean heeded = frames < announced;
    inFrame = heeded && dataSeen; // the data of a frame before IDAT is IDAT
    if (heeded) {
      frames++;
      framePixels += width * height;
      limits.checkFrames(frames, framePixels);
    }
    return heeded;
  }
}
