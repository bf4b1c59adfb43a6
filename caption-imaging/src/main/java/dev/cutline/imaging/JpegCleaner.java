package dev.cutline.imaging;

/** Copies of a JPEG what it takes to show it, segment by segment. */
final class JpegCleaner {
  private static final int JFIF_LENGTH = 14;
  private static final int ADOBE_LENGTH = 12;

  /** Name of a piece of a profile, its number, and how many there are. */
  private static final int PIECE_HEADER = 14;

  private static final int MAX_PIECE = 0xFFFF - 2 - PIECE_HEADER;

  private final byte[] file;
  private final ByteSink clean;

  private JpegCleaner(byte[] file) {
    this.file = file;
    this.clean = new ByteSink(file.length + 64);
    clean.put(0xFF).put(JpegSegments.SOI);
  }

  /** Returns the picture without metadata. */
  static byte[] clean(byte[] file, Orientation orientation) {
    JpegStructure head = JpegStructure.readHead(file);
    JpegCleaner cleaner = new JpegCleaner(file);
    cleaner.putJfif(head);
    if (orientation != Orientation.NORMAL) {
      cleaner.putOrientation(orientation);
    }
    if (head.hasAdobe()) {
      cleaner.putAdobe(head.adobeTransform());
    }
    byte[] profile = head.profile().join(file);
    if (profile != null) {
      cleaner.putProfile(profile);
    }
    cleaner.putPicture();
    return cleaner.clean.toByteArray();
  }

  /**
   * Returns the bare picture for a decoder: tables, frame, scans, and an Adobe marker that leaves
   * no doubt about what the components mean.
   *
   * @param colourTransform of the Adobe marker: 0 none, 1 YCbCr, 2 YCCK
   */
  static byte[] bare(byte[] file, int colourTransform) {
    JpegCleaner cleaner = new JpegCleaner(file);
    cleaner.putAdobe(colourTransform);
    cleaner.putPicture();
    return cleaner.clean.toByteArray();
  }

  /**
   * Writes JFIF anew, without the thumbnail that it may hold. A file that had only EXIF gets it
   * too: without either, some decoders, that of the JDK among them, take YCbCr without subsampling
   * for RGB.
   */
  private void putJfif(JpegStructure head) {
    Range jfif = head.jfif();
    boolean wanted =
        jfif != null
            || head.exif() != null && !head.hasAdobe() && head.colour() == ColourModel.YCBCR;
    if (!wanted) {
      return;
    }
    clean.put(0xFF).put(JpegSegments.APP0).putU16be(2 + JFIF_LENGTH).put("JFIF\0");
    if (jfif != null && jfif.length() >= JFIF_LENGTH) {
      clean.put(file, jfif.from() + 5, jfif.from() + 12); // version and density
    } else {
      clean.put(1).put(1).put(0).putU16be(1).putU16be(1);
    }
    clean.putU16be(0); // no thumbnail
  }

  private void putOrientation(Orientation orientation) {
    byte[] tiff = Exif.ofOrientation(orientation);
    clean.put(0xFF).put(JpegSegments.APP1).putU16be(2 + 6 + tiff.length).put("Exif\0\0").put(tiff);
  }

  private void putAdobe(int colourTransform) {
    clean.put(0xFF).put(JpegSegments.APP14).putU16be(2 + ADOBE_LENGTH).put("Adobe");
    clean
        .putU16be(100)
        .putU16be(0)
        .putU16be(0)
        .put(colourTransform); // version and flags, which nobody reads
  }

  /** Writes it in pieces, as long as a segment may be: behind its end is room for anything. */
  private void putProfile(byte[] profile) {
    int pieces = (profile.length + MAX_PIECE - 1) / MAX_PIECE;
    for (int piece = 0; piece < pieces; piece++) {
      int from = piece * MAX_PIECE;
      int to = Math.min(profile.length, from + MAX_PIECE);
      clean.put(0xFF).put(JpegSegments.APP2).putU16be(2 + PIECE_HEADER + to - from);
      clean.put(JpegStructure.PROFILE).put(piece + 1).put(pieces).put(profile, from, to);
    }
  }

  private void putPicture() {
    JpegSegments segments = new JpegSegments(file);
    while (segments.next()) {
      if (isPicture(segments.marker())) {
        clean.put(file, segments.start(), segments.end());
      }
    }
  }

  /**
   * Of the frame headers, those that {@link JpegStructure} lets pass. A second statement of the
   * height (DNL) is passed over by decoders, whatever it holds.
   */
  private static boolean isPicture(int marker) {
    return switch (marker) {
      case 0xC0,
          0xC1,
          0xC2,
          JpegSegments.DHT,
          JpegSegments.DQT,
          JpegSegments.DRI,
          JpegSegments.SOS,
          JpegSegments.ENTROPY,
          JpegSegments.EOI ->
          true;
      default -> false;
    };
  }
}
