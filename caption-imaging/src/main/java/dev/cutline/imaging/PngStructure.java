package dev.cutline.imaging;

import org.jspecify.annotations.Nullable;

/**
 * What the chunks of a PNG say, its coded picture apart. Reading it is one walk over the file,
 * checksums included.
 */
final class PngStructure {
  static final int GRAY = 0;
  static final int RGB = 2;
  static final int PALETTE = 3;
  static final int GRAY_ALPHA = 4;
  static final int RGB_ALPHA = 6;

  private final byte[] file;
  private final ImageLimits limits;
  private int width;
  private int height;
  private int bitDepth;
  private int colourType;
  private boolean interlaced;
  private @Nullable Range palette;
  private @Nullable Range transparency;
  private @Nullable Range exif;
  private int profileAt = -1;
  private byte @Nullable [] profile;
  private boolean standardColours;
  private long gamma = -1;
  private final PngAnimation animation;
  private long textBytes;
  private boolean dataSeen;
  private boolean dataOver;

  private PngStructure(byte[] file, ImageLimits limits) {
    this.file = file;
    this.limits = limits;
    this.animation = new PngAnimation(file, limits);
  }

  /**
   * Reads the structure of a file that starts with the signature.
   *
   * @throws dev.cutline.ImageRejectedException if it is broken, of an unsupported coding, or beyond
   *     a limit
   */
  static PngStructure read(byte[] file, ImageLimits limits) {
    PngStructure structure = new PngStructure(file, limits);
    PngChunks chunks = PngChunks.checking(file);
    chunks.next();
    structure.takeHeader(chunks);
    while (chunks.next()) {
      structure.take(chunks);
    }
    structure.finish();
    return structure;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  int bitDepth() {
    return bitDepth;
  }

  int colourType() {
    return colourType;
  }

  boolean isGray() {
    return colourType == GRAY || colourType == GRAY_ALPHA;
  }

  boolean isInterlaced() {
    return interlaced;
  }

  int frames() {
    return Math.max(1, animation.frames());
  }

  /**
   * Returns where the colours of a palette lie, three bytes each, as many as pixels can name; null
   * where pixels are no indexes.
   */
  @Nullable Range palette() {
    return colourType == PALETTE ? palette : null;
  }

  /**
   * Returns where the transparency (tRNS) lies, as far as it is heeded; null where there is none or
   * the pixels have alpha of their own.
   */
  @Nullable Range transparency() {
    return transparency;
  }

  boolean hasAlpha() {
    return hasOwnAlpha() || transparency != null;
  }

  /** Tells whether each pixel says how opaque it is. */
  boolean hasOwnAlpha() {
    return colourType == GRAY_ALPHA || colourType == RGB_ALPHA;
  }

  @Nullable Range exif() {
    return exif;
  }

  byte @Nullable [] profile() {
    return profile;
  }

  /** Returns where the data of the chunk starts that the profile is in; -1 if there is none. */
  int profileAt() {
    return profileAt;
  }

  /**
   * Returns the gamma of the samples times 100,000, or 0 where another chunk says more about
   * colours, or none does.
   */
  long gamma() {
    return standardColours || profile != null ? 0 : Math.max(0, gamma);
  }

  int bitsPerPixel() {
    return bitDepth
        * switch (colourType) {
          case RGB -> 3;
          case GRAY_ALPHA -> 2;
          case RGB_ALPHA -> 4;
          default -> 1;
        };
  }

  Orientation orientation() {
    return exif == null ? Orientation.NORMAL : new Exif(file, exif).orientation();
  }

  private void takeHeader(PngChunks chunk) {
    if (!chunk.type().equals("IHDR")) {
      throw chunk.type().equals("CgBI")
          ? Refusals.unsupported(
              "a PNG of Apple's own kind (CgBI) is not supported; convert it with pngcrush -revert")
          : Refusals.broken(
              "the PNG starts with the chunk %s and should start with IHDR", chunk.type());
    }
    if (chunk.dataLength() != 13) {
      throw Refusals.broken(
          "the header of the PNG has %,d bytes and should have 13", chunk.dataLength());
    }
    int at = chunk.dataStart();
    bitDepth = Bytes.u8(file, at + 8);
    colourType = Bytes.u8(file, at + 9);
    limits.checkSize("PNG", Bytes.u32be(file, at), Bytes.u32be(file, at + 4));
    width = (int) Bytes.u32be(file, at);
    height = (int) Bytes.u32be(file, at + 4);
    boolean depthFits =
        switch (colourType) {
          case GRAY ->
              bitDepth == 1 || bitDepth == 2 || bitDepth == 4 || bitDepth == 8 || bitDepth == 16;
          case PALETTE -> bitDepth == 1 || bitDepth == 2 || bitDepth == 4 || bitDepth == 8;
          case RGB, GRAY_ALPHA, RGB_ALPHA -> bitDepth == 8 || bitDepth == 16;
          default -> false;
        };
    if (!depthFits) {
      throw Refusals.broken(
          "the PNG claims colour type %d with %d bits a sample", colourType, bitDepth);
    }
    int interlace = Bytes.u8(file, at + 12);
    if (Bytes.u8(file, at + 10) != 0 || Bytes.u8(file, at + 11) != 0 || interlace > 1) {
      throw Refusals.unsupported(
          "the PNG uses a compression, filter or interlace method that does not exist yet; save it as usual PNG");
    }
    interlaced = interlace == 1;
  }

  private void take(PngChunks chunk) {
    if (dataSeen && !chunk.type().equals("IDAT")) {
      dataOver = true;
    }
    switch (chunk.type()) {
      case "IHDR" ->
          throw Refusals.broken("the PNG has a second header at byte %,d", chunk.start());
      case "PLTE" -> takePalette(chunk);
      case "IDAT" -> takeData(chunk);
      case "IEND" -> {
        // the walk ends here
      }
      case "tRNS" -> takeTransparency(chunk);
      case "acTL", "fcTL", "fdAT" -> animation.take(chunk, dataSeen);
      case "iCCP" -> takeProfile(chunk);
      case "sRGB" -> standardColours |= chunk.dataLength() == 1 && !dataSeen;
      case "cICP" -> standardColours |= chunk.dataLength() == 4 && !dataSeen;
      case "gAMA" -> takeGamma(chunk);
      case "eXIf" -> takeExif(chunk);
      default -> takeOther(chunk);
    }
  }

  private void takePalette(PngChunks chunk) {
    int length = chunk.dataLength();
    if (palette != null || dataSeen || length == 0 || length % 3 != 0 || length > 3 * 256) {
      throw Refusals.broken(
          "the palette of the PNG at byte %,d has %,d bytes or is out of place",
          chunk.start(), length);
    }
    palette = cut(chunk, 3 << Math.min(8, bitDepth));
  }

  /** Returns where the data of a chunk lies, as far as it counts. */
  private static Range cut(PngChunks chunk, int most) {
    return new Range(chunk.dataStart(), chunk.dataStart() + Math.min(most, chunk.dataLength()));
  }

  private void takeData(PngChunks chunk) {
    if (dataOver) {
      throw Refusals.broken(
          "the picture data of the PNG goes on at byte %,d after another chunk", chunk.start());
    }
    if (colourType == PALETTE && palette == null) {
      throw Refusals.broken("the PNG has no palette before its picture data");
    }
    dataSeen = true;
  }

  private void takeTransparency(PngChunks chunk) {
    int wanted = colourType == GRAY ? 2 : colourType == RGB ? 6 : 1;
    if (chunk.dataLength() < wanted || chunk.dataLength() > 256) {
      throw Refusals.broken("the transparency of the PNG (tRNS) has %,d bytes", chunk.dataLength());
    }
    boolean inPlace = !dataSeen && (colourType != PALETTE || palette != null);
    if (transparency == null && inPlace && !hasOwnAlpha()) {
      int most = colourType == PALETTE && palette != null ? palette.length() / 3 : wanted;
      transparency = cut(chunk, most);
    }
  }

  /** What is longer or shorter is no gamma: neither here nor for who cleans the file. */
  private void takeGamma(PngChunks chunk) {
    if (gamma < 0 && !dataSeen && chunk.dataLength() == 4) {
      gamma = Bytes.u32be(file, chunk.dataStart());
    }
  }

  /**
   * Looks at the first only, be it damaged: a file may have one, before the picture data, and
   * unpacking thousands takes long.
   */
  private void takeProfile(PngChunks chunk) {
    if (profileAt >= 0 || dataSeen) {
      return;
    }
    profileAt = chunk.dataStart();
    byte[] unpacked = PngPacked.profile(file, chunk.data(), limits.maxProfileBytes());
    if (unpacked != null) {
      limits.checkProfile(unpacked.length);
      profile = IccProfiles.whole(unpacked);
    }
  }

  private void takeExif(PngChunks chunk) {
    takeOther(chunk);
    if (exif == null) {
      int prefix =
          Bytes.has(file, chunk.dataStart(), "Exif\0\0") && chunk.dataLength() >= 6 ? 6 : 0;
      exif = new Range(chunk.dataStart() + prefix, chunk.dataEnd());
    }
  }

  private void takeOther(PngChunks chunk) {
    if (!chunk.isAncillary()) {
      throw Refusals.unsupported(
          "the PNG needs the chunk %s, which is not known; save it as usual PNG", chunk.type());
    }
    textBytes += chunk.dataLength();
    textBytes += PngPacked.textLength(file, chunk, limits.maxTextBytes());
    limits.checkText(textBytes);
  }

  private void finish() {
    if (!dataSeen) {
      throw Refusals.broken("the PNG has no picture data");
    }
  }
}
