package dev.cutline.imaging;

/**
 * Walks the chunks of a piece of a WebP file, which is RIFF: four characters, length, data, padding
 * to an even length.
 */
final class RiffChunks {
  /** Bytes before the data of a chunk: its name and length. */
  static final int HEADER = 8;

  private final byte[] file;
  private final int to;
  private String name = "";
  private int dataStart;
  private int dataLength;
  private int end;

  /**
   * @param range the chunks, first to last
   */
  RiffChunks(byte[] file, Range range) {
    this.file = file;
    this.end = range.from();
    this.to = range.to();
  }

  /**
   * Goes to the next chunk.
   *
   * @return false behind the last
   * @throws dev.cutline.ImageRejectedException if a chunk does not fit in
   */
  boolean next() {
    if (end >= to) {
      return false;
    }
    int start = end;
    if (to - start < HEADER) {
      throw Refusals.broken("a chunk of the WebP at byte %,d has only %d bytes", start, to - start);
    }
    name = Bytes.latin1(file, start, 4);
    long length = Bytes.u32le(file, start + 4);
    dataStart = start + HEADER;
    if (length > to - dataStart) {
      throw Refusals.broken(
          "the WebP chunk '%s' at byte %,d claims %,d bytes and %,d are left for it",
          name.replaceAll("\\P{Print}", "?"), start, length, to - dataStart);
    }
    dataLength = (int) length;
    end = Math.min(to, dataStart + dataLength + (dataLength & 1));
    return true;
  }

  String name() {
    return name;
  }

  int dataStart() {
    return dataStart;
  }

  int dataLength() {
    return dataLength;
  }

  Range data() {
    return new Range(dataStart, dataStart + dataLength);
  }
}
