package dev.cutline.imaging;

/** Walks the blocks of a GIF from behind its header and global colour table to the trailer. */
final class GifBlocks {
  static final int IMAGE = 0x2C;
  static final int EXTENSION = 0x21;
  static final int TRAILER = 0x3B;
  static final int GRAPHIC_CONTROL = 0xF9;
  static final int COMMENT = 0xFE;
  static final int PLAIN_TEXT = 0x01;
  static final int APPLICATION = 0xFF;

  /** The application whose data is a colour profile. */
  static final String PROFILE = "ICCRGBG1012";

  private static final int HEADER = 13;

  private final byte[] file;
  private int kind;
  private int start;
  private int subBlocks;
  private int end;

  /** Starts behind the signature, which the caller has seen. */
  GifBlocks(byte[] file) {
    this.file = file;
    if (file.length < HEADER) {
      throw cutOff();
    }
    end = HEADER + tableLength(Bytes.u8(file, 10));
  }

  /** Returns where the first block starts: behind the global colour table. */
  static int firstBlock(byte[] file) {
    return HEADER + tableLength(Bytes.u8(file, 10));
  }

  /** Returns where the global colour table lies; empty if there is none. */
  static Range globalTable(byte[] file) {
    return new Range(HEADER, firstBlock(file));
  }

  /** Returns the length in bytes of the colour table that {@code flags} announce. */
  private static int tableLength(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3 * (2 << (flags & 7));
  }

  /**
   * Goes to the next block.
   *
   * @return false behind the trailer
   * @throws dev.cutline.ImageRejectedException if the file ends before the trailer or a block is
   *     unknown
   */
  boolean next() {
    if (kind == TRAILER) {
      return false;
    }
    start = end;
    kind = byteAt(start);
    switch (kind) {
      case TRAILER -> end = start + 1;
      case EXTENSION -> {
        byteAt(start + 1);
        subBlocks = start + 2;
        end = endOfSubBlocks(subBlocks);
      }
      case IMAGE -> {
        subBlocks = start + 11 + tableLength(byteAt(start + 9));
        byteAt(subBlocks - 1);
        end = endOfSubBlocks(subBlocks);
      }
      default -> throw Refusals.broken("what stands at byte %,d of the GIF is no block", start);
    }
    return true;
  }

  int kind() {
    return kind;
  }

  /** Returns the label of an extension. */
  int label() {
    return Bytes.u8(file, start + 1);
  }

  int start() {
    return start;
  }

  /** Returns where the first sub-block starts, at the byte that holds its length. */
  int subBlocks() {
    return subBlocks;
  }

  int end() {
    return end;
  }

  /** Returns where the local colour table of an image lies; empty if there is none. */
  Range localTable() {
    return new Range(start + 10, subBlocks - 1);
  }

  /** Tells whether this is an application extension of this name, eleven characters. */
  boolean isApplication(String name) {
    return kind == EXTENSION
        && label() == APPLICATION
        && Bytes.u8(file, subBlocks) == 11
        && Bytes.has(file, subBlocks + 1, name);
  }

  /** Returns the data of an application extension: what its sub-blocks behind the name hold. */
  byte[] applicationData() {
    ByteSink data = new ByteSink(end - subBlocks);
    int at = subBlocks + 1 + Bytes.u8(file, subBlocks);
    for (int length = byteAt(at); length != 0; length = byteAt(at)) {
      data.put(file, at + 1, at + 1 + length);
      at += 1 + length;
    }
    return data.toByteArray();
  }

  private int endOfSubBlocks(int from) {
    int at = from;
    for (int length = byteAt(at); length != 0; length = byteAt(at)) {
      at += 1 + length;
    }
    return at + 1;
  }

  private int byteAt(int at) {
    if (at >= file.length) {
      throw cutOff();
    }
    return Bytes.u8(file, at);
  }

  private RuntimeException cutOff() {
    return Refusals.cutOff("the GIF ends at byte %,d without its end mark", file.length);
  }
}
