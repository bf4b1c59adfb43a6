package dev.cutline.core;

import dev.cutline.ImageRecord;
import dev.cutline.StoreException;

/**
 * A picture was captioned, and the record store failed when the captions were to be written to its
 * record, also when asked again. The captions are not lost: {@link #record()} has them, and where
 * {@link #isKept()}, {@link Cutline#reconcile} writes them to the record once the store is well,
 * without asking anybody again. The picture itself is stored.
 */
public final class CaptionsNotWrittenException extends StoreException {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // nobody sends it anywhere; the record is for the caller
  private final ImageRecord record;

  private final boolean kept;

  CaptionsNotWrittenException(ImageRecord record, boolean kept, Kind kind, RuntimeException cause) {
    super(
        kind,
        "the captions of "
            + record.id()
            + " are not in its record yet ("
            + cause.getMessage()
            + "); "
            + (kept
                ? "they are kept beside the pictures, and reconcile writes them"
                : "they could not be kept beside the pictures either, so they are in this result"
                    + " only, and perhaps among the remembered answers"),
        cause);
    this.record = record;
    this.kept = kept;
  }

  /**
   * Returns the record as it is to be, with the captions; what the store has is of the same {@link
   * ImageRecord#version() version}, without them.
   */
  public ImageRecord record() {
    return record;
  }

  /** Tells whether the captions are kept where {@link Cutline#reconcile} finds them. */
  public boolean isKept() {
    return kept;
  }
}
