package dev.cutline.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.ImageRecord;
import dev.cutline.StorageState;
import dev.cutline.spi.HashBands;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Pictures that look nearly the same. */
abstract class SimilarChecks extends StoreChecks {
  private static final long HASH = 0x955a7ae98d1c3073L;

  private final Random random = new Random(7);
  private Instant next = Samples.NOON;

  SimilarChecks(RecordStoreContract contract) {
    super(contract);
  }

  @Test
  public void findsTheNearestFirstAndTheNewestAmongThose() throws Exception {
    ImageRecord third = hashed("alice", HASH ^ 0b11);
    ImageRecord second = hashed("alice", HASH);
    ImageRecord first = hashed("alice", HASH);
    hashed("alice", HASH ^ 0xFF);
    hashed("alice", ~HASH);
    ImageRecord fourth = hashed("alice", HASH ^ Long.MIN_VALUE ^ 0b11);

    assertThat(again().similar("alice", HASH, 3, 100))
        .containsExactly(first, second, third, fourth);
    assertThat(store().similar("alice", HASH, 2, 100)).containsExactly(first, second, third);
    assertThat(store().similar("alice", HASH, 1, 100)).containsExactly(first, second);
    assertThat(store().similar("alice", HASH, 3, 3)).containsExactly(first, second, third);
    assertThat(store().similar("alice", HASH, 3, 1)).containsExactly(first);
    assertThat(store().similar("alice", HASH ^ 0xF0F0F0F0L, 3, 100)).isEmpty();
  }

  /** Against a look at each. */
  @Test
  public void findsAllThatAreNearEnoughWhereverTheyDiffer() {
    List<ImageRecord> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      long hash = HASH;
      for (int bit = random.nextInt(12); bit > 0; bit--) {
        hash ^= 1L << random.nextInt(Long.SIZE);
      }
      all.add(hashed("alice", hash));
    }
    for (int distance = 0; distance <= HashBands.MAX_DISTANCE; distance++) {
      int within = distance;
      assertThat(store().similar("alice", HASH, distance, 100))
          .as("within %d", distance)
          .extracting(ImageRecord::id)
          .containsExactlyElementsOf(
              all.stream()
                  .filter(record -> distance(record) <= within)
                  .sorted(
                      Comparator.comparingInt(SimilarChecks::distance)
                          .thenComparing(Comparator.comparing(ImageRecord::id).reversed()))
                  .limit(100)
                  .map(ImageRecord::id)
                  .toList());
    }
  }

  @Test
  public void hashesOfAnySignAreFound() {
    for (long hash : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1, 0x00FF00FF00FF00FFL}) {
      ImageRecord record = hashed("alice", hash);
      assertThat(store().similar("alice", hash, 0, 100)).containsExactly(record);
      assertThat(store().similar("alice", hash ^ 1L << 40, 1, 100)).contains(record);
    }
  }

  @Test
  public void ownersAreApart() {
    for (String owner : Samples.OWNERS) {
      hashed(owner, HASH);
    }
    for (String owner : Samples.OWNERS) {
      assertThat(store().similar(owner, HASH, 7, 100))
          .extracting(ImageRecord::owner)
          .containsExactly(owner);
    }
    assertThat(store().similar("nobody", HASH, 7, 100)).isEmpty();
  }

  @Test
  public void onlyStoredPicturesWithAHashAreFound() {
    stored(Samples.record("alice", Samples.NOON, random));
    ImageRecord received =
        store().create(Samples.record("alice", Samples.NOON, random).perceptualHash(HASH).build());
    assertThat(received.storageState()).isEqualTo(StorageState.RECEIVED);
    assertThat(store().similar("alice", HASH, 7, 100)).isEmpty();

    ImageRecord stored = state(received, StorageState.STORED);
    assertThat(store().similar("alice", HASH, 7, 100)).containsExactly(stored);

    ImageRecord edited = store().update(stored.toBuilder().title("a title").build(), List.of());
    assertThat(store().similar("alice", HASH, 7, 100)).containsExactly(edited);

    ImageRecord deleting = state(edited, StorageState.DELETING);
    assertThat(store().similar("alice", HASH, 7, 100)).isEmpty();

    store().delete(state(deleting, StorageState.STORED), Samples.NOON);
    assertThat(store().similar("alice", HASH, 7, 100)).isEmpty();
  }

  @Test
  public void aHashThatChangesIsFoundUnderTheNewOneOnly() {
    ImageRecord before = hashed("alice", HASH);
    ImageRecord after = store().update(before.toBuilder().perceptualHash(~HASH).build(), List.of());

    assertThat(store().similar("alice", HASH, 7, 100)).isEmpty();
    assertThat(store().similar("alice", ~HASH, 7, 100)).containsExactly(after);

    store().update(after.toBuilder().perceptualHash(null).build(), List.of());
    assertThat(store().similar("alice", ~HASH, 7, 100)).isEmpty();
  }

  @Test
  public void whatIsNoDistanceOrLimitIsRefused() {
    for (int distance : new int[] {-1, 8}) {
      assertThatThrownBy(() -> store().similar("alice", HASH, distance, 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (int limit : new int[] {-1, 0, 101}) {
      assertThatThrownBy(() -> store().similar("alice", HASH, 1, limit))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private ImageRecord hashed(String owner, long hash) {
    next = next.plus(Duration.ofMillis(1));
    return stored(Samples.record(owner, next, random).perceptualHash(hash));
  }

  private ImageRecord state(ImageRecord record, StorageState state) {
    return store().update(record.toBuilder().storageState(state).build(), List.of());
  }

  private static int distance(ImageRecord record) {
    return HashBands.distance(record.perceptualHash().orElseThrow(), HASH);
  }
}
