package dev.cutline.core;

import dev.cutline.ImageFormat;
import dev.cutline.spi.OwnerKey;

/** The keys under which the objects of a picture lie in every image store. */
public final class ObjectKeys {
  private static final String ROOT = "images/";

  /** What the keys of captions start with that wait for their record. */
  static final String UNWRITTEN = "unwritten/";

  private ObjectKeys() {}

  /**
   * Returns what the keys of all pictures of an owner start with, for example {@code
   * images/alice/}.
   */
  public static String ofOwner(String owner) {
    return ROOT + OwnerKey.of(owner) + "/";
  }

  /** Returns what the keys of one picture start with, for example {@code images/alice/0190…/}. */
  public static String ofImage(String owner, String imageId) {
    return ofOwner(owner) + imageId + "/";
  }

  /**
   * Returns the key of a rendition: {@code original.{ext}}, {@code thumbnail.jpg} or {@code
   * thumbnail-200.jpg} under {@link #ofImage}.
   *
   * @param format of the original
   */
  public static String of(String owner, String imageId, Rendition rendition, ImageFormat format) {
    return ofImage(owner, imageId) + name(rendition, format);
  }

  /** Returns what the keys of captions start with that wait for an owner's records. */
  static String ofUnwritten(String owner) {
    return UNWRITTEN + OwnerKey.of(owner) + "/";
  }

  private static String name(Rendition rendition, ImageFormat format) {
    return switch (rendition) {
      case ORIGINAL -> "original." + format.extension();
      case THUMBNAIL -> "thumbnail.jpg";
      case SQUARE -> "thumbnail-200.jpg";
    };
  }
}
