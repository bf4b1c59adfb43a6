package dev.cutline.imaging;

/**
 * How a picture must be turned to stand upright: the eight values of the EXIF tag Orientation
 * (0x0112). Each says where row 0 and column 0 of the coded picture belong when it is shown.
 */
public enum Orientation {
  /** 1: as coded. */
  NORMAL(1),
  /** 2: mirrored left to right. */
  MIRRORED(2),
  /** 3: upside down. */
  ROTATED_180(3),
  /** 4: mirrored top to bottom. */
  FLIPPED(4),
  /** 5: rows and columns swapped. */
  TRANSPOSED(5),
  /** 6: to be turned 90 degrees clockwise, as a telephone held upright writes it. */
  ROTATED_90(6),
  /** 7: rows and columns swapped and turned upside down. */
  TRANSVERSED(7),
  /** 8: to be turned 90 degrees anticlockwise. */
  ROTATED_270(8);

  private static final Orientation[] BY_EXIF = values();

  private final int exifValue;

  Orientation(int exifValue) {
    this.exifValue = exifValue;
  }

  /**
   * Returns the orientation of an EXIF value; {@link #NORMAL} for anything but 1 to 8, as EXIF
   * readers do.
   */
  public static Orientation of(int exifValue) {
    return exifValue >= 1 && exifValue <= BY_EXIF.length ? BY_EXIF[exifValue - 1] : NORMAL;
  }

  /** Returns the EXIF value, 1 to 8. */
  public int exifValue() {
    return exifValue;
  }

  /** Tells whether width and height are exchanged when the picture is put upright. */
  public boolean swapsSides() {
    return exifValue >= 5;
  }
}
