package dev.cutline.core.chain;

import dev.cutline.Reason;

/** What the chain does after a failure: the reason alone decides. */
enum NextStep {
  /** Ask the same rung once more after a short pause, then the next one. */
  RETRY,
  /** Ask the same rung once more with a smaller rendition, then the next one. */
  SMALLER,
  /** Leave the rung alone for the time that it named; come back if no other model is ready. */
  WAIT,
  /** Ask the next rung now. */
  NEXT,
  /** Ask nobody: it would be no better elsewhere, or nobody else is to be asked. */
  STOP;

  static NextStep after(Reason reason, Rung.OnRefused onRefused) {
    return switch (reason) {
      case INTERNAL, MALFORMED_REPLY -> RETRY;
      case IMAGE_LIMIT -> SMALLER;
      case RATE_LIMITED -> WAIT;
      case UNAVAILABLE, TIMEOUT, UNAUTHORIZED, MISCONFIGURED, BUDGET_SPENT -> NEXT;
      case REFUSED -> onRefused == Rung.OnRefused.NEXT ? NEXT : STOP;
      case INVALID_IMAGE -> STOP;
    };
  }
}
