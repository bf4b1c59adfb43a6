package dev.cutline.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.CaptionState;
import dev.cutline.ImageRecord;
import dev.cutline.Lease;
import dev.cutline.StorageState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is left to do, over all owners. */
abstract class UnfinishedChecks extends StoreChecks {
  private final Random random = new Random(7);
  private int created;

  UnfinishedChecks(RecordStoreContract contract) {
    super(contract);
  }

  @Test
  public void unsettledAreThoseWhoseLeaseHasRunOut() {
    Instant now = Samples.NOON;
    for (StorageState state : StorageState.values()) {
      create(next("without " + state).storageState(state));
      create(next("over " + state).storageState(state).lease(lease(now.minusMillis(1))));
      create(next("just over " + state).storageState(state).lease(lease(now)));
      create(next("at work " + state).storageState(state).lease(lease(now.plusMillis(1))));
    }

    assertThat(titles(unsettled(now, 100)))
        .containsExactly(
            "without RECEIVED",
            "over RECEIVED",
            "just over RECEIVED",
            "without DELETING",
            "over DELETING",
            "just over DELETING");
    assertThat(titles(unsettled(now.plusMillis(1), 100)))
        .hasSize(8)
        .contains("at work RECEIVED", "at work DELETING");
    assertThat(titles(unsettled(now.minusSeconds(1), 100)))
        .containsExactly("without RECEIVED", "without DELETING");
  }

  @Test
  public void unsettledNoLongerOnceStored() {
    ImageRecord record = create(next("x").lease(lease(Samples.NOON)));
    assertThat(unsettled(Samples.NOON, 10)).containsExactly(record);

    ImageRecord renewed =
        store()
            .update(
                record.toBuilder().lease(lease(Samples.NOON.plusSeconds(9))).build(), List.of());
    assertThat(unsettled(Samples.NOON, 10)).isEmpty();
    assertThat(unsettled(Samples.NOON.plusSeconds(9), 10)).containsExactly(renewed);

    store()
        .update(
            renewed.toBuilder().storageState(StorageState.STORED).lease(null).build(), List.of());
    assertThat(unsettled(Samples.NOON.plusSeconds(9), 10)).isEmpty();
  }

  @Test
  public void pagesOfUnsettledHoldEachOnceOldestFirst() {
    List<ImageRecord> records = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Instant time = Samples.NOON.plusMillis(random.nextInt(12));
      records.add(create(Samples.record("owner " + i % 4, time, random)));
      create(next("at work").lease(lease(Samples.NOON.plusSeconds(1))));
    }
    records.sort(Comparator.comparing(ImageRecord::id));

