package dev.cutline.core;

/** The forms of a picture that are stored. */
public enum Rendition {
  /** The picture as uploaded, in its own format, metadata off. */
  ORIGINAL,
  /** JPEG, at most 300 pixels on its longer side. */
  THUMBNAIL,
  /** JPEG, 200 by 200 pixels from the middle. */
  SQUARE
}
