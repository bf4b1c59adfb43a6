package dev.cutline.imaging;

import org.jspecify.annotations.Nullable;

/**
 * What the segments of a JPEG say, its coded picture apart: size, coding, colour, where EXIF and
 * profile lie. Reading it is one walk over the file.
 */
final class JpegStructure {
  private static final String EXIF = "Exif\0\0";
  static final String PROFILE = "ICC_PROFILE\0";

  private final ImageLimits limits;
  private int sof = -1;
  private int width;
  private int height;
  private int[] componentIds = {};
  private int blocksPerMcu;
  private int maxHorizontal = 1;
  private int maxVertical = 1;
  private @Nullable Range jfif;
  private int adobeTransform = -1;
  private int scans;
  private long textBytes;
  private @Nullable Range exif;
  private final IccPieces profile = new IccPieces();

  private JpegStructure(ImageLimits limits) {
    this.limits = limits;
  }

  /**
   * Reads the structure of a file that starts with SOI.
   *
   * @throws dev.cutline.ImageRejectedException if it is broken, of an unsupported coding, or beyond
   *     a limit
   */
  static JpegStructure read(byte[] file, ImageLimits limits) {
    JpegStructure structure = new JpegStructure(limits);
    JpegSegments segments = new JpegSegments(file);
    while (segments.next()) {
      structure.take(file, segments);
    }
    if (structure.scans == 0) {
      throw Refusals.broken("the JPEG has no picture data");
    }
    return structure;
  }

