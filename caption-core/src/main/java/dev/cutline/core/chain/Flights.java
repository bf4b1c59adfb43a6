package dev.cutline.core.chain;

import dev.cutline.CaptionReply;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Questions that are being asked at this moment, so that whoever asks the same one waits for its
 * answer and nobody pays twice. Thread-safe.
 */
final class Flights {
  private final ConcurrentMap<Key, CompletableFuture<Optional<CaptionReply>>> underWay =
      new ConcurrentHashMap<>();

  /**
   * Returns a flight on which no other request can come along: of a question that is nobody's, or
   * that has to be asked anew.
   */
  static Flight alone() {
    return new Flight(new CompletableFuture<>(), true, () -> {});
  }

  /**
   * Joins those who ask the same question, or is the first of them.
   *
   * @param question the cache key of the question
   */
  Flight join(String owner, String question) {
    Key key = new Key(owner, question);
    CompletableFuture<Optional<CaptionReply>> mine = new CompletableFuture<>();
    CompletableFuture<Optional<CaptionReply>> first = underWay.putIfAbsent(key, mine);
    return first == null
        ? new Flight(mine, true, () -> underWay.remove(key, mine))
        : new Flight(first, false, () -> {});
  }

  private record Key(String owner, String question) {}

  /** One question's asking, as one of those sees it who ask. Whoever leads has to land it. */
  static final class Flight {
    private final CompletableFuture<Optional<CaptionReply>> landing;
    private final boolean leads;
    private final Runnable over;

    private Flight(
        CompletableFuture<Optional<CaptionReply>> landing, boolean leads, Runnable over) {
      this.landing = landing;
      this.leads = leads;
      this.over = over;
    }

    /** Tells whether this one asks; everybody else waits. */
    boolean leads() {
      return leads;
    }

    /** Returns the answer to come; an empty one if somebody else is to ask. */
    CompletableFuture<Optional<CaptionReply>> landing() {
      return landing;
    }

    /** Tells those who wait what came of it; only the first time counts. */
    void land(Optional<CaptionReply> reply) {
      over.run();
      landing.complete(reply);
    }
  }
}
