package dev.cutline.imaging;

import java.util.HashSet;
import java.util.Set;

/** Copies of a GIF the blocks that it takes to show it. */
final class GifCleaner {
  private static final String LOOPING = "NETSCAPE2.0";
  private static final String LOOPING_TOO = "ANIMEXTS1.0";
  private static final int MAX_SUB_BLOCK = 255;

  private final byte[] file;
  private final ByteSink clean;

  /**
   * The block of timing and transparency that applies to the next picture; empty if there is none.
   */
  private Range control = new Range(0, 0);

  /** The applications that have had their say: a second block is room for anything. */
  private final Set<String> applicationsSeen = new HashSet<>();

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
      if (GifStructure.isHeeded(file, block)) {
        control = new Range(block.start(), block.end());
      }
    } else if (block.label() == GifBlocks.PLAIN_TEXT) {
      control = new Range(0, 0); // it applied to the text, which no viewer shows
    } else if (block.isApplication(GifBlocks.PROFILE)) {
      putProfile(block);
    } else if (block.isApplication(LOOPING)) {
      putLooping(LOOPING, block);
    } else if (block.isApplication(LOOPING_TOO)) {
      putLooping(LOOPING_TOO, block);
    }
  }

  /** Writes a colour profile anew, if it is one: no viewer heeds it, programs that edit do. */
  private void putProfile(GifBlocks block) {
    byte[] profile = IccProfiles.whole(block.applicationData());
    if (profile == null || !applicationsSeen.add(GifBlocks.PROFILE)) {
      return;
    }
    putApplication(GifBlocks.PROFILE);
    for (int from = 0; from < profile.length; from += MAX_SUB_BLOCK) {
      int to = Math.min(profile.length, from + MAX_SUB_BLOCK);
      clean.put(to - from).put(profile, from, to);
    }
    clean.put(0);
  }

  private void putApplication(String name) {
    clean.put(GifBlocks.EXTENSION).put(GifBlocks.APPLICATION).put(name.length()).put(name);
  }

  /** Writes what viewers read of it, anew: the rest of the block has room for anything. */
  private void putControl() {
    if (control.length() > 0) {
      clean.put(GifBlocks.EXTENSION).put(GifBlocks.GRAPHIC_CONTROL).put(4);
      clean.put(file, control.from() + 3, control.from() + 7).put(0);
    }
    control = new Range(0, 0);
  }

  /** Writes the loop count anew, if there is one: sub-block 1, two bytes. */
  private void putLooping(String name, GifBlocks block) {
    int count = block.subBlocks() + 12;
    boolean counts = Bytes.u8(file, count) == 3 && Bytes.u8(file, count + 1) == 1;
    if (counts && applicationsSeen.add(name)) {
      putApplication(name);
      clean.put(file, count, count + 4).put(0);
    }
  }
}
