package dev.cutline.imaging;

import dev.cutline.ImageFormat;

/**
 * What the header and structure of a picture say. Comes from {@link ImageInspector}; nothing has
 * been decoded yet. Immutable.
 */
public final class ImageInfo {
  private final ImageFormat format;
  private final int width;
  private final int height;
  private final Orientation orientation;
  private final int frames;
  private final int bitDepth;
  private final ColourModel colour;
  private final boolean alpha;
  private final boolean colourProfile;
  private final boolean progressive;
  private final int scans;
  private final long decodeMemory;

  private ImageInfo(Builder builder) {
    this.format = builder.format;
    this.width = builder.width;
    this.height = builder.height;
    this.orientation = builder.orientation;
    this.frames = builder.frames;
    this.bitDepth = builder.bitDepth;
    this.colour = builder.colour;
    this.alpha = builder.alpha;
    this.colourProfile = builder.colourProfile;
    this.progressive = builder.progressive;
    this.scans = builder.scans;
    this.decodeMemory = builder.decodeMemory;
  }

  static Builder builder(ImageFormat format, int width, int height) {
    return new Builder(format, width, height);
  }

  /** Returns the format by content, whatever the file is called. */
  public ImageFormat format() {
    return format;
  }

  /**
   * Returns the width in pixels as coded, before the orientation is applied; of an animation, of
   * its canvas.
   */
  public int width() {
    return width;
  }

  /**
   * Returns the height in pixels as coded, before the orientation is applied; of an animation, of
   * its canvas.
   */
  public int height() {
    return height;
  }

  /** Returns how the picture must be turned to stand upright. */
  public Orientation orientation() {
    return orientation;
  }

  /** Returns the width in pixels of the upright picture. */
  public int uprightWidth() {
    return orientation.swapsSides() ? height : width;
  }

  /** Returns the height in pixels of the upright picture. */
  public int uprightHeight() {
    return orientation.swapsSides() ? width : height;
  }

  /** Returns the number of frames; 1 for a still picture. */
  public int frames() {
    return frames;
  }

  /** Returns the bits of a sample: 1, 2, 4, 8 or 16; of a palette, those of an index. */
  public int bitDepth() {
    return bitDepth;
  }

  /** Returns what the samples mean. */
  public ColourModel colour() {
    return colour;
  }

  /** Tells whether pixels of the first frame may be transparent. */
  public boolean hasAlpha() {
    return alpha;
  }

  /** Tells whether the file holds a colour profile (ICC) that is whole. */
  public boolean hasColourProfile() {
    return colourProfile;
  }

  /** Tells whether the picture is coded in passes: progressive JPEG, interlaced PNG or GIF. */
  public boolean isProgressive() {
    return progressive;
  }

  /** Returns the number of scans of a JPEG, 1 for other formats. */
  public int scans() {
    return scans;
  }

  /**
   * Returns an upper bound of the memory in bytes that it takes to decode and render this picture,
   * besides the file itself: what {@link MemoryGate} admits by. Memory that a native decoder takes
   * outside of the heap is counted too.
   */
  public long decodeMemory() {
    return decodeMemory;
  }

  @Override
  public String toString() {
    return format
        + " "
        + width
        + "x"
        + height
        + ", "
        + bitDepth
        + " bit "
        + colour
        + (alpha ? " with alpha" : "")
        + (frames > 1 ? ", " + frames + " frames" : "")
        + (orientation == Orientation.NORMAL ? "" : ", orientation " + orientation.exifValue());
  }

  /** Collects what a reader of one format finds. */
  static final class Builder {
    private final ImageFormat format;
    private final int width;
    private final int height;
    private Orientation orientation = Orientation.NORMAL;
    private int frames = 1;
    private int bitDepth = 8;
    private ColourModel colour = ColourModel.RGB;
    private boolean alpha;
    private boolean colourProfile;
    private boolean progressive;
    private int scans = 1;
    private long decodeMemory;

    private Builder(ImageFormat format, int width, int height) {
      this.format = format;
      this.width = width;
      this.height = height;
    }

    Builder orientation(Orientation orientation) {
      this.orientation = orientation;
      return this;
    }

    Builder frames(int frames) {
      this.frames = frames;
      return this;
    }

    Builder bitDepth(int bitDepth) {
      this.bitDepth = bitDepth;
      return this;
    }

    Builder colour(ColourModel colour) {
      this.colour = colour;
      return this;
    }

    Builder alpha(boolean alpha) {
      this.alpha = alpha;
      return this;
    }

    Builder colourProfile(boolean colourProfile) {
      this.colourProfile = colourProfile;
      return this;
    }

    Builder progressive(boolean progressive) {
      this.progressive = progressive;
      return this;
    }

    Builder scans(int scans) {
      this.scans = scans;
      return this;
    }

    Builder decodeMemory(long decodeMemory) {
      this.decodeMemory = decodeMemory;
      return this;
    }

    ImageInfo build() {
      return new ImageInfo(this);
    }
  }
}
