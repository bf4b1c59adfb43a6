package dev.cutline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {
  /** The clock may stand anywhere, also just before it wraps around. */
  @ParameterizedTest
  @ValueSource(longs = {0, -5, Long.MAX_VALUE - 10, Long.MIN_VALUE})
  void counts(long start) {
    AtomicLong clock = new AtomicLong(start);
    Deadline deadline = Deadline.after(Duration.ofNanos(100), clock::get);

    assertThat(deadline.remaining()).isEqualTo(Duration.ofNanos(100));
    clock.addAndGet(99);
    assertThat(deadline.remaining()).isEqualTo(Duration.ofNanos(1));
    assertThat(deadline.hasPassed()).isFalse();
    clock.addAndGet(1);
    assertThat(deadline.hasPassed()).isTrue();
    clock.addAndGet(50);
    assertThat(deadline.remaining()).isEqualTo(Duration.ZERO);
    assertThat(deadline).hasToString("in PT0S");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE - 10})
  void isTheEarlierOfTwo(long start) {
    AtomicLong clock = new AtomicLong(start);
    Deadline deadline = Deadline.after(Duration.ofSeconds(10), clock::get);

    assertThat(deadline.atMost(Duration.ofSeconds(3)).remaining()).isEqualTo(Duration.ofSeconds(3));
    assertThat(deadline.atMost(Duration.ofSeconds(30))).isSameAs(deadline);
    assertThat(deadline.atMost(Duration.ZERO).hasPassed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE - 10})
  void bearsTimesOfAnyLength(long start) {
    AtomicLong clock = new AtomicLong(start);
    Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);

    assertThat(Deadline.after(forEver, clock::get).remaining())
        .isGreaterThan(Duration.ofDays(9999));
    assertThat(Deadline.after(forEver.negated(), clock::get).hasPassed()).isTrue();
    assertThat(Deadline.after(forEver, clock::get).atMost(forEver).hasPassed()).isFalse();
    assertThat(Deadline.after(Duration.ofSeconds(-1), clock::get).remaining()).isZero();
  }
}
