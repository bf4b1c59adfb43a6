package dev.cutline.core.store;

import dev.cutline.CaptionCache;
import dev.cutline.CaptionReply;
import dev.cutline.spi.StoreArguments;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** Remembers answers in memory, as long as its record store lives. Thread-safe by one lock. */
final class MemoryCaptionCache implements CaptionCache {
  private final Object lock = new Object();
  private final Map<String, Answers> owners = new HashMap<>();

  /** Those of all owners, the oldest first. */
  private final NavigableSet<Place> places = new TreeSet<>(Place.BY_AGE);

  private final InstantSource clock;
  private long puts;

  MemoryCaptionCache(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Optional<CaptionReply> find(String owner, String key, Instant since) {
    synchronized (lock) {
      return Optional.ofNullable(owners.get(owner))
          .map(answers -> answers.byKey.get(key))
          .filter(kept -> !kept.place().at().isBefore(since))
          .map(Kept::reply);
    }
  }

  @Override
  public void put(String owner, String key, CaptionReply reply) {
    CaptionReply kept =
        reply.toBuilder()
            .cached(false)
            .reusedFrom(null)
            .trail(List.of())
            .elapsed(Duration.ZERO)
            .costUsd(BigDecimal.ZERO)
            .build();
    synchronized (lock) {
      remove(owner, key);
      Place place = new Place(Milliseconds.of(clock.instant()), puts++, owner, key);
      Answers answers = owners.computeIfAbsent(owner, o -> new Answers());
      answers.byKey.put(key, new Kept(kept, place));
      answers.places.add(place);
      places.add(place);
    }
  }

  @Override
  public void deleteOwner(String owner) {
    synchronized (lock) {
      Answers gone = owners.remove(owner);
      if (gone != null) {
        gone.places.forEach(places::remove);
      }
    }
  }

  @Override
  public int deleteBefore(Instant before, int limit) {
    StoreArguments.limit(limit);
    synchronized (lock) {
      int deleted = 0;
      while (deleted < limit && !places.isEmpty() && places.first().at().isBefore(before)) {
        remove(places.first().owner(), places.first().key());
        deleted++;
      }
      return deleted;
    }
  }

  @Override
  public int trim(String owner, int keep, int limit) {
    StoreArguments.limit(limit);
    StoreArguments.keep(keep);
    synchronized (lock) {
      Answers answers = owners.get(owner);
      int deleted = 0;
      while (answers != null && deleted < limit && answers.places.size() > keep) {
        remove(owner, answers.places.first().key());
        deleted++;
      }
      return deleted;
    }
  }

  private void remove(String owner, String key) {
    Answers answers = owners.get(owner);
    Kept kept = answers == null ? null : answers.byKey.remove(key);
    if (answers == null || kept == null) {
      return;
    }
    answers.places.remove(kept.place());
    places.remove(kept.place());
    if (answers.places.isEmpty()) {
      owners.remove(owner);
    }
  }

  /** Those of one owner. */
  private static final class Answers {
    private final Map<String, Kept> byKey = new HashMap<>();

    /** The oldest first. */
    private final NavigableSet<Place> places = new TreeSet<>(Place.BY_AGE);
  }

  private record Kept(CaptionReply reply, Place place) {}

  /**
   * Where an answer is kept.
   *
   * @param at when it was put
   * @param number of the put, which tells those of one millisecond apart
   */
  private record Place(Instant at, long number, String owner, String key) {
    static final Comparator<Place> BY_AGE =
        Comparator.comparing(Place::at).thenComparingLong(Place::number);
  }
}
