package dev.cutline.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.CaptionState;
import dev.cutline.CaptionVersion;
import dev.cutline.ImageRecord;
import dev.cutline.RecordQuery;
import dev.cutline.StorageState;
import dev.cutline.Tombstone;
import dev.cutline.VersionConflictException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Records one at a time. */
abstract class RecordChecks extends StoreChecks {
  private static final Instant UNTIL = Samples.NOON.plusSeconds(3600);

  private final String id = Samples.id(Samples.NOON, new Random(1));

  RecordChecks(RecordStoreContract contract) {
    super(contract);
  }

  @Test
  public void createReturnsTheRecordWithVersionOne() {
    ImageRecord record = Samples.full("alice", id).build();

    ImageRecord created = store().create(record);

    assertThat(created).isEqualTo(record.toBuilder().version(1).build());
    assertThat(store().find("alice", id)).contains(created);
  }

  @Test
  public void createFindsTheIdTaken() {
    ImageRecord first = store().create(Samples.record("alice", id).title("first").build());

    assertThatThrownBy(() -> store().create(Samples.record("alice", id).title("second").build()))
        .isInstanceOf(VersionConflictException.class);

    assertThat(store().find("alice", id)).contains(first);
  }

  @Test
  public void anotherOwnersIdIsNotTaken() {
    ImageRecord hers = store().create(Samples.record("alice", id).title("hers").build());
    ImageRecord his = store().create(Samples.record("bob", id).title("his").build());

    assertThat(store().find("alice", id)).contains(hers);
    assertThat(store().find("bob", id)).contains(his);

    store().delete(his, UNTIL);
    assertThat(store().find("alice", id)).contains(hers);
    assertThat(store().tombstones(UNTIL, 10)).containsExactly(new Tombstone("bob", id, UNTIL));
  }

  @Test
  public void findsRecordsInEveryState() {
    Random random = new Random(2);
    for (StorageState storage : StorageState.values()) {
      for (CaptionState caption : CaptionState.values()) {
        ImageRecord created =
            store()
                .create(
                    Samples.record("alice", Samples.id(Samples.NOON, random))
                        .storageState(storage)
                        .captionState(caption)
                        .build());
        assertThat(store().find("alice", created.id())).contains(created);
        assertThat(created.storageState()).isEqualTo(storage);
        assertThat(created.captionState()).isEqualTo(caption);
      }
    }
  }

  @Test
  public void findsNothingWhereNothingIs() {
    store().create(Samples.record("alice", id).build());

    assertThat(store().find("alice", Samples.id(Samples.NOON, new Random(3)))).isEmpty();
    assertThat(store().find("bob", id)).isEmpty();
    for (String odd :
        List.of("", "x", "%", id + "x", id.substring(1), " " + id, "' OR 1=1 --", "\0")) {
      assertThat(store().find("alice", odd)).as("id <%s>", odd).isEmpty();
      assertThat(store().captionVersions("alice", odd)).as("id <%s>", odd).isEmpty();
    }
  }

  @Test
  public void ownersNeverMeet() {
    for (String owner : Samples.OWNERS) {
      store()
          .create(
              Samples.record(owner, id)
                  .storageState(StorageState.STORED)
                  .title(owner)
                  .tags(List.of("common"))
                  .build());
    }
    for (String owner : Samples.OWNERS) {
      assertThat(store().find(owner, id).flatMap(ImageRecord::title)).contains(owner);
      for (RecordQuery query :
          List.of(
              RecordQuery.builder(owner).build(),
              RecordQuery.builder(owner).tag("common").build(),
              RecordQuery.builder(owner).text("common").build())) {
        assertThat(all(query)).extracting(ImageRecord::owner).containsExactly(owner);
      }
    }

    String gone = Samples.OWNERS.get(0);
    ImageRecord record = store().find(gone, id).orElseThrow();
    store().delete(record, UNTIL);
    for (String owner : Samples.OWNERS) {
      assertThat(store().find(owner, id).isPresent()).as(owner).isEqualTo(!owner.equals(gone));
    }
  }

