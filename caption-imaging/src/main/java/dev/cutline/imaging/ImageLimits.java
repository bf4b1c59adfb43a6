package dev.cutline.imaging;

import dev.cutline.ImageRejectedException;
import dev.cutline.Rejection;
import java.util.Locale;

/**
 * The largest picture that is taken. Everything is checked on the header and structure of a file,
 * before anything is decoded. Immutable.
 */
public final class ImageLimits {
  /** For reading again what has been inspected. */
  static final ImageLimits NONE =
      builder()
          .maxBytes(Long.MAX_VALUE)
          .maxPixels(Long.MAX_VALUE)
          .maxSide(65_535)
          .maxFrames(Integer.MAX_VALUE)
          .maxTotalPixels(Long.MAX_VALUE)
          .maxScans(Integer.MAX_VALUE)
          .maxTextBytes(Long.MAX_VALUE)
          .maxProfileBytes(Integer.MAX_VALUE)
          .build();

  private final long maxBytes;
  private final long maxPixels;
  private final int maxSide;
  private final int maxFrames;
  private final long maxTotalPixels;
  private final int maxScans;
  private final long maxTextBytes;
  private final int maxProfileBytes;

  private ImageLimits(Builder builder) {
    this.maxBytes = builder.maxBytes;
    this.maxPixels = builder.maxPixels;
    this.maxSide = builder.maxSide;
    this.maxFrames = builder.maxFrames;
    this.maxTotalPixels = builder.maxTotalPixels;
    this.maxScans = builder.maxScans;
    this.maxTextBytes = builder.maxTextBytes;
    this.maxProfileBytes = builder.maxProfileBytes;
  }

  /** Returns the limits that the builder starts with. */
  public static ImageLimits ofDefaults() {
    return builder().build();
  }

  /** Starts with the defaults that each setter names. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the most bytes of a file. */
  public long maxBytes() {
    return maxBytes;
  }

  /** Returns the most pixels of one frame. */
  public long maxPixels() {
    return maxPixels;
  }

  /** Returns the most pixels of one side. */
  public int maxSide() {
    return maxSide;
  }

  /** Returns the most frames of an animation. */
  public int maxFrames() {
    return maxFrames;
  }

  /** Returns the most pixels of all frames together, and of all scans of a JPEG. */
  public long maxTotalPixels() {
    return maxTotalPixels;
  }

  /** Returns the most scans of a JPEG. */
  public int maxScans() {
    return maxScans;
  }

  /** Returns the most bytes of text and other metadata, unpacked. */
  public long maxTextBytes() {
    return maxTextBytes;
  }

  /** Returns the most bytes of a colour profile, unpacked. */
  public int maxProfileBytes() {
    return maxProfileBytes;
  }

  void checkBytes(long bytes) {
    if (bytes > maxBytes) {
      throw new ImageRejectedException(
          Rejection.TOO_MANY_BYTES,
          String.format(
              Locale.ROOT,
              "the file has %,d bytes and at most %,d are taken; scale it down or save it with a lower quality",
              bytes,
              maxBytes));
    }
  }

  void checkSize(String what, long width, long height) {
    if (width < 1 || height < 1) {
      throw Refusals.broken("the %s claims a size of %,d x %,d pixels", what, width, height);
    }
    if (width > maxSide || height > maxSide) {
      throw Refusals.tooLarge(
          "the %s is %,d x %,d pixels and a side has at most %,d; scale it down",
          what, width, height, maxSide);
    }
    if (width * height > maxPixels) {
      throw Refusals.tooLarge(
          "the %s is %,d x %,d = %,d pixels and at most %,d are taken; scale it down",
          what, width, height, width * height, maxPixels);
    }
  }

  void checkFrames(long frames, long totalPixels) {
    if (frames > maxFrames) {
      throw Refusals.tooLarge(
          "the animation has %,d frames and at most %,d are taken; shorten it", frames, maxFrames);
    }
    if (totalPixels > maxTotalPixels) {
      throw Refusals.tooLarge(
          "the frames of the animation have %,d pixels together and at most %,d are taken; shorten it or scale it down",
          totalPixels, maxTotalPixels);
    }
  }

