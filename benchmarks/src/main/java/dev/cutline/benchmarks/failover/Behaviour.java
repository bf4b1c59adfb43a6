package dev.cutline.benchmarks.failover;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a rung of the mock server does with a call.
 *
 * @param kind what
 * @param status of {@link Kind#STATUS}; 200 otherwise
 * @param retryAfterSeconds of {@link Kind#STATUS}; null: no such header
 * @param latency before it does anything
 */
record Behaviour(Kind kind, int status, @Nullable Integer retryAfterSeconds, Latency latency) {
  /** Ways of a server to answer, and not to. */
  enum Kind {
    /** A chat completion with good captions. */
    ANSWER,
    /** An HTTP status with an error in JSON. */
    STATUS,
    /** Nothing, for as long as the client waits. */
    HANG,
    /** A good answer, a few bytes at a time: nearly 20 s for all of it. */
    DRIP,
    /** The connection is reset. */
    RESET,
    /** 200, and a body that is no JSON. */
    GARBAGE,
    /** 200, and a body that ends in the middle of the JSON of the completion. */
    HALF_BODY,
    /** A whole chat completion whose captions are cut off in the middle. */
    HALF_CAPTION
  }

  static Behaviour answer(Latency latency) {
    return new Behaviour(Kind.ANSWER, 200, null, latency);
  }

  static Behaviour answer(Duration latency) {
    return answer(Latency.fixed(latency));
  }

  static Behaviour status(int status) {
    return new Behaviour(Kind.STATUS, status, null, Latency.NONE);
  }

  static Behaviour retryAfter(int status, int seconds) {
    return new Behaviour(Kind.STATUS, status, seconds, Latency.NONE);
  }

  /** Any kind but {@link Kind#STATUS}, at once. */
  static Behaviour of(Kind kind) {
    return new Behaviour(kind, 200, null, Latency.NONE);
  }
}
