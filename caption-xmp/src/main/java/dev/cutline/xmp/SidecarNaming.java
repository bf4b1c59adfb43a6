package dev.cutline.xmp;

import java.net.URI;
import java.nio.file.Path;

/**
 * How a new sidecar is called. Programs disagree; a sidecar of either name that is there already is
 * used, whatever is set here.
 */
public enum SidecarNaming {
  /**
   * {@code photo.jpg.xmp}, as darktable and digiKam call them and Immich prefers them: the default,
   * because {@code photo.jpg} and {@code photo.png} then have one each.
   */
  FULL,
  /**
   * {@code photo.xmp}, as Lightroom, Camera Raw and Capture One call them. It takes {@code
   * photoshop:SidecarForExtension} with it, which tells whose it is.
   */
  STEM;

  private static final char REPLACEMENT = '\uFFFD';

  /** Returns the sidecar that a picture would have. */
  Path of(Path picture) {
    return of(picture, ".xmp");
  }

  /** Returns the sidecar that a picture would have with an extension in capitals. */
  Path inCapitals(Path picture) {
    return of(picture, ".XMP");
  }

  private Path of(Path picture, String extension) {
    String name = picture.getFileName().toString();
    if (name.indexOf(REPLACEMENT) < 0) {
      return picture.resolveSibling(base(name) + extension);
    }
    // A name of bytes that are no text: Java shows them only as an escaped URI.
    String uri = picture.toUri().toString();
    int start = uri.lastIndexOf('/') + 1;
    URI sibling = URI.create(uri.substring(0, start) + base(uri.substring(start)) + extension);
    return picture.resolveSibling(Path.of(sibling).getFileName());
  }

  private String base(String name) {
    return this == STEM ? stem(name) : name;
  }

  SidecarNaming other() {
    return this == STEM ? FULL : STEM;
  }

  /** Returns a name without its extension. A dot at its start does not begin one. */
  static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** Returns the extension of a name, without the dot; empty if it has none. */
  static String extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(dot + 1) : "";
  }
}
