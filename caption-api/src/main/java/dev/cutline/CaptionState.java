package dev.cutline;

/** Whether a picture has its captions. */
public enum CaptionState {
  /** Not asked yet, or every rung failed for a reason that passes. */
  PENDING,
  /** A model or a person has written them. */
  CAPTIONED,
  /** Described by rule from the pixels; no model has seen it. */
  DESCRIBED,
  /** No rung could; the last {@link CaptionRun} says why. */
  FAILED
}
