package dev.cutline.xmp;

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

  static final String EXTENSION = ".xmp";

  /** Returns the name that a sidecar of a picture would have. */
  Path of(Path picture) {
    String name = picture.getFileName().toString();
    return picture.resolveSibling((this == STEM ? stem(name) : name) + EXTENSION);
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
