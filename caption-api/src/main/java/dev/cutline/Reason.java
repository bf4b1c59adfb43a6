package dev.cutline;

/**
 * Why a caption could not be had. The reason, not the vendor's status, decides what the chain does
 * next.
 */
public enum Reason {
  /** Too many requests; there may be a {@linkplain CaptionException#retryAfter() time to wait}. */
  RATE_LIMITED(true),
  /** Down, overloaded, out of credit or still starting: ask somebody else now. */
  UNAVAILABLE(true),
  /** No answer in time. */
  TIMEOUT(true),
  /** The server failed on this one request: worth one more try. */
  INTERNAL(true),
  /** The key is missing, wrong or not allowed to do this. */
  UNAUTHORIZED(false),
  /** Settings that cannot work: unknown model, wrong endpoint, unsupported parameter. */
  MISCONFIGURED(false),
  /** No picture that can be decoded: bad everywhere. */
  INVALID_IMAGE(false),
  /** Beyond a limit on size, ours or one provider's; a smaller rendition may do. */
  IMAGE_LIMIT(false),
  /** The model or its filter will not describe this picture. */
  REFUSED(false),
  /** An answer that does not hold the captions asked for, even after repair. */
  MALFORMED_REPLY(false),
  /** The budget of the day or of this run is used up. */
  BUDGET_SPENT(true);

  private final boolean passing;

  Reason(boolean passing) {
    this.passing = passing;
  }

  /**
   * Tells whether waiting alone can mend it, so that a picture is worth keeping for a later try.
   */
  public boolean isPassing() {
    return passing;
  }
}