    for (int limit : new int[] {1, 4, 29, 30, 1000}) {
      assertThat(unsettled(Samples.NOON, limit)).isEqualTo(records);
    }
  }

  @Test
  public void anIdThatTwoOwnersHaveComesOnceForEach() {
    String id = Samples.id(Samples.NOON, random);
    for (String owner : List.of("b", "a", "c")) {
      create(Samples.record(owner, id));
      create(
          Samples.record(owner, Samples.id(Samples.NOON, random))
              .storageState(StorageState.STORED));
    }

    for (int limit : new int[] {1, 2, 3}) {
      assertThat(unsettled(Samples.NOON, limit))
          .extracting(ImageRecord::owner)
          .containsExactlyInAnyOrder("a", "b", "c");
      assertThat(pending(limit))
          .extracting(ImageRecord::owner)
          .containsExactlyInAnyOrder("a", "b", "c");
    }
  }

  @Test
  public void pendingAreStoredRecordsWithoutCaptions() {
    for (StorageState storage : StorageState.values()) {
      for (CaptionState caption : CaptionState.values()) {
        create(next(storage + " " + caption).storageState(storage).captionState(caption));
      }
    }

    assertThat(titles(pending(10))).containsExactly("STORED PENDING");
  }

  @Test
  public void pendingNoLongerOnceCaptioned() {
    ImageRecord record = create(next("x").storageState(StorageState.STORED));
    assertThat(pending(10)).containsExactly(record);

    store().update(record.toBuilder().captionState(CaptionState.FAILED).build(), List.of());
    assertThat(pending(10)).isEmpty();
  }

  @Test
  public void pagesOfPendingHoldEachOnceOldestFirst() {
    List<ImageRecord> records = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Instant time = Samples.NOON.plusMillis(random.nextInt(12));
      records.add(
          create(Samples.record("owner " + i % 4, time, random).storageState(StorageState.STORED)));
    }
    records.sort(Comparator.comparing(ImageRecord::id));

    for (int limit : new int[] {1, 4, 29, 30, 1000}) {
      assertThat(pending(limit)).isEqualTo(records);
    }
  }

  @Test
  public void workThatIsFinishedMeanwhileDisturbsNoPage() {
    Set<String> open = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      open.add(create(next("p").storageState(StorageState.STORED)).id());
    }
    Set<String> seen = new HashSet<>();
    String cursor = null;
    do {
      var page = store().pendingCaptions(cursor, 7);
      for (ImageRecord record : page.items()) {
        assertThat(seen.add(record.id())).isTrue();
        store().update(record.toBuilder().captionState(CaptionState.CAPTIONED).build(), List.of());
      }
      cursor = page.nextCursor().orElse(null);
    } while (cursor != null);

    assertThat(seen).isEqualTo(open);
    assertThat(pending(10)).isEmpty();
  }

  @Test
  public void expiredAreStoredRecordsOfAllOwnersFromBeforeAnInstant() {
    Instant then = Samples.NOON;
    for (StorageState state : StorageState.values()) {
      create(next("before " + state).storageState(state).createdAt(then.minusMillis(1)));
      create(next("at " + state).storageState(state).createdAt(then));
      create(next("after " + state).storageState(state).createdAt(then.plusMillis(1)));
    }

    assertThat(titles(createdBefore(then, 100))).containsExactly("before STORED");
    assertThat(titles(createdBefore(then.plusNanos(1), 100)))
        .as("rounded up")
        .containsExactly("before STORED", "at STORED");
    assertThat(createdBefore(then.minusMillis(1), 100)).isEmpty();
    assertThat(titles(createdBefore(Instant.MAX, 100)))
        .containsExactly("before STORED", "at STORED", "after STORED");
    assertThat(createdBefore(Instant.MIN, 100)).isEmpty();
  }

  @Test
  public void expiredGoByTheTimeOfCreationAndNotByTheId() {
    ImageRecord second = create(stored("old id", Samples.NOON.minusSeconds(9), Samples.NOON));
    ImageRecord first =
        create(stored("new id", Samples.NOON.plusSeconds(9), Samples.NOON.minusSeconds(1)));
    create(stored("younger", Samples.NOON.minusSeconds(99), Samples.NOON.plusSeconds(1)));

    assertThat(createdBefore(Samples.NOON.plusMillis(1), 1)).containsExactly(first, second);

    ImageRecord moved =
        store().update(first.toBuilder().createdAt(Samples.NOON.plusSeconds(2)).build(), List.of());
    assertThat(createdBefore(Samples.NOON.plusMillis(1), 1)).containsExactly(second);
    assertThat(createdBefore(Instant.MAX, 1)).last().isEqualTo(moved);
  }

  @Test
  public void pagesOfExpiredHoldEachOnceOldestFirst() {
    Set<ImageRecord> records = new HashSet<>();
    for (int i = 0; i < 60; i++) {
      Instant time = Samples.NOON.minusMillis(random.nextInt(12));
      records.add(
          create(
              Samples.record("owner " + i % 4, Samples.NOON.plusMillis(random.nextInt(12)), random)
                  .createdAt(time)
                  .storageState(StorageState.STORED)));
      create(stored("too young", time, Samples.NOON.plusMillis(1)));
    }

    List<ImageRecord> once = createdBefore(Samples.NOON.plusMillis(1), 1000);
    assertThat(once)
        .containsExactlyInAnyOrderElementsOf(records)
        .isSortedAccordingTo(Comparator.comparing(ImageRecord::createdAt));
    for (int limit : new int[] {1, 7, 59, 60}) {
      assertThat(createdBefore(Samples.NOON.plusMillis(1), limit)).isEqualTo(once);
    }
  }

  @Test
  public void whatIsDeletedAndCreatedMeanwhileDisturbsNoPageOfExpired() {
    Set<String> expired = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      Instant time = Samples.NOON.minusSeconds(i / 3);
      expired.add(create(stored("expired", time, time)).id());
    }
    Set<String> seen = new HashSet<>();
    String cursor = null;
    do {
      var page = store().createdBefore(Samples.NOON.plusMillis(1), cursor, 7);
      for (ImageRecord record : page.items()) {
        assertThat(seen.add(record.id())).isTrue();
        store().delete(record, Samples.NOON);
        create(stored("young", record.createdAt(), Samples.NOON.plusSeconds(1)));
      }
      cursor = page.nextCursor().orElse(null);
    } while (cursor != null);

    assertThat(seen).isEqualTo(expired);
    assertThat(createdBefore(Samples.NOON.plusMillis(1), 10)).isEmpty();
  }

  @Test
  public void refusesPagesOutOfRange() {
    for (int limit : new int[] {-1, 0, 1001, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> store().unsettled(Samples.NOON, null, limit))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> store().pendingCaptions(null, limit))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> store().createdBefore(Samples.NOON, null, limit))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> store().tombstones(Samples.NOON, limit))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private ImageRecord create(ImageRecord.Builder record) {
    return store().create(record.build());
  }

  private List<ImageRecord> unsettled(Instant now, int limit) {
    return pages(limit, cursor -> store().unsettled(now, cursor, limit));
  }

  private List<ImageRecord> createdBefore(Instant before, int limit) {
    return pages(limit, cursor -> store().createdBefore(before, cursor, limit));
  }

  private List<ImageRecord> pending(int limit) {
    return pages(limit, cursor -> store().pendingCaptions(cursor, limit));
  }

  private ImageRecord.Builder next(String title) {
    created++;
    return Samples.record("owner " + created % 3, Samples.NOON.plusMillis(created), random)
        .title(title);
  }

  /** Returns a record whose id is of another time than its creation. */
  private ImageRecord.Builder stored(String title, Instant ofId, Instant createdAt) {
    created++;
    return Samples.record("owner " + created % 3, ofId, random)
        .title(title)
        .createdAt(createdAt)
        .storageState(StorageState.STORED);
  }

  private static Lease lease(Instant until) {
    return new Lease("token", until);
  }

  private static List<String> titles(List<ImageRecord> records) {
    return records.stream().map(record -> record.title().orElseThrow()).toList();
  }
}
