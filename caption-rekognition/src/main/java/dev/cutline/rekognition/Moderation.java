package dev.cutline.rekognition;

/** What becomes of a picture in which Rekognition finds what not everybody should see. */
public enum Moderation {
  /** Nobody looks for it. */
  OFF,
  /** The labels say what was found, and the picture is marked for review. */
  FLAG,
  /** The picture is refused: nobody is asked to caption it. */
  BLOCK
}
