package dev.cutline.benchmarks.failover;

import dev.cutline.benchmarks.failover.Behaviour.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What the mock server knows of one of its rungs: what to do when, and when it was called.
 * Thread-safe.
 */
final class MockRung {
  private static final int FIRST_CAPACITY = 1024;

  private final Random random = new Random(1);
  private List<Phase> phases = List.of(Phase.fromNowOn(Behaviour.of(Kind.HANG)));
  private long startNanos = System.nanoTime();
  private long[] calls = new long[FIRST_CAPACITY];
  private int count;

  /** Starts the first of these phases now, and forgets the calls so far. */
  synchronized void program(List<Phase> phases) {
    if (phases.isEmpty()) {
      throw new IllegalArgumentException("no phase");
    }
    this.phases = List.copyOf(phases);
    startNanos = System.nanoTime();
    // Each contender meets the same latencies.
    random.setSeed(1);
    count = 0;
  }

  /** Notes a call and returns what to do with it. */
  synchronized Decision call() {
    if (count == calls.length) {
      calls = Arrays.copyOf(calls, 2 * count);
    }
    calls[count++] = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    Behaviour behaviour = current();
    return new Decision(behaviour, behaviour.latency().next(random));
  }

  /** Returns when it was called since it was programmed: microseconds since 1970. */
  synchronized long[] calls() {
    return Arrays.copyOf(calls, count);
  }

  private Behaviour current() {
    long since = Duration.ofNanos(System.nanoTime() - startNanos).toMillis();
    for (Phase phase : phases) {
      if (phase.millis() == null || since < phase.millis()) {
        return phase.behaviour();
      }
      since -= phase.millis();
    }
    return phases.get(phases.size() - 1).behaviour();
  }

  /**
   * What to do with one call.
   *
   * @param after how long to wait before that
   */
  record Decision(Behaviour behaviour, Duration after) {}
}
