package dev.cutline.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.CaptionVersion;
import dev.cutline.ImageRecord;
import dev.cutline.RecordQuery;
import dev.cutline.RecordStore;
import dev.cutline.StorageState;
import dev.cutline.VersionConflictException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Several threads at once, half of them through another instance where the store has one. */
abstract class ContentionChecks extends StoreChecks {
  private static final int THREADS = 8;

  private final String id = Samples.id(Samples.NOON, new Random(8));

  ContentionChecks(RecordStoreContract contract) {
    super(contract);
  }

  @Test
  public void oneOfManyCreatesAnId() throws Exception {
    RecordStore[] stores = {store(), again()};
    List<Boolean> won =
        Contenders.run(
            THREADS,
            i ->
                () -> {
                  try {
                    stores[i % 2].create(Samples.record("alice", id).title("by " + i).build());
                    return true;
                  } catch (VersionConflictException e) {
                    return false;
                  }
                });

    assertThat(won).containsOnlyOnce(true);
    assertThat(store().find("alice", id).flatMap(ImageRecord::title))
        .contains("by " + won.indexOf(true));
  }

  @Test
  public void noUpdateIsLost() throws Exception {
    int each = 15;
    RecordStore[] stores = {store(), again()};
    store().create(Samples.record("alice", id).build());
    Contenders.run(
        THREADS,
        i ->
            () -> {
              for (int n = 0; n < each; n++) {
                addOne(stores[i % 2]);
              }
              return null;
            });

    ImageRecord record = store().find("alice", id).orElseThrow();
    int all = THREADS * each;
    assertThat(record.lastCaptionNumber()).isEqualTo(all);
    assertThat(record.version()).isEqualTo(1 + all);
    assertThat(store().captionVersions("alice", id))
        .extracting(CaptionVersion::number)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, all).boxed().toList());
  }

  @Test
  public void readersSeeRecordAndVersionsOfOneMoment() throws Exception {
    RecordStore[] stores = {store(), again()};
    store().create(Samples.record("alice", id).build());
    AtomicInteger writers = new AtomicInteger(2);
    Contenders.run(
        4,
        i ->
            () -> {
              if (i < 2) {
                for (int n = 0; n < 40; n++) {
                  addOne(stores[i]);
                }
                writers.decrementAndGet();
                return null;
              }
              while (writers.get() > 0) {
                long before = stores[i % 2].find("alice", id).orElseThrow().lastCaptionNumber();
                List<CaptionVersion> versions = stores[i % 2].captionVersions("alice", id);
                long after = stores[i % 2].find("alice", id).orElseThrow().lastCaptionNumber();
                assertThat((long) versions.size()).isBetween(before, after);
              }
              return null;
            });
  }

  @Test
  public void oneOfManyDeletesAndNobodyUpdatesAfterwards() throws Exception {
    RecordStore[] stores = {store(), again()};
    ImageRecord created = store().create(Samples.record("alice", id).build());
    List<Boolean> won =
        Contenders.run(
            THREADS,
            i ->
                () -> {
                  try {
                    if (i % 4 < 2) {
                      stores[i % 2].delete(created, Samples.NOON);
                    } else {
                      stores[i % 2].update(created, List.of(Samples.version(1, "by " + i)));
                    }
                    return true;
                  } catch (VersionConflictException e) {
                    return false;
                  }
                });

    assertThat(won).containsOnlyOnce(true);
    boolean deleted = won.indexOf(true) % 4 < 2;
    assertThat(store().find("alice", id).isEmpty()).isEqualTo(deleted);
    assertThat(store().captionVersions("alice", id)).hasSize(deleted ? 0 : 1);
    assertThat(store().tombstones(Samples.NOON, 10)).hasSize(deleted ? 1 : 0);
  }

  @Test
  public void pagesHoldEachRecordOnceWhileOthersWrite() throws Exception {
    RecordStore[] stores = {store(), again()};
    Random random = new Random(9);
    for (int i = 0; i < 50; i++) {
      stored(Samples.record("alice", Samples.NOON.plusMillis(i * 20L), random).title("steady"));
    }
    AtomicInteger writers = new AtomicInteger(2);
    Contenders.run(
        4,
        i ->
            () -> {
              if (i < 2) {
                Random own = new Random(i);
                for (int n = 0; n < 60; n++) {
                  ImageRecord record =
                      stores[i].create(
                          Samples.record("alice", Samples.NOON.plusMillis(own.nextInt(1000)), own)
                              .storageState(StorageState.STORED)
                              .title("passing")
                              .build());
                  if (n % 2 == 0) {
                    stores[i].delete(record, Samples.NOON);
                  }
                }
                writers.decrementAndGet();
                return null;
              }
              RecordQuery query =
                  RecordQuery.builder("alice").text(i == 2 ? null : "steady").limit(7).build();
              do {
                List<ImageRecord> seen =
                    pages(
                        7, cursor -> stores[i % 2].query(query.toBuilder().cursor(cursor).build()));
                assertThat(seen).extracting(ImageRecord::id).doesNotHaveDuplicates();
                assertThat(seen)
                    .filteredOn(r -> r.title().equals(Optional.of("steady")))
                    .hasSize(50);
              } while (writers.get() > 0);
              return null;
            });
  }

  private void addOne(RecordStore store) {
    while (true) {
      ImageRecord read = store.find("alice", id).orElseThrow();
      long next = read.lastCaptionNumber() + 1;
      try {
        store.update(
            read.toBuilder().lastCaptionNumber(next).build(),
            List.of(Samples.version(next, "text " + next)));
        return;
      } catch (VersionConflictException e) {
        // somebody was faster: read again
      }
    }
  }
}
