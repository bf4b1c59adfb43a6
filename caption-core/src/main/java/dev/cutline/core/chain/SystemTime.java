package dev.cutline.core.chain;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The time of this machine. */
final class SystemTime implements Time {
  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public boolean await(CompletableFuture<?> event, Duration atMost) throws InterruptedException {
    try {
      event.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException | CancellationException e) {
      return true;
    }
  }
}
