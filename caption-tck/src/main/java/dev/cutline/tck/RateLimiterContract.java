package dev.cutline.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.RateLimiter;
import dev.cutline.RateLimiter.Decision;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RateLimiter} has to do. Extend it beside the limiter and implement {@link
 * #open}.
 *
 * <p>Random tests name their seed when they fail; the system property {@code cutline.tck.seed}
 * repeats it.
 */
public abstract class RateLimiterContract {
  private static final Duration HOUR = Duration.ofHours(1);

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));
  private final Deque<RateLimiter> opened = new ArrayDeque<>();

  /**
   * Returns a new limiter with full buckets that shares nothing with those before it. The contract
   * closes it.
   *
   * @param requests the size of a bucket
   * @param period in which an empty bucket fills evenly
   * @param clock what the limiter takes for the time
   */
  protected abstract RateLimiter open(long requests, Duration period, InstantSource clock)
      throws Exception;

  /**
   * Returns another instance on the buckets of {@code limiter}, with the same size, period and
   * clock, as another process would have it, or {@code limiter} itself where buckets live in the
   * instance. The contract closes it.
   */
  protected RateLimiter again(RateLimiter limiter) throws Exception {
    return limiter;
  }

  @AfterEach
  public void closeLimiters() {
    opened.forEach(RateLimiter::close);
  }

  @Test
  public void aFullBucketLetsItsSizePassAtOnce() throws Exception {
    RateLimiter limiter = limiter(60, HOUR);
    for (int left = 59; left >= 0; left--) {
      assertThat(limiter.tryAcquire("alice")).isEqualTo(allowed(60, left));
    }
    assertThat(limiter.tryAcquire("alice")).isEqualTo(refused(60, Duration.ofMinutes(1)));
  }

  @Test
  public void tellsHowLongUntilTheNextToken() throws Exception {
    RateLimiter limiter = limiter(2, Duration.ofSeconds(10));
    limiter.tryAcquire("alice");
    pass(Duration.ofSeconds(1));
    limiter.tryAcquire("alice");

    assertThat(limiter.tryAcquire("alice")).isEqualTo(refused(2, Duration.ofSeconds(4)));
    pass(Duration.ofSeconds(3));
    assertThat(limiter.tryAcquire("alice")).isEqualTo(refused(2, Duration.ofSeconds(1)));
    pass(Duration.ofMillis(999));
    assertThat(limiter.tryAcquire("alice")).isEqualTo(refused(2, Duration.ofMillis(1)));
    pass(Duration.ofMillis(1));
    assertThat(limiter.tryAcquire("alice")).isEqualTo(allowed(2, 0));
  }

  @Test
  public void whoWaitsAsToldIsServed() throws Exception {
    for (long requests : new long[] {1, 3, 7, 60, 1000}) {
      RateLimiter limiter = limiter(requests, HOUR);
      drain(limiter, "alice", requests);
      for (int i = 0; i < 5; i++) {
        Decision refused = limiter.tryAcquire("alice");
        assertThat(refused.allowed()).isFalse();
        assertThat(refused.retryAfter()).isPositive().isLessThanOrEqualTo(HOUR);
        pass(refused.retryAfter());
        assertThat(limiter.tryAcquire("alice").allowed()).isTrue();
      }
    }
  }

  @Test
  public void refillsEvenlyAndNeverBeyondItsSize() throws Exception {
    RateLimiter limiter = limiter(60, HOUR);
    drain(limiter, "alice", 60);

    pass(Duration.ofMinutes(30));
    drain(limiter, "alice", 30);
    assertThat(limiter.tryAcquire("alice").allowed()).isFalse();

    pass(Duration.ofDays(365));
    drain(limiter, "alice", 60);
    assertThat(limiter.tryAcquire("alice").allowed()).isFalse();
  }

  @Test
  public void refusalsCostNothing() throws Exception {
    RateLimiter limiter = limiter(1, Duration.ofSeconds(10));
    drain(limiter, "alice", 1);
    for (int i = 0; i < 9; i++) {
      pass(Duration.ofSeconds(1));
      assertThat(limiter.tryAcquire("alice").allowed()).isFalse();
    }
    pass(Duration.ofSeconds(1));
    assertThat(limiter.tryAcquire("alice").allowed()).isTrue();
  }

  @Test
  public void askingOftenLosesNoFractionOfAToken() throws Exception {
    RateLimiter limiter = limiter(7, HOUR);
    drain(limiter, "alice", 7);
    int served = 0;
    for (int i = 0; i < 3_600; i++) {
      pass(Duration.ofSeconds(1));
      if (limiter.tryAcquire("alice").allowed()) {
        served++;
      }
    }
    assertThat(served).isEqualTo(7);
  }

  @Test
  public void keysAreApart() throws Exception {
    RateLimiter limiter = limiter(1, HOUR);
    for (String key : Samples.OWNERS) {
      assertThat(limiter.tryAcquire(key)).as(key).isEqualTo(allowed(1, 0));
    }
    for (String key : Samples.OWNERS) {
      assertThat(limiter.tryAcquire(key)).as(key).isEqualTo(refused(1, HOUR));
    }
  }

  @Test
  public void aClockThatIsSetBackGivesNothingAway() throws Exception {
    RateLimiter limiter = limiter(2, Duration.ofSeconds(10));
    drain(limiter, "alice", 2);
    pass(Duration.ofSeconds(-100));
    for (int i = 0; i < 5; i++) {
      assertThat(limiter.tryAcquire("alice").allowed()).isFalse();
    }
  }

  @Test
  public void exactlyItsSizePassesHoweverManyAsk() throws Exception {
    RateLimiter first = limiter(60, HOUR);
    RateLimiter[] limiters = {first, another(first)};
    List<List<Decision>> decisions =
        Contenders.run(
            8,
            i ->
                () -> {
                  List<Decision> mine = new ArrayList<>();
                  for (int n = 0; n < 15; n++) {
                    mine.add(limiters[i % 2].tryAcquire("alice"));
                  }
                  return mine;
                });

    List<Decision> allowed =
        decisions.stream().flatMap(List::stream).filter(Decision::allowed).toList();
    assertThat(allowed).hasSize(60);
    assertThat(allowed).extracting(Decision::remaining).doesNotHaveDuplicates();
  }

  @Test
  public void aThousandThreadsGetExactlyWhatIsPermitted() throws Exception {
    RateLimiter first = limiter(60, HOUR);
    RateLimiter[] limiters = {first, another(first)};
    assertThat(remainingOfThoseLetThrough(limiters)).isEqualTo(downFrom(60));
    assertThat(remainingOfThoseLetThrough(limiters)).as("while no time passes").isEmpty();
    pass(Duration.ofSeconds(17 * 60 + 59));
    assertThat(remainingOfThoseLetThrough(limiters)).as("17 and a bit").isEqualTo(downFrom(17));
    pass(Duration.ofSeconds(1));
    assertThat(remainingOfThoseLetThrough(limiters)).as("the bit").isEqualTo(downFrom(1));
    pass(Duration.ofDays(2));
    assertThat(remainingOfThoseLetThrough(limiters)).as("no more than fit").isEqualTo(downFrom(60));
  }

  /** Lets a thousand threads ask at once. */
  private static List<Long> remainingOfThoseLetThrough(RateLimiter[] limiters) throws Exception {
    return Contenders.run(1_000, i -> () -> limiters[i % limiters.length].tryAcquire("alice"))
        .stream()
        .filter(Decision::allowed)
        .map(Decision::remaining)
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  private static List<Long> downFrom(long tokens) {
    return LongStream.rangeClosed(1, tokens).mapToObj(i -> tokens - i).toList();
  }

  @Test
  public void countsAsANaiveBucketDoes() {
    Seeds.run(
        random -> {
          long requests = 1L + random.nextInt(20);
          // a token a whole number of milliseconds, so that the naive bucket is exact
          long interval = 1L + random.nextInt(1000);
          RateLimiter limiter = limiter(requests, Duration.ofMillis(requests * interval));
          long milliseconds = requests * interval;
          for (int i = 0; i < 300; i++) {
            long step = random.nextInt(3) == 0 ? random.nextInt((int) interval * 3) : 0;
            pass(Duration.ofMillis(step));
            milliseconds = Math.min(requests * interval, milliseconds + step);
            Decision decision = limiter.tryAcquire("alice");
            if (milliseconds >= interval) {
              milliseconds -= interval;
              assertThat(decision).isEqualTo(allowed(requests, milliseconds / interval));
            } else {
              assertThat(decision)
                  .isEqualTo(refused(requests, Duration.ofMillis(interval - milliseconds)));
            }
          }
        });
  }

  @Test
  public void closingTwiceDoesNothing() throws Exception {
    RateLimiter limiter = limiter(1, HOUR);
    limiter.close();
    limiter.close();
  }

  private RateLimiter limiter(long requests, Duration period) throws Exception {
    RateLimiter limiter = open(requests, period, now::get);
    opened.push(limiter);
    return limiter;
  }

  private RateLimiter another(RateLimiter limiter) throws Exception {
    RateLimiter another = again(limiter);
    opened.push(another);
    return another;
  }

  private void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  private static void drain(RateLimiter limiter, String key, long tokens) {
    for (long i = 0; i < tokens; i++) {
      assertThat(limiter.tryAcquire(key).allowed()).isTrue();
    }
  }

  private static Decision allowed(long limit, long remaining) {
    return new Decision(true, limit, remaining, Duration.ZERO);
  }

  private static Decision refused(long limit, Duration retryAfter) {
    return new Decision(false, limit, 0, retryAfter);
  }
}
