package dev.cutline.imaging;

import org.jspecify.annotations.Nullable;

/** What the blocks of a GIF say, its coded pictures apart. Reading it is one walk over the file. */
final class GifStructure {
  private final byte[] file;
  private final ImageLimits limits;
  private final int width;
  private final int height;
  private int frames;
  private long framePixels;
  private long textBytes;
  private int transparentIndex = -1;
  private @Nullable GifFrame firstFrame;

  private GifStructure(byte[] file, ImageLimits limits) {
    this.file = file;
    this.limits = limits;
    this.width = Bytes.u16le(file, 6);
    this.height = Bytes.u16le(file, 8);
  }

  /**
   * Reads the structure of a file that starts with the signature.
   *
   * @throws dev.cutline.ImageRejectedException if it is broken or beyond a limit
   */
  static GifStructure read(byte[] file, ImageLimits limits) {
    GifBlocks blocks = new GifBlocks(file);
    GifStructure structure = new GifStructure(file, limits);
    limits.checkSize("GIF", structure.width, structure.height);
    while (blocks.next()) {
      structure.take(blocks);
    }
    if (structure.firstFrame == null) {
      throw Refusals.broken("the GIF has no picture data");
    }
    return structure;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  int frames() {
    return frames;
  }

  GifFrame firstFrame() {
    if (firstFrame == null) {
      throw new IllegalStateException("not read yet");
    }
    return firstFrame;
  }

  /** Tells whether the first frame leaves some of the canvas open. */
  boolean hasAlpha() {
    GifFrame frame = firstFrame();
    boolean covers =
        frame.left() == 0 && frame.top() == 0 && frame.width() >= width && frame.height() >= height;
    return frame.transparentIndex() >= 0 || !covers;
  }

  /** Tells whether a block of timing and transparency is as long as what it has to say. */
  static boolean isHeeded(byte[] file, GifBlocks control) {
    return Bytes.u8(file, control.subBlocks()) >= 4;
  }

  private void take(GifBlocks block) {
    if (block.kind() == GifBlocks.IMAGE) {
      takeFrame(block);
    } else if (block.kind() == GifBlocks.EXTENSION) {
      takeExtension(block);
    }
  }

  private void takeExtension(GifBlocks block) {
    int at = block.subBlocks();
    if (block.isApplication(GifBlocks.PROFILE)) {
      limits.checkProfile(block.end() - at);
    } else if (block.label() != GifBlocks.GRAPHIC_CONTROL) {
      textBytes += block.end() - at;
      limits.checkText(textBytes);
      if (block.label() == GifBlocks.PLAIN_TEXT) {
        transparentIndex = -1; // it applied to the text, which no viewer shows
      }
    } else if (isHeeded(file, block)) {
      transparentIndex = (Bytes.u8(file, at + 1) & 1) == 0 ? -1 : Bytes.u8(file, at + 4);
    }
  }

  private void takeFrame(GifBlocks block) {
    int at = block.start() + 1;
    int flags = Bytes.u8(file, at + 8);
    Range table =
        block.localTable().length() > 0 ? block.localTable() : GifBlocks.globalTable(file);
    GifFrame frame =
        new GifFrame(
            Bytes.u16le(file, at),
            Bytes.u16le(file, at + 2),
            Bytes.u16le(file, at + 4),
            Bytes.u16le(file, at + 6),
            (flags & 0x40) != 0,
            transparentIndex,
            table,
            block.subBlocks());
    frames++;
    check(frame);
    framePixels += (long) frame.width() * frame.height();
    limits.checkFrames(frames, framePixels);
    transparentIndex = -1;
    if (firstFrame == null) {
      firstFrame = frame;
    }
  }

  /**
   * Frames that reach beyond the canvas are common in real files; viewers clip them, and so do we.
   */
  private void check(GifFrame frame) {
    limits.checkSize("frame " + frames + " of the GIF", frame.width(), frame.height());
    if (frame.table().length() == 0) {
      throw Refusals.broken("frame %,d of the GIF has no table of colours", frames);
    }
    int codeSize = Bytes.u8(file, frame.codeSizeAt());
    if (codeSize < 1 || codeSize > 8) {
      throw Refusals.broken("frame %,d of the GIF claims codes of %d bits", frames, codeSize);
    }
  }
}
