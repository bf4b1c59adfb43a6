package dev.cutline.core.store;

import dev.cutline.CaptionCache;
import dev.cutline.CaptionReply;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers answers in memory, as long as its record store lives. */
final class MemoryCaptionCache implements CaptionCache {
  private final Map<String, Map<String, CaptionReply>> byOwner = new ConcurrentHashMap<>();

  @Override
  public Optional<CaptionReply> find(String owner, String key) {
    return Optional.ofNullable(byOwner.getOrDefault(owner, Map.of()).get(key));
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
    byOwner.compute(
        owner,
        (o, replies) -> {
          Map<String, CaptionReply> known = replies == null ? new ConcurrentHashMap<>() : replies;
          known.put(key, kept);
          return known;
        });
  }

  @Override
  public void deleteOwner(String owner) {
    byOwner.remove(owner);
  }
}
