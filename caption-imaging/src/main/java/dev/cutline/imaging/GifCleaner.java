package dev.cutline.imaging;

/** Copies of a GIF the blocks that it takes to show it. */
final class GifCleaner {
  private static final String LOOPING = "NETSCAPE2.0";
  private static final String LOOPING_TOO = "ANIMEXTS1.0";
  private static final String PROFILE = "ICCRGBG1012";

  private final byte[] file;
  private final ByteSink clean;

  /**
   * The block of timing and transparency that applies to the next picture; empty if there is none.
   */
  private Range control = new Range(0, 0);

  private GifCleaner(byte[] file) {
    this.file = file;
    this.clean = new ByteSink(file.length);
  }

  /** Returns the picture without metadata. */
  static byte[] clean(byte[] file) {
    GifCleaner cleaner = new GifCleaner(file);
    cleaner.clean.put(file, 0, GifBlocks.firstBlock(file));
    GifBlocks blocks = new GifBlocks(file);
    while (blocks.next()) {
      cleaner.take(blocks);
    }
    return cleaner.clean.toByteArray();
  }

  private void take(GifBlocks block) {
    switch (block.kind()) {
      case GifBlocks.IMAGE -> {
        putControl();
        clean.put(file, block.start(), block.end());
      }
      case GifBlocks.TRAILER -> clean.put(GifBlocks.TRAILER);
      default -> takeExtension(block);
    }
  }

  private void takeExtension(GifBlocks block) {
    if (block.label() == GifBlocks.GRAPHIC_CONTROL) {
      control = new Range(block.start(), block.end());
    } else if (block.label() == GifBlocks.PLAIN_TEXT) {
      control = new Range(0, 0); // it applied to the text, which no viewer shows
    } else if (block.isApplication(PROFILE)) {
      clean.put(file, block.start(), block.end());
    } else if (block.isApplication(LOOPING) || block.isApplication(LOOPING_TOO)) {
      putLooping(block);
    }
  }

  /** Writes what viewers read of it, anew: the rest of the block has room for anything. */
  private void putControl() {
    if (control.length() >= 8) {
      clean.put(GifBlocks.EXTENSION).put(GifBlocks.GRAPHIC_CONTROL).put(4);
      clean.put(file, control.from() + 3, control.from() + 7).put(0);
    }
    control = new Range(0, 0);
  }

  /** Writes the loop count anew, if there is one: sub-block 1, two bytes. */
  private void putLooping(GifBlocks block) {
    int count = block.subBlocks() + 12;
    if (Bytes.u8(file, count) == 3 && Bytes.u8(file, count + 1) == 1) {
      clean.put(file, block.start(), count + 4).put(0);
    }
  }
}
