package dev.cutline.cli.output;

/** What became of a picture, as a JSON line tells it. */
public enum Status {
  /** A model or a person has written the captions. */
  CAPTIONED,
  /** Described by rule from the pixels; no model has seen it. */
  DESCRIBED,
  /** Stored, and nobody was asked yet. */
  PENDING,
  /** Stored, but nobody could caption it. */
  FAILED,
  /** Refused before anything of it was stored. */
  REJECTED
}
