package dev.cutline.imaging;

import java.util.Set;
import java.util.zip.CRC32;

/** Copies of a PNG the chunks that it takes to show it. */
final class PngCleaner {
  /**
   * What is kept, by name; anything else goes, chunks that nobody has thought of yet included.
   * Colours: gAMA to mDCV. Pixel shape: pHYs. Animation: acTL, fcTL, fdAT.
   */
  private static final Set<String> KEPT =
      Set.of(
          "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "bKGD", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT",
          "cICP", "cLLI", "mDCV", "pHYs", "acTL", "fcTL", "fdAT");

  private PngCleaner() {}

  /** Returns the picture without metadata. */
  static byte[] clean(byte[] file, Orientation orientation) {
    ByteSink clean = new ByteSink(file.length + 64);
    clean.put(PngChunks.SIGNATURE);
    PngChunks chunks = PngChunks.trusting(file);
    while (chunks.next()) {
      if (KEPT.contains(chunks.type())) {
        clean.put(file, chunks.start(), chunks.end());
      }
      if (chunks.type().equals("IHDR") && orientation != Orientation.NORMAL) {
        putChunk(clean, "eXIf", Exif.ofOrientation(orientation));
      }
    }
    return clean.toByteArray();
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
