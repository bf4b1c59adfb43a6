package dev.cutline;

import java.time.Instant;
import java.util.Optional;

/**
 * Remembers answers, so that nobody pays twice for the same question. Apart for each owner; goes
 * with the owner's data. How old an answer may get and how many an owner may have is up to the
 * caller, who says so with each call. Thread-safe. Methods throw {@link StoreException} if the
 * store cannot be reached.
 *
 * <p>Every method but {@link #deleteOwner} costs what it returns or removes, however much is kept.
 * A store that is made of partitions, such as DynamoDB, keeps the answers of an owner in one of
 * them by key, with an index by time and an item that counts them, changed in one transaction with
 * the answer; so {@link #trim} is a look at the count and, beyond it, one query of the oldest.
 * Reading writes nothing, which is why the oldest go first and not those that were not used for
 * longest.
 */
public interface CaptionCache {
  /** Returns the answer kept under a key, however old. */
  default Optional<CaptionReply> find(String owner, String key) {
    return find(owner, key, Instant.MIN);
  }

  /**
   * Returns the answer kept under a key, unless it is too old. An older one is as good as none,
   * also while it is still there to be cleaned up.
   *
   * @param key what decides the answer, as caption-core hashes it: at most 128 ASCII characters
   * @param since when it was put at the earliest, by the clock of the store; rounded up to the
   *     millisecond
   * @return texts, decorative, model, prompt version, usage, provider and rung of the answer as it
   *     was put; trail, elapsed and cost are not kept
   */
  Optional<CaptionReply> find(String owner, String key, Instant since);

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

  /**
   * Forgets answers of one owner beyond those that were put last: the oldest first, and no more
   * than {@code limit}, so that nobody waits long for this. Called after each answer that is put,
   * so it has to find out cheaply that there is nothing to do.
   *
   * @param keep how many may stay, from 0
   * @param limit 1 to 1000
   * @return how many were forgotten
   */
  int trim(String owner, int keep, int limit);
}