  void checkScans(int scans, long pixels) {
    if (scans > maxScans) {
      throw Refusals.tooLarge(
          "the JPEG has more than %,d scans, which only files made to harm have; save it as usual JPEG",
          maxScans);
    }
    if (scans * pixels > maxTotalPixels) {
      throw Refusals.tooLarge(
          "the JPEG has %,d scans or more of %,d pixels each and at most %,d pixels are taken; save it without"
              + " progressive coding",
          scans, pixels, maxTotalPixels);
    }
  }

  void checkText(long bytes) {
    if (bytes > maxTextBytes) {
      throw Refusals.tooLarge(
          "the text and metadata in the file unpack to more than %,d bytes; remove them",
          maxTextBytes);
    }
  }

  void checkProfile(long bytes) {
    if (bytes > maxProfileBytes) {
      throw Refusals.tooLarge(
          "the colour profile in the file has more than %,d bytes; save it as sRGB",
          maxProfileBytes);
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d bytes, %,d pixels, %,d px a side, %,d frames of %,d pixels, %d scans, %,d bytes of text, %,d of profile",
        maxBytes,
        maxPixels,
        maxSide,
        maxFrames,
        maxTotalPixels,
        maxScans,
        maxTextBytes,
        maxProfileBytes);
  }

  /** Builds {@link ImageLimits}. Not safe for several threads. */
  public static final class Builder {
    private long maxBytes = 10_485_760;
    private long maxPixels = 50_000_000;
    private int maxSide = 16_384;
    private int maxFrames = 2_000;
    private long maxTotalPixels = 1_000_000_000;
    private int maxScans = 100;
    private long maxTextBytes = 10_485_760;
    private int maxProfileBytes = 4_194_304;

    private Builder() {}

    /** Sets the most bytes of a file; default 10,485,760 (10 MiB), at least 1. */
    public Builder maxBytes(long maxBytes) {
      this.maxBytes = atLeastOne("maxBytes", maxBytes);
      return this;
    }

    /** Sets the most pixels of one frame; default 50,000,000, at least 1. */
    public Builder maxPixels(long maxPixels) {
      this.maxPixels = atLeastOne("maxPixels", maxPixels);
      return this;
    }

    /** Sets the most pixels of one side; default 16,384, between 1 and 65,535. */
    public Builder maxSide(int maxSide) {
      if (maxSide > 65_535) {
        throw new IllegalArgumentException("maxSide is at most 65535: " + maxSide);
      }
      this.maxSide = (int) atLeastOne("maxSide", maxSide);
      return this;
    }

    /**
     * Sets the most frames of an animation; default 2,000, at least 1. Only the first is ever
     * decoded.
     */
    public Builder maxFrames(int maxFrames) {
      this.maxFrames = (int) atLeastOne("maxFrames", maxFrames);
      return this;
    }

    /**
     * Sets the most pixels of all frames together, and of all scans of a JPEG, each of which costs
     * a pass over the picture; default 1,000,000,000, at least 1.
     */
    public Builder maxTotalPixels(long maxTotalPixels) {
      this.maxTotalPixels = atLeastOne("maxTotalPixels", maxTotalPixels);
      return this;
    }

    /**
     * Sets the most scans of a JPEG; default 100, at least 1. Usual progressive files have about
     * ten; a small file of thousands would keep a processor busy for minutes.
     */
    public Builder maxScans(int maxScans) {
      this.maxScans = (int) atLeastOne("maxScans", maxScans);
      return this;
    }

    /**
     * Sets the most bytes of text and other metadata, packed text counted as it unpacks; default
     * 10,485,760, at least 1. All of it is dropped anyway; the limit stops packed text that unpacks
     * to gigabytes.
     */
    public Builder maxTextBytes(long maxTextBytes) {
      this.maxTextBytes = atLeastOne("maxTextBytes", maxTextBytes);
      return this;
    }

    /** Sets the most bytes of a colour profile, unpacked; default 4,194,304 (4 MiB), at least 1. */
    public Builder maxProfileBytes(int maxProfileBytes) {
      this.maxProfileBytes = (int) atLeastOne("maxProfileBytes", maxProfileBytes);
      return this;
    }

    public ImageLimits build() {
      return new ImageLimits(this);
    }

    private static long atLeastOne(String name, long value) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " is at least 1: " + value);
      }
      return value;
    }
  }
}
