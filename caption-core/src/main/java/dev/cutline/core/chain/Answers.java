package dev.cutline.core.chain;

import dev.cutline.CaptionCache;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.Usage;
import dev.cutline.core.contract.OutputContract;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answers that an owner got before, or that are being asked for. Without a cache or an owner it
 * knows and keeps nothing. A cache that fails costs money, not the caption.
 */
final class Answers {
  private static final Logger log = LoggerFactory.getLogger(Answers.class);

  private final @Nullable CaptionCache cache;
  private final Flights flights;
  private final ChainOptions options;

  Answers(@Nullable CaptionCache cache, Flights flights, ChainOptions options) {
    this.cache = cache;
    this.flights = flights;
    this.options = options;
  }

  /**
   * Returns an earlier answer to the same question, marked as such.
   *
   * @param request as the rung gets it
   */
  Optional<CaptionReply> find(CaptionRequest request, Picture picture, String fingerprint) {
    String owner = options.owner().orElse(null);
    if (cache == null || owner == null || !options.useCache()) {
      return Optional.empty();
    }
    try {
      return cache
          .find(owner, CacheKey.of(request, picture.sha256(), fingerprint))
          .flatMap(reply -> stillGood(reply, request));
    } catch (RuntimeException | Error e) { // a cache of others may throw anything
      log.warn("the caption cache cannot be read, so the rung is asked again: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** Joins those who ask the same question at this moment, or is the first of them. */
  Flights.Flight join(CaptionRequest request, Picture picture, String fingerprint) {
    String owner = options.owner().orElse(null);
    return cache == null || owner == null || !options.useCache()
        ? Flights.alone()
        : flights.join(owner, CacheKey.of(request, picture.sha256(), fingerprint));
  }

  /** Returns the answer that somebody else got, as one that cost nothing more. */
  static CaptionReply shared(CaptionReply reply) {
    return reply.toBuilder().cached(true).usage(Usage.NONE).costUsd(BigDecimal.ZERO).build();
  }

  /** Keeps an answer that met the contract. */
  void keep(CaptionRequest request, Picture picture, String fingerprint, CaptionReply reply) {
    String owner = options.owner().orElse(null);
    if (cache == null || owner == null) {
      return;
    }
    try {
      cache.put(owner, CacheKey.of(request, picture.sha256(), fingerprint), reply);
    } catch (RuntimeException | Error e) { // a cache of others may throw anything
      log.warn(
          "the caption cache cannot be written, so this is paid for again: {}", e.getMessage());
    }
  }

  /** The contract may have become stricter since the answer was kept. */
  private static Optional<CaptionReply> stillGood(CaptionReply reply, CaptionRequest request) {
    try {
      return Optional.of(shared(OutputContract.check(reply, request.styles(), request.language())));
    } catch (CaptionException e) {
      return Optional.empty();
    }
  }
}
