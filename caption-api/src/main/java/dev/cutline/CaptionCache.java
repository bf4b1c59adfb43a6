package dev.cutline;

import java.time.Instant;
import java.util.Optional;

/**
 * Remembers answers, so that nobody pays twice for the same question. Apart for each owner; goes
 * with the owner's data. Thread-safe. Methods throw {@link StoreException} if the store cannot be
 * reached.
 */
public interface CaptionCache {
  /**
   * Returns the answer kept under a key.
   *
   * @param key what decides the answer, as caption-core hashes it: at most 128 ASCII characters
   * @return texts, decorative, model, prompt version, usage, provider and rung of the answer as it
   *     was put; trail, elapsed and cost are not kept
   */
  Optional<CaptionReply> find(String owner, String key);

  /** Keeps an answer, replacing an earlier one under the same key. */
  void put(String owner, String key, CaptionReply reply);

  /** Forgets all answers of an owner. */
  void deleteOwner(String owner);

  /**
   * Forgets answers of all owners that were put before an instant, by the clock of the store: the
   * oldest first, and no more than {@code limit}, so that nobody waits long for this. Like {@link
   * RecordStore#createdBefore}, it is answered by an index.
   *
   * @param limit 1 to 1000
   * @return how many there were; fewer than {@code limit} once there are no more
   */
  int deleteBefore(Instant before, int limit);
}
