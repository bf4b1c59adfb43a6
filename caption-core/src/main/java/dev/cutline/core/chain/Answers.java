package dev.cutline.core.chain;

import dev.cutline.CaptionCache;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Usage;
import dev.cutline.core.contract.OutputContract;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answers to one question that an owner got before, or that are being asked for. Without a
 * cache or an owner it knows and keeps nothing. A cache that fails costs money, not the caption.
 */
final class Answers {
  private static final Logger log = LoggerFactory.getLogger(Answers.class);

  private final @Nullable CaptionCache cache;
  private final Flights flights;
  private final boolean mayReuse;
  private final String owner;
  private final String key;
  private final Set<CaptionStyle> styles;
  private final String language;

  private Answers(
      @Nullable CaptionCache cache,
      Flights flights,
      boolean mayReuse,
      String owner,
      String key,
      Set<CaptionStyle> styles,
      String language) {
    this.cache = cache;
    this.flights = flights;
    this.mayReuse = mayReuse;
    this.owner = owner;
    this.key = key;
    this.styles = styles;
    this.language = language;
  }

  /**
   * Returns the answers to what a rung is asked.
   *
   * @param styles that the rung is asked for
   * @param picture as the rung gets it
   */
  static Answers to(
      CaptionRequest request,
      Set<CaptionStyle> styles,
      Picture picture,
      Rung rung,
      ChainParts parts,
      ChainOptions options) {
    String owner = options.owner().orElse(null);
    if (parts.cache() == null || owner == null) {
      return new Answers(null, parts.flights(), false, "", "", styles, request.language());
    }
    return new Answers(
        parts.cache(),
        parts.flights(),
        options.useCache(),
        owner,
        CacheKey.of(request, styles, picture.sha256(), rung.fingerprint()),
        styles,
        request.language());
  }

  /** Returns an earlier answer, marked as such. */
  Optional<CaptionReply> find() {
    if (cache == null || !mayReuse) {
      return Optional.empty();
    }
    try {
      return cache.find(owner, key).flatMap(reply -> stillGood(reply, styles, language));
    } catch (RuntimeException | Error e) { // a cache of others may throw anything
      log.warn("the caption cache cannot be read, so the rung is asked again: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Joins those who ask the same at this moment, or is the first of them.
   *
   * @param who asks
   */
  Flights.Flight join(ChainRun who) {
    return mayReuse ? flights.join(owner, key, who) : Flights.alone();
  }

  /** Returns the answer that somebody else got, as one that cost nothing more. */
  static CaptionReply shared(CaptionReply reply) {
    return reply.toBuilder().cached(true).usage(Usage.NONE).costUsd(BigDecimal.ZERO).build();
  }

  /** Keeps an answer that met the contract. */
  void keep(CaptionReply reply) {
    if (cache == null) {
      return;
    }
    try {
      cache.put(owner, key, reply);
    } catch (RuntimeException | Error e) { // a cache of others may throw anything
      log.warn(
          "the caption cache cannot be written, so this is paid for again: {}", e.getMessage());
    }
  }

  /** The contract may have become stricter since the answer was kept. */
  static Optional<CaptionReply> stillGood(
      CaptionReply reply, Set<CaptionStyle> styles, String language) {
    try {
      return Optional.of(shared(OutputContract.check(reply, styles, language)));
    } catch (CaptionException e) {
      return Optional.empty();
    }
  }
}
