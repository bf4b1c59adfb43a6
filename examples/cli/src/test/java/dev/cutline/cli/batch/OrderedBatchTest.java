package dev.cutline.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OrderedBatchTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(10);

  private final Interruption interruption = new Interruption();
  private final List<Integer> seen = new ArrayList<>();

  @Test
  void handsOutResultsInTheOrderOfTheItems() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int[] pauses = random.ints(300, 0, 200_000).toArray();
    batch(4, LONG)
        .run(
            numbers(300),
            i -> {
              LockSupport.parkNanos(pauses[i]);
              return i;
            },
            seen::add,
            result -> false);
    assertThat(seen).as("seed " + seed).isEqualTo(IntStream.range(0, 300).boxed().toList());
  }

  @Test
  void worksOnAsManyAsItMayAndNoMore() {
    AtomicInteger now = new AtomicInteger();
    List<Integer> most = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch allThere = new CountDownLatch(3);
    batch(3, LONG)
        .run(
            numbers(60),
            i -> {
              most.add(now.incrementAndGet());
              allThere.countDown();
              awaitUnchecked(allThere);
              now.decrementAndGet();
              return i;
            },
            seen::add,
            result -> false);
    assertThat(Collections.max(most)).isEqualTo(3);
    assertThat(seen).hasSize(60);
  }

  @Test
  void takesItemsOnlyAsTheWorkGoesOn() {
    CountDownLatch slow = new CountDownLatch(1);
    AtomicInteger taken = new AtomicInteger();
    Iterator<Integer> items =
        IntStream.range(0, 10_000)
            .peek(
                i -> {
                  // The first one ends only when the window behind it is as full as it gets.
                  if (taken.incrementAndGet() == 64) {
                    slow.countDown();
                  }
                })
            .boxed()
            .iterator();
    batch(2, LONG)
        .run(
            items,
            i -> {
              if (i == 0) {
                awaitUnchecked(slow);
                assertThat(taken.get()).isLessThanOrEqualTo(66);
              }
              return i;
            },
            seen::add,
            result -> false);
    assertThat(seen).hasSize(10_000);
  }

  @Test
  void beginsNothingAfterAStopAndWaitsForWhatIsAtWork() {
    CountDownLatch stopped = new CountDownLatch(1);
    List<Integer> begun = Collections.synchronizedList(new ArrayList<>());
    batch(2, LONG)
        .run(
            numbers(1_000),
            i -> {
              begun.add(i);
              if (i == 5) {
                interruption.request();
                stopped.countDown();
              } else if (i == 4) {
                awaitUnchecked(stopped);
              }
              return i;
            },
            seen::add,
            result -> false);
    assertThat(seen).contains(0, 1, 2, 3, 4, 5).hasSizeLessThan(20);
    assertThat(seen).containsAll(begun);
  }

  @Test
  void interruptsWhatIsAtWorkWhenTheGraceIsOver() {
    batch(1, SHORT)
        .run(
            numbers(10),
            i -> {
              if (i == 3) {
                interruption.request();
                awaitInterrupt();
              }
              return i;
            },
            seen::add,
            result -> false);
    assertThat(seen).containsExactly(0, 1, 2, 3);
  }

  @Test
  @Timeout(60)
  void waitsForNothingThatWasNeverBegun() {
    // Each of the thousands in the window would cost a moment that adds up to minutes.
    batch(128, SHORT)
        .run(
            numbers(10_000),
            i -> {
              interruption.request();
              awaitInterrupt();
              return i;
            },
            seen::add,
            result -> false);
    assertThat(seen).hasSizeLessThanOrEqualTo(128);
  }

  @Test
  @Timeout(60)
  void leavesAllBehindThatDoNotEndEvenThen() {
    CountDownLatch never = new CountDownLatch(1);
    batch(256, SHORT)
        .run(
            numbers(10_000),
            i -> {
              interruption.request();
              awaitStubbornly(never);
              return i;
            },
            seen::add,
            result -> false);
    never.countDown();
    assertThat(seen).isEmpty();
  }

  @Test
  void abandonsWhatDoesNotEndEvenThen() {
    CountDownLatch never = new CountDownLatch(1);
    batch(1, SHORT)
        .run(
            numbers(10),
            i -> {
              if (i == 3) {
                interruption.request();
                awaitStubbornly(never);
              }
              return i;
            },
            seen::add,
            result -> false);
    never.countDown();
    assertThat(seen).containsExactly(0, 1, 2);
  }

  @Test
  void endsAfterTheResultThatIsTheLast() {
    batch(1, LONG).run(numbers(1_000), i -> i, seen::add, result -> result == 7);
    assertThat(seen).startsWith(0, 1, 2, 3, 4, 5, 6, 7).hasSizeLessThan(1_000);
    assertThat(interruption.isRequested()).isFalse();
  }

  @Test
  void throwsWhatTheWorkThrows() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                batch(2, LONG)
                    .run(
                        numbers(10),
                        i -> {
                          if (i == 2) {
                            throw new IllegalStateException("two");
                          }
                          return i;
                        },
                        seen::add,
                        result -> false))
        .withMessage("two");
    assertThat(seen).containsExactly(0, 1);
  }

  private OrderedBatch<Integer, Integer> batch(int concurrency, Duration grace) {
    return new OrderedBatch<>(concurrency, grace, interruption);
  }

  private static Iterator<Integer> numbers(int count) {
    return IntStream.range(0, count).iterator();
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitInterrupt() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitStubbornly(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      LockSupport.parkNanos(1_000_000);
    }
  }
}
