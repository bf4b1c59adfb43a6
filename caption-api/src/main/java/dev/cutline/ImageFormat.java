package dev.cutline;

import java.util.Locale;
import java.util.Optional;

/** The picture formats that Cutline takes. Recognised by content, never by name or header. */
public enum ImageFormat {
  JPEG("image/jpeg", "jpg"),
  PNG("image/png", "png"),
  GIF("image/gif", "gif"),
  WEBP("image/webp", "webp");

  private final String mediaType;
  private final String extension;

  ImageFormat(String mediaType, String extension) {
    this.mediaType = mediaType;
    this.extension = extension;
  }

  /** Returns the IANA media type, for example {@code image/jpeg}. */
  public String mediaType() {
    return mediaType;
  }

  /** Returns the usual file name extension without a dot, for example {@code jpg}. */
  public String extension() {
    return extension;
  }

  /**
   * Returns the format of a media type, parameters and case ignored, or nothing if we do not take
   * it.
   */
  public static Optional<ImageFormat> ofMediaType(String mediaType) {
    String bare = mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    for (ImageFormat format : values()) {
      if (format.mediaType.equals(bare)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
