package dev.cutline.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.ImageRejectedException;
import dev.cutline.Reason;
import dev.cutline.imaging.MemoryGate.Permit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MemoryGateTest {
  private static final long MIB = 1 << 20;

  private final MemoryGate gate = new MemoryGate(10 * MIB);

  @Test
  void whatWillNeverFitIsRefusedAtOnce() throws Exception {
    for (long tooMuch : new long[] {10 * MIB + 1, Long.MAX_VALUE}) {
      assertThatThrownBy(() -> gate.acquire(tooMuch))
          .isInstanceOfSatisfying(
              ImageRejectedException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.IMAGE_LIMIT))
          .hasMessageContaining("10 MiB")
          .hasMessageContaining("-Xmx");
    }
    gate.acquire(10 * MIB).close(); // all of it was left, and exactly all of it fits
  }

  @Test
  void workThatFailsGivesItsShareBack() throws Exception {
    assertThatThrownBy(
            () ->
                gate.during(
                    10 * MIB,
                    () -> {
                      throw new IllegalStateException("of the work");
                    }))
        .hasMessage("of the work");
    assertThat(gate.<Integer>during(10 * MIB, () -> 7)).isEqualTo(7);
  }

  @Test
  void nonsenseIsNoRefusalOfAPicture() {
    assertThatThrownBy(() -> gate.acquire(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MemoryGate(65_535)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void closingTwiceGivesBackOnce() throws Exception {
    Permit once = gate.acquire(6 * MIB);
    once.close();
    once.close();
    Permit most = gate.acquire(10 * MIB);
    Thread waiting = new Thread(() -> acquireAndClose(MIB));
    waiting.start();
    waitUntilItWaits(waiting); // had closing twice given back twice, it would not
    most.close();
    waiting.join();
  }

  @Test
  void neverMoreThanTheBudgetIsInWork() throws Exception {
    AtomicLong inWork = new AtomicLong();
    AtomicLong most = new AtomicLong();
    Thread[] threads = new Thread[8];
    for (int i = 0; i < threads.length; i++) {
      long bytes = (1 + i % 5) * MIB;
      threads[i] =
          new Thread(
              () -> {
                for (int round = 0; round < 200; round++) {
                  Permit permit = acquire(bytes);
                  most.accumulateAndGet(inWork.addAndGet(bytes), Math::max);
                  Thread.onSpinWait();
                  inWork.addAndGet(-bytes);
                  permit.close();
                }
              });
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(most.get()).isBetween(MIB, 10 * MIB);
    gate.acquire(10 * MIB).close(); // everything came back
  }

  @Test
  void whoIsInterruptedWhileWaitingTakesNothing() throws Exception {
    Permit all = gate.acquire(10 * MIB);
    CountDownLatch interrupted = new CountDownLatch(1);
    Thread waiting =
        new Thread(
            () -> {
              try {
                gate.acquire(MIB);
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
            });
    waiting.start();
    waitUntilItWaits(waiting);
    waiting.interrupt();
    interrupted.await();
    all.close();

    gate.acquire(10 * MIB).close();
  }

  @Test
  void aLargePictureIsNotStarvedBySmallOnes() throws Exception {
    Permit most = gate.acquire(9 * MIB);
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    Thread large = new Thread(() -> acquireAndNote(10 * MIB, "large", order));
    large.start();
    waitUntilItWaits(large);
    Thread small = new Thread(() -> acquireAndNote(MIB, "small", order));
    small.start();
    waitUntilItWaits(small); // although 1 MiB is free: whoever comes later waits longer
    most.close();
    large.join();
    small.join();

    assertThat(order).containsExactly("large", "small");
  }

  private void acquireAndNote(long bytes, String name, List<String> order) {
    Permit permit = acquire(bytes);
    order.add(name);
    permit.close();
  }

  private void acquireAndClose(long bytes) {
    acquire(bytes).close();
  }

  private Permit acquire(long bytes) {
    try {
      return gate.acquire(bytes);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void waitUntilItWaits(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      assertThat(thread.isAlive()).as("it waits").isTrue();
      Thread.onSpinWait();
    }
  }
}
