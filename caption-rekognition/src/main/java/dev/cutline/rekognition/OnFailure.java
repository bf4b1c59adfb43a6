package dev.cutline.rekognition;

/** What becomes of a picture that moderation could not look at. */
public enum OnFailure {
  /** It is captioned, with a note of what failed. */
  OPEN,
  /** It is kept, and captioned once moderation has looked at it. */
  CLOSED
}
