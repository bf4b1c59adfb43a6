package dev.cutline.core;

/**
 * What a {@link CutlineListener} is told of, in the order in which an upload, a caption and a
 * deletion go through them. Each is told once the step is over, so a process that dies there has
 * done all of it and nothing of the next.
 */
public enum Step {
  /** The rate limiter let the upload pass. */
  RATE_CHECKED,
  /** The file is one of our formats and within the limits. */
  INSPECTED,
  /** The metadata is off. */
  CLEANED,
  /** Thumbnails, the rendition for the models and the perceptual hash are made. */
  RENDERED,
  /** The record stands as received, under a lease; nothing is in the image store yet. */
  RECORDED,
  ORIGINAL_STORED,
  THUMBNAIL_STORED,
  SQUARE_STORED,
  /** The upload is acknowledged: record and objects stay, whatever happens now. */
  STORED,
  /** A label detector was asked, with or without success. */
  LABELLED,
  /** The chain is about to be asked for one language. */
  CAPTIONING,
  /** The chain has answered or failed for every language, and the record says so. */
  CAPTIONED,
  /** The record is marked; the objects are still there. */
  DELETING,
  /** The objects are gone; the record is still there. */
  OBJECTS_DELETED,
  /** Objects and record are gone. */
  DELETED
}
