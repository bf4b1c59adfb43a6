package dev.cutline.imaging;

import org.jspecify.annotations.Nullable;

/**
 * What the chunks of a WebP say, its coded pictures apart. Reading it is one walk over the file.
 */
final class WebpStructure {
  static final int FLAG_ANIMATION = 0x02;
  static final int FLAG_XMP = 0x04;
  static final int FLAG_EXIF = 0x08;
  static final int FLAG_ALPHA = 0x10;
  static final int FLAG_PROFILE = 0x20;

  /** Bytes of a frame (ANMF) before its chunks. */
  static final int FRAME_HEADER = 16;

  private static final int FILE_HEADER = 12;

  private final byte[] file;
  private final ImageLimits limits;
  private boolean extended;
  private int flags;
  private int width;
  private int height;
  private int frames;
  private long framePixels;
  private long textBytes;
  private @Nullable Range profile;
  private @Nullable Range exif;
  private @Nullable WebpFrame firstFrame;

  private WebpStructure(byte[] file, ImageLimits limits) {
    this.file = file;
    this.limits = limits;
  }

  /**
   * Reads the structure of a file that starts with RIFF and WEBP.
   *
   * @throws dev.cutline.ImageRejectedException if it is broken, of an unsupported coding, or beyond
   *     a limit
   */
  static WebpStructure read(byte[] file, ImageLimits limits) {
    WebpStructure structure = new WebpStructure(file, limits);
    structure.takeFile();
    return structure;
  }