  @Test
  public void updateReplacesTheRecordAndCountsItsVersionUp() {
    ImageRecord created = store().create(Samples.record("alice", id).build());
    ImageRecord changed = Samples.full("alice", id).version(created.version()).build();

    ImageRecord updated = store().update(changed, List.of());

    assertThat(updated).isEqualTo(changed.toBuilder().version(2).build());
    assertThat(store().find("alice", id)).contains(updated);

    ImageRecord emptied = Samples.record("alice", id).version(2).build();
    assertThat(store().update(emptied, List.of()))
        .isEqualTo(emptied.toBuilder().version(3).build());
    assertThat(store().find("alice", id)).contains(emptied.toBuilder().version(3).build());
  }

  @Test
  public void updateAddsVersionsOfCaptions() {
    ImageRecord created = store().create(Samples.record("alice", id).build());
    assertThat(store().captionVersions("alice", id)).isEmpty();

    ImageRecord second =
        store().update(created, List.of(Samples.human(2, ""), Samples.version(1, "one")));
    store().update(second, List.of(Samples.version(5, "five")));

    assertThat(store().captionVersions("alice", id))
        .containsExactly(
            Samples.version(1, "one"), Samples.human(2, ""), Samples.version(5, "five"));
    assertThat(store().captionVersions("bob", id)).isEmpty();
  }

  @Test
  public void updateOfAnOlderVersionChangesNothing() {
    ImageRecord created = store().create(Samples.record("alice", id).build());
    ImageRecord updated =
        store().update(created.toBuilder().title("new").build(), List.of(Samples.version(1, "a")));

    assertConflict(created.toBuilder().title("stale").build());
    assertConflict(created.toBuilder().version(3).title("ahead").build());
    assertConflict(created.toBuilder().version(0).title("never stored").build());

    assertThat(store().find("alice", id)).contains(updated);
    assertThat(store().captionVersions("alice", id)).containsExactly(Samples.version(1, "a"));
  }

  @Test
  public void updateOfAnUnknownRecordIsAConflict() {
    ImageRecord hers = store().create(Samples.record("alice", id).build());

    assertConflict(Samples.record("bob", id).version(1).build());

    assertThat(store().find("bob", id)).isEmpty();
    assertThat(store().find("alice", id)).contains(hers);
  }

  @Test
  public void aVersionOfACaptionIsNeverWrittenOver() {
    ImageRecord created = store().create(Samples.record("alice", id).build());
    ImageRecord stored =
        store().update(created, List.of(Samples.version(1, "one"), Samples.version(3, "three")));

    for (long number : new long[] {1, 2, 3}) {
      List<CaptionVersion> added =
          List.of(Samples.version(4, "four"), Samples.version(number, "again"));
      assertThatThrownBy(() -> store().update(stored.toBuilder().title("new").build(), added))
          .as("number %d", number)
          .isInstanceOf(IllegalArgumentException.class);
    }
    List<CaptionVersion> twice = List.of(Samples.version(7, "seven"), Samples.version(7, "again"));
    assertThatThrownBy(() -> store().update(stored, twice))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(store().find("alice", id)).contains(stored);
    assertThat(store().captionVersions("alice", id))
        .containsExactly(Samples.version(1, "one"), Samples.version(3, "three"));
  }

  @Test
  public void deleteRemovesTheRecordWithItsVersions() {
    ImageRecord created = store().create(Samples.full("alice", id).build());
    ImageRecord updated = store().update(created, List.of(Samples.version(4, "four")));

    store().delete(updated, UNTIL);

    assertThat(store().find("alice", id)).isEmpty();
    assertThat(store().captionVersions("alice", id)).isEmpty();
    assertThat(all(RecordQuery.builder("alice").build())).isEmpty();
    assertThat(all(RecordQuery.builder("alice").text("harbour").build())).isEmpty();
    assertConflict(updated);
    assertThatThrownBy(() -> store().delete(updated, UNTIL))
        .isInstanceOf(VersionConflictException.class);
  }

