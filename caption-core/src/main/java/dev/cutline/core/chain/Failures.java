package dev.cutline.core.chain;

import dev.cutline.CaptionException;
import dev.cutline.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a reason to what was thrown without one: it must not end the chain. */
final class Failures {
  private static final Logger log = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  static CaptionException of(Rung rung, @Nullable Throwable thrown) {
    if (thrown instanceof CaptionException failure) {
      return failure;
    }
    log.warn("{} failed without a reason", rung, thrown);
    return CaptionException.builder(reason(thrown), "failed: " + thrown).cause(thrown).build();
  }

  private static Reason reason(@Nullable Throwable thrown) {
    if (thrown instanceof LinkageError) {
      return Reason.MISCONFIGURED; // a class or native library that it needs is not there
    }
    return thrown instanceof Error ? Reason.UNAVAILABLE : Reason.INTERNAL;
  }
}
