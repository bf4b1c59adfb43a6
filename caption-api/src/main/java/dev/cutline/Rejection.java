package dev.cutline;

/** What is wrong with a file that is refused before it is stored. */
public enum Rejection {
  /** More bytes than allowed. */
  TOO_MANY_BYTES(Reason.IMAGE_LIMIT),
  /**
   * More pixels, a longer side, more frames, scans or metadata than allowed; the message says
   * which.
   */
  TOO_LARGE(Reason.IMAGE_LIMIT),
  /** More memory to decode than there is. */
  TOO_MUCH_MEMORY(Reason.IMAGE_LIMIT),
  /** Not a picture, or one of a format that we do not take. */
  NOT_AN_IMAGE(Reason.INVALID_IMAGE),
  /** A picture of a coding that we cannot decode, for example arithmetic-coded JPEG. */
  UNSUPPORTED_CODING(Reason.INVALID_IMAGE),
  /** Cut off, wrong checksum, or otherwise damaged. */
  BROKEN(Reason.INVALID_IMAGE);

  private final Reason reason;

  Rejection(Reason reason) {
    this.reason = reason;
  }

  /** Returns the reason under which it is reported. */
  public Reason reason() {
    return reason;
  }
}
