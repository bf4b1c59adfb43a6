package dev.cutline.core;

import dev.cutline.Attempt;
import dev.cutline.CaptionVersion.Author;
import dev.cutline.ImageRecord;
import dev.cutline.RecordStore;
import dev.cutline.core.chain.Lookalike;
import dev.cutline.imaging.PerceptualHash;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the stored pictures of an owner whose model captions would do for another one. None where
 * that was not asked for. Thread-safe.
 */
final class Lookalikes {
  private static final Logger LOG = LoggerFactory.getLogger(Lookalikes.class);

  /** So many are looked at; each costs a look into the cache. */
  private static final int MOST = 10;

  private final RecordStore records;
  private final @Nullable Integer distance;

  /**
   * @param distance bits in which hashes may differ, 0 to 7; null: nobody is alike
   */
  Lookalikes(RecordStore records, @Nullable Integer distance) {
    this.records = records;
    this.distance = distance;
  }

  /** Returns what looks them up when it is first asked, the nearest first. */
  Supplier<List<Lookalike>> of(ImageRecord record) {
    if (distance == null
        || record.perceptualHash().isEmpty()
        || !PerceptualHash.isTelling(record.perceptualHash().getAsLong())) {
      return List::of;
    }
    return new Once(() -> find(record, record.perceptualHash().getAsLong(), distance));
  }

  private List<Lookalike> find(ImageRecord record, long hash, int within) {
    try {
      return records.similar(record.owner(), hash, within, MOST).stream()
          .filter(other -> !other.id().equals(record.id()))
          .filter(Lookalikes::isTrusted)
          .flatMap(other -> lookalike(other, hash).stream())
          .toList();
    } catch (RuntimeException e) { // costs money, not the caption
      LOG.warn("similar pictures cannot be looked up: {}", e.getMessage());
      return List.of();
    }
  }

  /**
   * Where a person has written, or should look, the model's text was not good enough, or may not
   * be.
   */
  private static boolean isTrusted(ImageRecord other) {
    return !other.needsReview()
        && other.captions().stream().noneMatch(shown -> shown.author() == Author.HUMAN);
  }

  private static Optional<Lookalike> lookalike(ImageRecord other, long hash) {
    Set<String> sent =
        other.runs().stream()
            .flatMap(run -> run.trail().stream())
            .map(Attempt::sentSha256)
            .flatMap(Optional::stream)
            .collect(Collectors.toSet());
    return sent.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Lookalike(
                other.id(),
                PerceptualHash.distance(other.perceptualHash().orElseThrow(), hash),
                sent));
  }

  /** Asks once, whoever asks first. */
  private static final class Once implements Supplier<List<Lookalike>> {
    private final Supplier<List<Lookalike>> work;
    private @Nullable List<Lookalike> found;

    Once(Supplier<List<Lookalike>> work) {
      this.work = work;
    }

    @Override
    public synchronized List<Lookalike> get() {
      if (found == null) {
        found = work.get();
      }
      return found;
    }
  }
}
