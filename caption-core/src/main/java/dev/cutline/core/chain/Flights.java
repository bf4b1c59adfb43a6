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
  private final ConcurrentMap<Key, Asking> underWay = new ConcurrentHashMap<>();

  /**
   * Returns a flight on which no other request can come along: of a question that is nobody's, or
   * that has to be asked anew.
   */
  static Flight alone() {
    return new Flight(new CompletableFuture<>(), true, () -> {});
  }

  /**
   * Joins those who ask the same question, or is the first of them. Who is the first already asks a
   * second rung of the same model because the first one is slow, and does not wait for it.
   *
   * @param question the cache key of the question
   * @param who asks
   */
  Flight join(String owner, String question, Object who) {
    Key key = new Key(owner, question);
    Asking mine = new Asking(who, new CompletableFuture<>());
    Asking first = underWay.putIfAbsent(key, mine);
    if (first == null) {
      return new Flight(mine.landing(), true, () -> underWay.remove(key, mine));
    }
    return first.who().equals(who) ? alone() : new Flight(first.landing(), false, () -> {});
  }

  private record Key(String owner, String question) {}

  private record Asking(Object who, CompletableFuture<Optional<CaptionReply>> landing) {}

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
