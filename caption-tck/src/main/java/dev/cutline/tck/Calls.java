package dev.cutline.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cutline.CaptionException;
import dev.cutline.Reason;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** How calls of whatever asks somebody else have to end. Static. */
final class Calls {
  /** So long a test waits for what should come at once; only something broken lets it pass. */
  static final int PATIENCE_SECONDS = 60;

  private Calls() {}

  static void assertReason(Callable<?> call, Reason reason) {
    Throwable thrown = catchThrowable(call::call);

    assertThat(thrown).isInstanceOf(CaptionException.class);
    assertThat(((CaptionException) thrown).reason()).as(thrown.getMessage()).isEqualTo(reason);
  }

  /** Makes a call on a thread of its own, which is put into {@code caller}. */
  static CompletableFuture<Throwable> failureOf(Callable<?> call, Thread[] caller) {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    caller[0] = new Thread(() -> failure.complete(catchThrowable(call::call)));
    caller[0].start();
    return failure;
  }

  static void assertTimeout(CompletableFuture<Throwable> failure) throws Exception {
    Throwable thrown = failure.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(thrown).isInstanceOf(CaptionException.class);
    assertThat(((CaptionException) thrown).reason()).isEqualTo(Reason.TIMEOUT);
  }

  /** Makes a call with the interrupt status set, which has to end it and to be kept. */
  static void assertEndsOnAnInterrupt(Callable<?> call) {
    Thread.currentThread().interrupt();
    try {
      assertReason(call, Reason.TIMEOUT);
    } finally {
      assertThat(Thread.interrupted()).as("interrupt status").isTrue();
    }
  }

  /**
   * Does something ten times that opens, uses and closes. A library may keep threads that all of
   * its clients share, and a server that a test runs beside it starts threads when it likes: what
   * counts is that there is not one for each time.
   */
  static void assertLeavesNoThreadBehind(Callable<?> openUseAndClose) throws Exception {
    int times = 10;
    Set<Thread> before = liveThreads();
    for (int i = 0; i < times; i++) {
      openUseAndClose.call();
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    Set<Thread> left = leftSince(before);
    while (left.size() >= times && System.nanoTime() < end) {
      Thread.sleep(20);
      left = leftSince(before);
    }
    assertThat(left).hasSizeLessThan(times);
  }

  private static Set<Thread> liveThreads() {
    return new HashSet<>(Thread.getAllStackTraces().keySet());
  }

  private static Set<Thread> leftSince(Set<Thread> before) {
    Set<Thread> left = liveThreads();
    left.removeAll(before);
    return left;
  }
}
