package dev.cutline.core.chain;

import dev.cutline.Attempt;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;

/**
 * Is told what a chain does, for metrics and traces. Called on the threads that do the work, by
 * many at once, so it must be short. What it throws is logged and otherwise ignored.
 */
public interface ChainListener {
  /**
   * A request has come; told on the caller's thread.
   *
   * @return is told of its course: on one thread, which is the caller's unless that does not wait,
   *     but for calls of a hedge
   */
  default OfRequest request(CaptionRequest request) {
    return OfRequest.NONE;
  }

  /** A breaker has opened, stays open after a probe, or has closed. */
  default void breaker(BreakerEvent event) {}

  /** Is told of the course of one request. */
  interface OfRequest {
    OfRequest NONE = new OfRequest() {};

    /**
     * A rung is called.
     *
     * @return is told of its end
     */
    default OfCall call(Rung rung) {
      return OfCall.NONE;
    }

    /**
     * A rung has taken longer than it usually does, so another one is asked as well. Whose answer
     * counts is told by {@link #answered}.
     */
    default void hedged(Rung slow, Rung other) {}

    /** There is an answer, new or an earlier one; its trail tells of every rung. */
    default void answered(CaptionReply reply) {}

    /** Nobody answered; the trail tells of every rung. */
    default void failed(CaptionException failure) {}
  }

  /** Is told of the end of one call. */
  @FunctionalInterface
  interface OfCall {
    OfCall NONE = attempt -> {};

    /** The call has ended, well or not, or is no longer waited for. */
    void over(Attempt attempt);
  }
}
