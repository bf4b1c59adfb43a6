package dev.cutline.core.chain;

import dev.cutline.CaptionCache;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.ReusedFrom;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answers that an owner got to the same question about pictures that look nearly the same. Only
 * what a model wrote for its own picture is in the cache under that picture's hash: so no answer
 * wanders on from one lookalike to the next, and no text of a person is handed on.
 */
final class NearAnswers {
  private static final Logger log = LoggerFactory.getLogger(NearAnswers.class);

  private NearAnswers() {}

  /**
   * Returns the answer for the nearest picture that has one.
   *
   * @param styles that the rung is asked for
   */
  static Optional<CaptionReply> find(
      CaptionRequest request,
      Set<CaptionStyle> styles,
      Rung rung,
      ChainParts parts,
      ChainOptions options) {
    CaptionCache cache = parts.cache();
    String owner = options.owner().orElse(null);
    // A description by rule costs nothing, and is of the picture itself.
    if (cache == null || owner == null || !options.useCache() || !rung.capabilities().isModel()) {
      return Optional.empty();
    }
    try {
      for (Lookalike lookalike : options.lookalikes()) {
        for (String sent : lookalike.sentSha256()) {
          Optional<CaptionReply> reply =
              cache
                  .find(owner, CacheKey.of(request, styles, sent, rung.fingerprint()))
                  .flatMap(found -> Answers.stillGood(found, styles, request.language()));
          if (reply.isPresent()) {
            return reply.map(found -> marked(found, lookalike));
          }
        }
      }
    } catch (RuntimeException | Error e) { // a cache of others may throw anything
      log.warn("answers to similar pictures cannot be read: {}", e.getMessage());
    }
    return Optional.empty();
  }

  /** Returns how an earlier answer was come by, for the trail. */
  static String how(CaptionReply reply) {
    return reply
        .reusedFrom()
        .map(
            from ->
                "the answer to "
                    + from.imageId()
                    + ", which looks nearly the same ("
                    + from.distance()
                    + " of 64 bits differ)")
        .orElse("an earlier answer, used again");
  }

  private static CaptionReply marked(CaptionReply reply, Lookalike lookalike) {
    return reply.toBuilder()
        .reusedFrom(new ReusedFrom(lookalike.imageId(), lookalike.distance()))
        .build();
  }
}
