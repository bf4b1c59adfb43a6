package dev.cutline.core.store;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.cutline.RateLimiter;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Keeps token buckets in the memory of this process: exact here, unknown to other processes, full
 * again after a restart. Keeps the buckets of the 100,000 keys that came last; who has not come for
 * a whole period has a full bucket anyway and is forgotten. Thread-safe.
 */
public final class MemoryRateLimiter implements RateLimiter {
  private static final int MAX_KEYS = 100_000;

  /**
   * Caffeine takes note of an access only if the last one noted is more than a second old, so a
   * bucket may seem to have been idle for longer than it was.
   */
  private static final Duration LATE_BY = Duration.ofSeconds(2);

  private final long requests;
  private final LoadingCache<String, Bucket> buckets;

  private MemoryRateLimiter(long requests, Duration period, LongSupplier nanoClock) {
    if (requests < 1) {
      throw new IllegalArgumentException("requests are at least 1, not " + requests);
    }
    if (period.compareTo(Duration.ofMillis(1)) < 0) {
      throw new IllegalArgumentException("the period is at least a millisecond, not " + period);
    }
    this.requests = requests;
    Bandwidth bandwidth =
        Bandwidth.builder().capacity(requests).refillGreedy(requests, period).build();
    TimeMeter clock = new NanoClock(nanoClock);
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(MAX_KEYS)
            .expireAfterAccess(period.plus(LATE_BY))
            .ticker(nanoClock::getAsLong)
            .build(
                key -> Bucket.builder().addLimit(bandwidth).withCustomTimePrecision(clock).build());
  }

  /**
   * Returns a limiter of so many requests a period for each key, refilled evenly.
   *
   * @param requests the size of a bucket, at least 1
   * @param period how long an empty bucket takes to be full, at least a millisecond
   */
  public static MemoryRateLimiter of(long requests, Duration period) {
    return of(requests, period, System::nanoTime);
  }

  /**
   * Like {@link #of(long, Duration)} on a clock of your own, for tests: nanoseconds that never go
   * back.
   */
  public static MemoryRateLimiter of(long requests, Duration period, LongSupplier nanoClock) {
    return new MemoryRateLimiter(requests, period, nanoClock);
  }

  @Override
  public Decision tryAcquire(String key) {
    ConsumptionProbe probe = buckets.get(key).tryConsumeAndReturnRemaining(1);
    return new Decision(
        probe.isConsumed(),
        requests,
        probe.getRemainingTokens(),
        probe.isConsumed() ? Duration.ZERO : roundedUp(probe.getNanosToWaitForRefill()));
  }

  /** Bucket4j rounds down; who then comes exactly as told would be a nanosecond too early. */
  private static Duration roundedUp(long nanos) {
    long millis = Math.max(1, (nanos + 999_999) / 1_000_000);
    return Duration.ofMillis(millis);
  }

  /** Our clock as Bucket4j wants it. */
  private static final class NanoClock implements TimeMeter {
    private final LongSupplier nanos;

    NanoClock(LongSupplier nanos) {
      this.nanos = nanos;
    }

    @Override
    public long currentTimeNanos() {
      return nanos.getAsLong();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
