package dev.cutline.httptest;

import dev.cutline.Reason;

/** What a server can say besides a good answer, and what it usually means. */
public enum Situation {
  /** The model or a filter will not describe the picture. */
  REFUSED(Reason.REFUSED),
  /** The answer was cut off because it had used up its tokens. */
  TRUNCATED(Reason.MALFORMED_REPLY),
  /** The key is wrong. */
  WRONG_KEY(Reason.UNAUTHORIZED),
  /** The key is right and may not do this. */
  FORBIDDEN(Reason.UNAUTHORIZED),
  /** There is no such model. */
  UNKNOWN_MODEL(Reason.MISCONFIGURED),
  /** A parameter that the server does not take. */
  WRONG_PARAMETER(Reason.MISCONFIGURED),
  /** Too many requests; the answer tells how long to wait. */
  RATE_LIMITED_WITH_HINT(Reason.RATE_LIMITED),
  /** Too many requests; the answer does not tell how long to wait. */
  RATE_LIMITED(Reason.RATE_LIMITED),
  /** No money left. */
  OUT_OF_CREDIT(Reason.UNAVAILABLE),
  /** The server failed on this request. */
  SERVER_ERROR(Reason.INTERNAL),
  /** The server is down, overloaded or starting. */
  OVERLOADED(Reason.UNAVAILABLE),
  /** The server cannot decode the picture. */
  INVALID_IMAGE(Reason.INVALID_IMAGE),
  /** The picture is beyond a limit of this server. */
  IMAGE_LIMIT(Reason.IMAGE_LIMIT);

  private final Reason usualReason;

  Situation(Reason usualReason) {
    this.usualReason = usualReason;
  }

  /** Returns what it means unless the vendor's {@link Answer} says otherwise. */
  public Reason usualReason() {
    return usualReason;
  }
}
