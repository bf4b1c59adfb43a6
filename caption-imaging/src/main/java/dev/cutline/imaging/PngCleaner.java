package dev.cutline.imaging;

import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;

/** Copies of a PNG the chunks that it takes to show it. */
final class PngCleaner {
  /** What is kept, by name; anything else goes, chunks that nobody has thought of yet included. */
  private static final Set<String> PICTURE =
      Set.of("IHDR", "PLTE", "IDAT", "IEND", "tRNS", "acTL", "fcTL", "fdAT");

  /**
   * Facts about colour and the shape of pixels, with the most bytes that they have: what is longer
   * holds something else.
   */
  private static final Map<String, Integer> FACTS =
      Map.of(
          "bKGD", 6, "gAMA", 4, "cHRM", 32, "sRGB", 1, "sBIT", 4, "cICP", 4, "cLLI", 8, "mDCV", 24,
          "pHYs", 9);

  private final byte[] file;
  private final ByteSink clean;
  private boolean profileSeen;

  private PngCleaner(byte[] file) {
    this.file = file;
    this.clean = new ByteSink(file.length + 64);
    clean.put(PngChunks.SIGNATURE);
  }

  /** Returns the picture without metadata. */
  static byte[] clean(byte[] file, Orientation orientation) {
    PngCleaner cleaner = new PngCleaner(file);
    PngChunks chunks = PngChunks.trusting(file);
    while (chunks.next()) {
      if (cleaner.isKept(chunks)) {
        cleaner.clean.put(file, chunks.start(), chunks.end());
      }
      if (chunks.type().equals("IHDR") && orientation != Orientation.NORMAL) {
        putChunk(cleaner.clean, "eXIf", Exif.ofOrientation(orientation));
      }
    }
    return cleaner.clean.toByteArray();
  }

  private boolean isKept(PngChunks chunk) {
    String type = chunk.type();
    return PICTURE.contains(type)
        || chunk.dataLength() <= FACTS.getOrDefault(type, -1)
        || type.equals("iCCP") && isProfile(chunk);
  }

  /** Tells whether this is the profile that is heeded: the first, if it is one. */
  private boolean isProfile(PngChunks chunk) {
    boolean first = !profileSeen;
    profileSeen = true;
    byte[] profile =
        first ? PngStructure.unpackProfile(file, chunk.data(), Integer.MAX_VALUE) : null;
    return profile != null && IccProfiles.isProfile(profile);
  }

  private static void putChunk(ByteSink clean, String type, byte[] data) {
    CRC32 crc = new CRC32();
    for (int i = 0; i < type.length(); i++) {
      crc.update(type.charAt(i));
    }
    crc.update(data);
    clean.putU32be(data.length).put(type).put(data).putU32be(crc.getValue());
  }
}