  @Test
  public void deleteOfAnOlderVersionChangesNothing() {
    ImageRecord created = store().create(Samples.record("alice", id).build());
    ImageRecord updated = store().update(created, List.of(Samples.version(1, "one")));

    assertThatThrownBy(() -> store().delete(created, UNTIL))
        .isInstanceOf(VersionConflictException.class);
    assertThatThrownBy(() -> store().delete(Samples.record("bob", id).version(2).build(), UNTIL))
        .isInstanceOf(VersionConflictException.class);

    assertThat(store().find("alice", id)).contains(updated);
    assertThat(store().captionVersions("alice", id)).containsExactly(Samples.version(1, "one"));
    assertThat(store().tombstones(Instant.MAX, 10)).isEmpty();
  }

  @Test
  public void aTombstoneKeepsTheIdUntilItIsBuried() {
    ImageRecord created = store().create(Samples.record("alice", id).build());
    store().update(created, List.of(Samples.version(1, "one")));
    store().delete(created.toBuilder().version(2).build(), UNTIL);

    assertThatThrownBy(() -> store().create(Samples.record("alice", id).build()))
        .isInstanceOf(VersionConflictException.class);
    for (long version = 0; version < 4; version++) {
      assertConflict(created.toBuilder().version(version).build());
    }

    Tombstone tombstone = new Tombstone("alice", id, UNTIL);
    store().bury(tombstone);
    store().bury(tombstone);

    assertThat(store().tombstones(Instant.MAX, 10)).isEmpty();
    ImageRecord anew = store().create(Samples.record("alice", id).build());
    assertThat(anew.version()).isEqualTo(1);
    assertThat(store().captionVersions("alice", id)).isEmpty();
  }

  @Test
  public void tombstonesComeOldestFirstOnceTheirTimeIsOver() {
    Random random = new Random(4);
    Instant[] times = {UNTIL.plusMillis(2), UNTIL, UNTIL.plusMillis(1)};
    String[] ids = new String[times.length];
    for (int i = 0; i < times.length; i++) {
      ids[i] = Samples.id(Samples.NOON, random);
      store().delete(store().create(Samples.record("o" + i, ids[i]).build()), times[i]);
    }
    Tombstone first = new Tombstone("o1", ids[1], times[1]);
    Tombstone second = new Tombstone("o2", ids[2], times[2]);
    Tombstone third = new Tombstone("o0", ids[0], times[0]);

    assertThat(store().tombstones(UNTIL.minusMillis(1), 10)).isEmpty();
    assertThat(store().tombstones(UNTIL, 10)).containsExactly(first);
    assertThat(store().tombstones(UNTIL.plusMillis(1), 10)).containsExactly(first, second);
    assertThat(store().tombstones(UNTIL.plusMillis(2), 2)).containsExactly(first, second);
    assertThat(store().tombstones(UNTIL.plusMillis(2), 10)).containsExactly(first, second, third);

    store().bury(second);
    assertThat(store().tombstones(UNTIL.plusMillis(2), 10)).containsExactly(first, third);
  }

  @Test
  public void whatWasReturnedIsThereForAnotherInstance() throws Exception {
    ImageRecord created = store().create(Samples.full("alice", id).build());
    ImageRecord updated = store().update(created, List.of(Samples.version(4, "four")));

    var another = again();

    assertThat(another.find("alice", id)).contains(updated);
    assertThat(another.captionVersions("alice", id)).containsExactly(Samples.version(4, "four"));
  }

  @Test
  public void handsOutTheSameCacheAndLedgerEachTime() {
    assertThat(store().captionCache()).isSameAs(store().captionCache());
    assertThat(store().budgetLedger()).isSameAs(store().budgetLedger());
  }

  @Test
  public void closingTwiceDoesNothing() {
    store().create(Samples.record("alice", id).build());
    store().close();
    store().close();
  }

  private void assertConflict(ImageRecord record) {
    assertThatThrownBy(() -> store().update(record, List.of(Samples.version(99, "lost"))))
        .isInstanceOf(VersionConflictException.class);
  }
}
