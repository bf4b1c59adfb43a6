package dev.cutline.imaging;

import org.jspecify.annotations.Nullable;

/** Finds and unpacks what lies packed in chunks of a PNG besides its picture: profile and texts. */
final class PngPacked {
  private PngPacked() {}

  /**
   * Returns what the data of a chunk iCCP unpacks to, or null if it is damaged.
   *
   * @param limit unpacked bytes; what exceeds it is cut somewhat behind it
   */
  static byte @Nullable [] profile(byte[] file, Range data, long limit) {
    int name = nul(file, data.from(), data.to());
    return name < 0 || name + 2 > data.to()
        ? null
        : BoundedInflater.inflate(file, new Range(name + 2, data.to()), limit);
  }

  /**
   * Returns how many bytes the text of a chunk unpacks to; 0 where it is not packed.
   *
   * @param limit what exceeds it is not counted much further
   */
  static long textLength(byte[] file, PngChunks chunk, long limit) {
    Range packed = packedText(file, chunk);
    return packed == null ? 0 : BoundedInflater.measure(file, packed, limit);
  }

  /** Returns where the packed text of a text chunk lies, or null. */
  private static @Nullable Range packedText(byte[] file, PngChunks chunk) {
    int keyword = nul(file, chunk.dataStart(), chunk.dataEnd());
    if (keyword < 0) {
      return null;
    }
    if (chunk.type().equals("zTXt")) {
      return new Range(Math.min(keyword + 2, chunk.dataEnd()), chunk.dataEnd());
    }
    boolean packed =
        chunk.type().equals("iTXt") && keyword + 1 < chunk.dataEnd() && file[keyword + 1] == 1;
    int language = packed ? nul(file, keyword + 3, chunk.dataEnd()) : -1;
    int translated = language < 0 ? -1 : nul(file, language + 1, chunk.dataEnd());
    return translated < 0 ? null : new Range(translated + 1, chunk.dataEnd());
  }

  private static int nul(byte[] file, int from, int to) {
    for (int at = from; at < to; at++) {
      if (file[at] == 0) {
        return at;
      }
    }
    return -1;
  }
}
