package dev.cutline.core.store;

import dev.cutline.CaptionCache;
import dev.cutline.CaptionReply;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Remembers answers in memory, as long as its record store lives. Thread-safe by one lock. */
final class MemoryCaptionCache implements CaptionCache {
  private final Object lock = new Object();
  private final Map<Key, Kept> answers = new HashMap<>();
  private final InstantSource clock;

  MemoryCaptionCache(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Optional<CaptionReply> find(String owner, String key) {
    synchronized (lock) {
      return Optional.ofNullable(answers.get(new Key(owner, key))).map(Kept::reply);
    }
  }

  @Override
  public void put(String owner, String key, CaptionReply reply) {
    CaptionReply kept =
        reply.toBuilder()
            .cached(false)
            .trail(List.of())
            .elapsed(Duration.ZERO)
            .costUsd(BigDecimal.ZERO)
            .build();
    synchronized (lock) {
      answers.put(new Key(owner, key), new Kept(kept, Milliseconds.of(clock.instant())));
    }
  }

  @Override
  public void deleteOwner(String owner) {
    synchronized (lock) {
      answers.keySet().removeIf(key -> key.owner().equals(owner));
    }
  }

  @Override
  public int deleteBefore(Instant before, int limit) {
    StoreKeys.limit(limit);
    synchronized (lock) {
      List<Key> old =
          answers.entrySet().stream()
              .filter(entry -> entry.getValue().at().isBefore(before))
              .sorted(Comparator.comparing(entry -> entry.getValue().at()))
              .limit(limit)
              .map(Map.Entry::getKey)
              .toList();
      old.forEach(answers::remove);
      return old.size();
    }
  }

  private record Key(String owner, String key) {}

  private record Kept(CaptionReply reply, Instant at) {}
}