  /**
   * Like {@link #read}, up to the first scan and without limits: for a file that has been
   * inspected.
   */
  static JpegStructure readHead(byte[] file) {
    JpegStructure structure = new JpegStructure(ImageLimits.NONE);
    JpegSegments segments = new JpegSegments(file);
    while (structure.scans == 0 && segments.next()) {
      structure.take(file, segments);
    }
    return structure;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  int components() {
    return componentIds.length;
  }

  int scans() {
    return scans;
  }

  boolean isProgressive() {
    return sof == 0xC2;
  }

  /** Returns where the data of the JFIF header lies, or null. */
  @Nullable Range jfif() {
    return jfif;
  }

  boolean hasAdobe() {
    return adobeTransform >= 0;
  }

  /**
   * Returns what the Adobe marker says of colours: 0 as they are, 1 YCbCr, 2 YCCK; -1 without the
   * marker.
   */
  int adobeTransform() {
    return adobeTransform;
  }

  /**
   * Returns how many samples all components have together, each rounded up to whole coding units.
   */
  long codedSamples() {
    long columns = (width + 8L * maxHorizontal - 1) / (8L * maxHorizontal);
    long rows = (height + 8L * maxVertical - 1) / (8L * maxVertical);
    return columns * rows * blocksPerMcu * 64;
  }

  IccPieces profile() {
    return profile;
  }

  /** Returns where the TIFF structure of the EXIF data lies, or null. */
  @Nullable Range exif() {
    return exif;
  }

  Orientation orientation(byte[] file) {
    return exif == null ? Orientation.NORMAL : new Exif(file, exif).orientation();
  }

  /**
   * Returns what the samples mean, by the rules that every decoder follows: JFIF says YCbCr, else
   * the Adobe marker says which, else the names of the components.
   */
  ColourModel colour() {
    return switch (components()) {
      case 1 -> ColourModel.GRAY;
      case 4 -> adobeTransform == 2 ? ColourModel.YCCK : ColourModel.CMYK;
      default -> jfif == null && isRgb() ? ColourModel.RGB : ColourModel.YCBCR;
    };
  }

  private boolean isRgb() {
    boolean named = componentIds[0] == 'R' && componentIds[1] == 'G' && componentIds[2] == 'B';
    return adobeTransform == 0 || (adobeTransform < 0 && named);
  }

  private void take(byte[] file, JpegSegments segment) {
    if (segment.isApplicationDataOrComment()) {
      textBytes += segment.dataLength();
      limits.checkText(textBytes);
    }
    switch (segment.marker()) {
      case 0xC0, 0xC1, 0xC2 -> takeFrame(file, segment);
      case 0xC3 ->
          throw Refusals.unsupported(
              "lossless JPEG is not supported; save it as usual JPEG or as PNG");
      case 0xC5, 0xC6, 0xC7, JpegSegments.DHP ->
          throw Refusals.unsupported("hierarchical JPEG is not supported; save it as usual JPEG");
      case 0xC8, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF, JpegSegments.DAC ->
          throw Refusals.unsupported(
              "JPEG with arithmetic coding is not supported; save it with Huffman coding, as usual");
      case JpegSegments.SOS -> takeScan();
      default -> {
        if (scans == 0) {
          takeApplicationData(file, segment);
        }
      }
    }
  }

  /** Decoders heed what applications say only before the first scan. */
  private void takeApplicationData(byte[] file, JpegSegments segment) {
    switch (segment.marker()) {
      case JpegSegments.APP0 -> takeJfif(file, segment);
      case JpegSegments.APP1 -> takeExif(file, segment);
      case JpegSegments.APP2 -> takeProfile(file, segment);
      case JpegSegments.APP14 -> takeAdobe(file, segment);
      default -> {
        // tables, restart intervals, comments
      }
    }
  }

  private void takeJfif(byte[] file, JpegSegments segment) {
    if (jfif == null && Bytes.has(file, segment.dataStart(), "JFIF\0")) {
      jfif = segment.data();
    }
  }

  private void takeFrame(byte[] file, JpegSegments segment) {
    if (sof >= 0) {
      throw Refusals.broken("the JPEG has a second frame header at byte %,d", segment.start());
    }
    int at = segment.dataStart();
    int count = segment.dataLength() < 6 ? 0 : Bytes.u8(file, at + 5);
    if (count == 0 || segment.dataLength() != 6 + 3 * count) {
      throw Refusals.broken("the frame header of the JPEG is %d bytes long", segment.dataLength());
    }
    sof = segment.marker();
    height = Bytes.u16be(file, at + 1);
    width = Bytes.u16be(file, at + 3);
    int precision = Bytes.u8(file, at);
    if (precision != 8) {
      throw Refusals.unsupported(
          "JPEG of %d bits a sample is not supported; save it with 8 bits", precision);
    }
    if (height == 0 && width > 0) {
      throw Refusals.unsupported(
          "the JPEG leaves its height open (DNL), which is not supported; save it again");
    }
    limits.checkSize("JPEG", width, height);
    if (count != 1 && count != 3 && count != 4) {
      throw Refusals.unsupported("JPEG of %d components is not supported; save it as RGB", count);
    }
    takeComponents(file, at + 6, count);
  }

  private void takeComponents(byte[] file, int from, int count) {
    componentIds = new int[count];
    for (int i = 0; i < count; i++) {
      int at = from + 3 * i;
      componentIds[i] = Bytes.u8(file, at);
      int sampling = Bytes.u8(file, at + 1);
      int horizontal = sampling >> 4;
      int vertical = sampling & 15;
      if (horizontal < 1 || horizontal > 4 || vertical < 1 || vertical > 4) {
        throw Refusals.broken(
            "component %d of the JPEG is sampled %d x %d", i + 1, horizontal, vertical);
      }
      blocksPerMcu += horizontal * vertical;
      maxHorizontal = Math.max(maxHorizontal, horizontal);
      maxVertical = Math.max(maxVertical, vertical);
    }
  }

  private void takeScan() {
    if (sof < 0) {
      throw Refusals.broken("the JPEG has picture data before its frame header");
    }
    scans++;
    limits.checkScans(scans, (long) width * height);
  }

  private void takeExif(byte[] file, JpegSegments segment) {
    int from = segment.dataStart() + EXIF.length();
    if (exif == null && from <= segment.end() && Bytes.has(file, segment.dataStart(), EXIF)) {
      exif = new Range(from, segment.end());
    }
  }

  private void takeProfile(byte[] file, JpegSegments segment) {
    if (isProfile(file, segment)) {
      int at = segment.dataStart() + PROFILE.length();
      profile.add(Bytes.u8(file, at), Bytes.u8(file, at + 1), new Range(at + 2, segment.end()));
      limits.checkProfile(profile.length());
    }
  }

  private void takeAdobe(byte[] file, JpegSegments segment) {
    if (adobeTransform < 0 && isAdobe(file, segment)) {
      adobeTransform = Bytes.u8(file, segment.dataStart() + 11);
    }
  }

  private static boolean isProfile(byte[] file, JpegSegments segment) {
    return segment.marker() == JpegSegments.APP2
        && segment.dataLength() > PROFILE.length() + 2
        && Bytes.has(file, segment.dataStart(), PROFILE);
  }

  private static boolean isAdobe(byte[] file, JpegSegments segment) {
    return segment.marker() == JpegSegments.APP14
        && segment.dataLength() >= 12
        && Bytes.has(file, segment.dataStart(), "Adobe");
  }
}
