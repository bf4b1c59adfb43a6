package dev.cutline.core;

import dev.cutline.CaptionCache;
import dev.cutline.CaptionReply;
import dev.cutline.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cache of a store, with the age that answers may reach and the number that an owner may have.
 * The age is looked at when an answer is read, so it holds whether or not anybody cleans up; the
 * number when one is put. Thread-safe.
 */
final class BoundedCache implements CaptionCache {
  static final Duration DEFAULT_MAX_AGE = Duration.ofDays(365);

  /** Some 60 MB in SQLite, of one owner. */
  static final int DEFAULT_MAX_ENTRIES = 100_000;

  private static final Logger LOG = LoggerFactory.getLogger(BoundedCache.class);

  /**
   * How many go at a put: more than come, so that a bound that was lowered is reached, and few, so
   * that nobody waits for it.
   */
  private static final int PORTION = 10;

  private final CaptionCache cache;
  private final InstantSource clock;
  private final @Nullable Duration maxAge;
  private final @Nullable Integer maxEntries;

  /**
   * Bounds a cache.
   *
   * @param clock the one that the cache dates its answers by, or one that agrees with it
   * @param maxAge from which on an answer is none; null: never
   * @param maxEntries of each owner; null: any number
   */
  BoundedCache(
      CaptionCache cache,
      InstantSource clock,
      @Nullable Duration maxAge,
      @Nullable Integer maxEntries) {
    this.cache = cache;
    this.clock = clock;
    this.maxAge = maxAge;
    this.maxEntries = maxEntries;
  }

  @Override
  public Optional<CaptionReply> find(String owner, String key) {
    return find(owner, key, oldest(maxAge, clock.instant()));
  }

  @Override
  public Optional<CaptionReply> find(String owner, String key, Instant since) {
    return cache.find(owner, key, since);
  }

  @Override
  public void put(String owner, String key, CaptionReply reply) {
    cache.put(owner, key, reply);
    if (maxEntries == null) {
      return;
    }
    try {
      trim(owner, maxEntries, PORTION);
    } catch (StoreException e) {
      // The answer is kept, and there is one too many until the next one comes.
      LOG.warn("the oldest answers cannot be forgotten yet: {}", e.getMessage());
    }
  }

  @Override
  public void deleteOwner(String owner) {
    cache.deleteOwner(owner);
  }

  @Override
  public int deleteBefore(Instant before, int limit) {
    return cache.deleteBefore(before, limit);
  }

  @Override
  public int trim(String owner, int keep, int limit) {
    return cache.trim(owner, keep, limit);
  }

  /** Returns when what has not reached an age yet was made at the earliest; null: no age. */
  static Instant oldest(@Nullable Duration age, Instant now) {
    // What is exactly as old as it may get goes, too; stores keep milliseconds.
    return age == null ? Instant.MIN : now.minus(age).plusMillis(1);
  }
}
