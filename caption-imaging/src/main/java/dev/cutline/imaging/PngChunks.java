package dev.cutline.imaging;

import java.util.zip.CRC32;

/** Walks the chunks of a PNG from behind the signature to IEND, and checks the checksum of each. */
final class PngChunks {
  static final String SIGNATURE = "\u0089PNG\r\n\u001a\n";

  /** Bytes of a chunk besides its data: length, type, checksum. */
  static final int OVERHEAD = 12;

  private final byte[] file;
  private final boolean checked;
  private final CRC32 crc = new CRC32();
  private String type = "";
  private int start;
  private int dataLength;
  private int end = SIGNATURE.length();

  private PngChunks(byte[] file, boolean checked) {
    this.file = file;
    this.checked = checked;
  }

  /** Starts behind the signature, which the caller has seen. */
  static PngChunks checking(byte[] file) {
    return new PngChunks(file, true);
  }

  /** Like {@link #checking} for a file whose checksums have been checked before. */
  static PngChunks trusting(byte[] file) {
    return new PngChunks(file, false);
  }

  /**
   * Goes to the next chunk.
   *
   * @return false behind IEND
   * @throws dev.cutline.ImageRejectedException if the file ends before IEND or a checksum is wrong
   */
  boolean next() {
    if (type.equals("IEND")) {
      return false;
    }
    start = end;
    if (file.length - start < OVERHEAD) {
      throw Refusals.cutOff("the PNG ends at byte %,d without its end mark (IEND)", file.length);
    }
    long length = Bytes.u32be(file, start);
    checkType();
    type = Bytes.latin1(file, start + 4, 4);
    if (length > file.length - start - OVERHEAD) {
      throw Refusals.cutOff(
          "the PNG chunk %s at byte %,d claims %,d bytes and the file has %,d more",
          type, start, length, file.length - start - OVERHEAD);
    }
    dataLength = (int) length;
    end = start + OVERHEAD + dataLength;
    if (checked) {
      checkSum();
    }
    return true;
  }

  String type() {
    return type;
  }

  /** Returns where the chunk starts, its length included. */
  int start() {
    return start;
  }

  int dataStart() {
    return start + 8;
  }

  int dataEnd() {
    return start + 8 + dataLength;
  }

  int dataLength() {
    return dataLength;
  }

  /** Returns where the chunk ends, its checksum included. */
  int end() {
    return end;
  }

  Range data() {
    return new Range(dataStart(), dataEnd());
  }

  /** Tells whether a decoder may pass over the chunk. */
  boolean isAncillary() {
    return Character.isLowerCase(type.charAt(0));
  }

  private void checkType() {
    for (int i = 4; i < 8; i++) {
      int letter = Bytes.u8(file, start + i) | 0x20;
      if (letter < 'a' || letter > 'z') {
        throw Refusals.broken("what stands at byte %,d of the PNG is no chunk", start);
      }
    }
  }

  private void checkSum() {
    crc.reset();
    crc.update(file, start + 4, 4 + dataLength);
    long claimed = Bytes.u32be(file, end - 4);
    if (crc.getValue() != claimed) {
      throw Refusals.broken(
          "the PNG chunk %s at byte %,d has the checksum %08x and should have %08x",
          type, start, claimed, crc.getValue());
    }
  }
}