  /**
   * Returns where the chunks of the file lie: behind its header, up to the end that this states.
   */
  static Range chunks(byte[] file) {
    return new Range(FILE_HEADER, (int) (8 + Bytes.u32le(file, 4)));
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /**
   * Tells whether the file has the header VP8X, without which there is no metadata, profile or
   * animation.
   */
  boolean isExtended() {
    return extended;
  }

  int flags() {
    return flags;
  }

  boolean isAnimated() {
    return (flags & FLAG_ANIMATION) != 0;
  }

  int frames() {
    return frames;
  }

  WebpFrame firstFrame() {
    if (firstFrame == null) {
      throw new IllegalStateException("not read yet");
    }
    return firstFrame;
  }

  boolean hasAlpha() {
    WebpFrame frame = firstFrame();
    return frame.alpha() || frame.width() < width || frame.height() < height;
  }

  /** Returns where the profile lies, or null. */
  @Nullable Range profile() {
    return profile;
  }

  Orientation orientation() {
    return exif == null ? Orientation.NORMAL : new Exif(file, exif).orientation();
  }

  @Nullable Range exif() {
    return exif;
  }

  private void takeFile() {
    long claimed = 8 + Bytes.u32le(file, 4);
    if (claimed > file.length) {
      throw Refusals.cutOff("the WebP claims %,d bytes and the file has %,d", claimed, file.length);
    }
    if (claimed < FILE_HEADER + RiffChunks.HEADER) {
      throw Refusals.broken("the WebP claims %,d bytes", claimed);
    }
    RiffChunks chunks = new RiffChunks(file, chunks(file));
    chunks.next();
    if (chunks.name().equals("VP8X")) {
      takeExtendedHeader(chunks);
      takeExtended(chunks);
    } else {
      takeStill(chunks, null);
    }
    if (firstFrame == null) {
      throw Refusals.broken("the WebP has no picture data");
    }
  }

  private void takeExtendedHeader(RiffChunks chunk) {
    if (chunk.dataLength() < 10) {
      throw Refusals.broken(
          "the header of the WebP (VP8X) has %,d bytes and should have 10", chunk.dataLength());
    }
    extended = true;
    flags = Bytes.u8(file, chunk.dataStart());
    width = 1 + Bytes.u24le(file, chunk.dataStart() + 4);
    height = 1 + Bytes.u24le(file, chunk.dataStart() + 7);
    limits.checkSize("WebP", width, height);
  }

  private void takeExtended(RiffChunks chunks) {
    Range alpha = null;
    while (chunks.next()) {
      switch (chunks.name()) {
        case "VP8 ", "VP8L" -> takeStill(chunks, alpha);
        case "ALPH" -> alpha = chunks.data();
        case "ANMF" -> takeFrame(chunks);
        case "ICCP" -> takeProfile(chunks);
        case "EXIF" -> takeExif(chunks);
        case "ANIM" -> {
          // background and loop count
        }
        default -> takeText(chunks);
      }
    }
  }

  private void takeProfile(RiffChunks chunk) {
    limits.checkProfile(chunk.dataLength());
    int length = profile == null ? IccProfiles.length(file, chunk.data()) : -1;
    if (length >= 0) {
      profile = new Range(chunk.dataStart(), chunk.dataStart() + length);
    }
  }

  private void takeExif(RiffChunks chunk) {
    takeText(chunk);
    if (exif == null) {
      int prefix =
          chunk.dataLength() >= 6 && Bytes.has(file, chunk.dataStart(), "Exif\0\0") ? 6 : 0;
      exif = new Range(chunk.dataStart() + prefix, chunk.data().to());
    }
  }

  private void takeText(RiffChunks chunk) {
    textBytes += chunk.dataLength();
    limits.checkText(textBytes);
  }

  private void takeStill(RiffChunks chunk, @Nullable Range alpha) {
    if (isAnimated()) {
      throw Refusals.broken(
          "the WebP says that it is animated and has a picture outside of its frames");
    }
    if (firstFrame != null) {
      throw Refusals.broken("the WebP has a second picture at byte %,d", chunk.dataStart());
    }
    WebpFrame frame = picture(0, 0, chunk, alpha);
    if (!extended) {
      width = frame.width();
      height = frame.height();
    } else if (frame.width() != width || frame.height() != height) {
      throw Refusals.broken(
          "the WebP claims %d x %d pixels and its picture has %d x %d",
          width, height, frame.width(), frame.height());
    }
    firstFrame = frame;
    frames = 1;
  }

  private void takeFrame(RiffChunks chunk) {
    if (!isAnimated()) {
      throw Refusals.broken("the WebP has frames and does not say that it is animated");
    }
    if (chunk.dataLength() < FRAME_HEADER) {
      throw Refusals.broken("frame %,d of the WebP has %,d bytes", frames + 1, chunk.dataLength());
    }
    int at = chunk.dataStart();
    int left = 2 * Bytes.u24le(file, at);
    int top = 2 * Bytes.u24le(file, at + 3);
    int frameWidth = 1 + Bytes.u24le(file, at + 6);
    int frameHeight = 1 + Bytes.u24le(file, at + 9);
    frames++;
    if (left + frameWidth > width || top + frameHeight > height) {
      throw Refusals.broken(
          "frame %,d of the WebP (%,d x %,d pixels at %,d, %,d) lies outside of its canvas of %,d x %,d pixels",
          frames, frameWidth, frameHeight, left, top, width, height);
    }
    framePixels += (long) frameWidth * frameHeight;
    limits.checkFrames(frames, framePixels);
    WebpFrame frame = pictureOfFrame(left, top, new Range(at + FRAME_HEADER, chunk.data().to()));
    if (frame.width() != frameWidth || frame.height() != frameHeight) {
      throw Refusals.broken(
          "frame %,d of the WebP claims %d x %d pixels and has %d x %d",
          frames, frameWidth, frameHeight, frame.width(), frame.height());
    }
    if (firstFrame == null) {
      firstFrame = frame;
    }
  }

  private WebpFrame pictureOfFrame(int left, int top, Range range) {
    RiffChunks chunks = new RiffChunks(file, range);
    Range alpha = null;
    while (chunks.next()) {
      switch (chunks.name()) {
        case "ALPH" -> alpha = chunks.data();
        case "VP8 ", "VP8L" -> {
          return picture(left, top, chunks, alpha);
        }
        default -> takeText(chunks);
      }
    }
    throw Refusals.broken("frame %,d of the WebP has no picture data", frames);
  }

  private WebpFrame picture(int left, int top, RiffChunks chunk, @Nullable Range alpha) {
    return switch (chunk.name()) {
      case "VP8 " -> lossy(left, top, chunk, alpha);
      case "VP8L" -> lossless(left, top, chunk);
      default ->
          throw Refusals.broken(
              "the WebP starts with the chunk '%s'", chunk.name().replaceAll("\\P{Print}", "?"));
    };
  }

  private WebpFrame lossy(int left, int top, RiffChunks chunk, @Nullable Range alpha) {
    int at = chunk.dataStart();
    if (chunk.dataLength() < 10 || !Bytes.has(file, at + 3, "\u009d\u0001*")) {
      throw Refusals.broken("the lossy picture of the WebP at byte %,d has no start mark", at);
    }
    int tag = Bytes.u24le(file, at);
    if ((tag & 1) != 0) {
      throw Refusals.broken("the picture of the WebP at byte %,d is no key frame", at);
    }
    if (tag >> 5 > chunk.dataLength() - 10) {
      throw Refusals.broken(
          "the first part of the WebP picture claims %,d bytes and has %,d",
          tag >> 5, chunk.dataLength() - 10);
    }
    int pictureWidth = Bytes.u16le(file, at + 6) & 0x3FFF;
    int pictureHeight = Bytes.u16le(file, at + 8) & 0x3FFF;
    limits.checkSize("WebP", pictureWidth, pictureHeight);
    return new WebpFrame(
        left, top, pictureWidth, pictureHeight, false, alpha != null, chunk.data(), alpha);
  }

  private WebpFrame lossless(int left, int top, RiffChunks chunk) {
    int at = chunk.dataStart();
    if (chunk.dataLength() < 5 || Bytes.u8(file, at) != 0x2F) {
      throw Refusals.broken("the lossless picture of the WebP at byte %,d has no start mark", at);
    }
    long header = Bytes.u32le(file, at + 1);
    int pictureWidth = 1 + (int) (header & 0x3FFF);
    int pictureHeight = 1 + (int) (header >> 14 & 0x3FFF);
    boolean alpha = (header >> 28 & 1) != 0;
    if (header >> 29 != 0) {
      throw Refusals.unsupported(
          "the WebP uses version %d of lossless coding, which does not exist yet; save it again",
          header >> 29);
    }
    limits.checkSize("WebP", pictureWidth, pictureHeight);
    return new WebpFrame(left, top, pictureWidth, pictureHeight, true, alpha, chunk.data(), null);
  }
}
