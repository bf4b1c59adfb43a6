package dev.cutline.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.ImageRecord;
import dev.cutline.RecordPage;
import dev.cutline.RecordQuery;
import dev.cutline.StorageState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Pages of an owner's pictures: their order, their cursors, and which states are in them. */
abstract class PageChecks extends QueryChecks {
  PageChecks(RecordStoreContract contract) {
    super(contract);
  }

  @Test
  public void newestComeFirstWhateverOrderTheyWereWrittenIn() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      ids.add(Samples.id(Samples.NOON.plusMillis(i / 4), random));
    }
    Collections.shuffle(ids, random);
    ids.forEach(id -> stored(Samples.record("alice", id)));

    ids.sort(Collections.reverseOrder());
    for (int limit : new int[] {1, 2, 3, 7, 39, 40, 41, 1000}) {
      assertThat(ids(RecordQuery.builder("alice").limit(limit).build())).isEqualTo(ids);
    }
  }

  @Test
  public void pagesManyOfOneMillisecond() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String id = Samples.id(Samples.NOON, random);
      ids.add(id);
      stored(Samples.record("alice", id).tags(i % 3 == 0 ? List.of("third") : List.of()));
    }
    List<String> thirds = new ArrayList<>();
    for (int i = 0; i < 300; i += 3) {
      thirds.add(ids.get(i));
    }
    ids.sort(Collections.reverseOrder());
    thirds.sort(Collections.reverseOrder());

    assertThat(ids(RecordQuery.builder("alice").limit(7).build())).isEqualTo(ids);
    assertThat(ids(RecordQuery.builder("alice").limit(7).tag("third").build())).isEqualTo(thirds);
  }

  @Test
  public void theLastPageHasNoCursor() {
    for (int i = 0; i < 10; i++) {
      plain("title");
    }

    assertThat(store().query(RecordQuery.builder("alice").limit(10).build()).nextCursor())
        .isEmpty();
    assertThat(store().query(RecordQuery.builder("alice").limit(9).build()).nextCursor())
        .isPresent();
    assertThat(
            store()
                .query(RecordQuery.builder("alice").titlePrefix("t").limit(10).build())
                .nextCursor())
        .isEmpty();
    RecordPage none = store().query(RecordQuery.builder("nobody").build());
    assertThat(none.items()).isEmpty();
    assertThat(none.nextCursor()).isEmpty();
  }

  @Test
  public void walksPastWhatIsWrittenAndDeletedMeanwhile() {
    for (String text : new String[] {null, "walk"}) {
      String owner = "walker" + text;
      Instant start = Samples.NOON.plusSeconds(1000);
      List<ImageRecord> before = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        before.add(
            stored(Samples.record(owner, start.plusMillis(i * 10L), random).title("walk " + i)));
      }
      Set<String> deleted = new HashSet<>();
      List<String> seen = new ArrayList<>();
      String cursor = null;
      int page = 0;
      do {
        RecordPage items =
            store().query(RecordQuery.builder(owner).text(text).limit(7).cursor(cursor).build());
        items.items().forEach(record -> seen.add(record.id()));
        cursor = items.nextCursor().orElse(null);
        ImageRecord victim = before.get((page * 17 + 3) % before.size());
        if (deleted.add(victim.id())) {
          store().delete(victim, Samples.NOON);
        }
        for (int offset : new int[] {5, 405, 5_000}) {
          Instant time = start.plusMillis(offset + page * 10L);
          stored(Samples.record(owner, time, random).title("walk meanwhile"));
        }
        page++;
      } while (cursor != null);

      assertThat(seen).doesNotHaveDuplicates().isSortedAccordingTo(Collections.reverseOrder());
      assertThat(seen)
          .containsAll(
              before.stream().map(ImageRecord::id).filter(id -> !deleted.contains(id)).toList());
    }
  }

  @Test
  public void aCursorOutlivesTheRecordItCameFrom() {
    List<ImageRecord> records = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      records.add(0, plain("title"));
    }
    RecordPage first = store().query(RecordQuery.builder("alice").limit(3).build());
    first.items().forEach(record -> store().delete(record, Samples.NOON));
    store().delete(records.get(3), Samples.NOON);

    assertThat(
            ids(
                RecordQuery.builder("alice")
                    .cursor(first.nextCursor().orElseThrow())
                    .limit(3)
                    .build()))
        .containsExactly(records.get(4).id(), records.get(5).id());
  }

  @Test
  public void refusesCursorsThatItNeverGave() {
    plain("title");
    for (String cursor : List.of("", "x", "-1", "' OR 1=1 --", "\0", "%", "9".repeat(400))) {
      assertThatThrownBy(() -> store().query(RecordQuery.builder("alice").cursor(cursor).build()))
          .as("cursor <%s>", cursor)
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> store().unsettled(Samples.NOON, cursor, 10))
          .as("cursor <%s>", cursor)
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> store().pendingCaptions(cursor, 10))
          .as("cursor <%s>", cursor)
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> store().createdBefore(Samples.NOON, cursor, 10))
          .as("cursor <%s>", cursor)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  public void onlyStoredPicturesAreListed() {
    for (StorageState state : StorageState.values()) {
      store()
          .create(next().storageState(state).title("boat " + state).tags(List.of("boat")).build());
    }
    for (RecordQuery.Builder query :
        List.of(
            RecordQuery.builder("alice"),
            RecordQuery.builder("alice").text("boat"),
            RecordQuery.builder("alice").tag("boat"))) {
      assertThat(all(query.build()))
          .extracting(r -> r.title().orElseThrow())
          .containsExactly("boat STORED");
    }
  }

  @Test
  public void followsARecordThroughItsStates() {
    ImageRecord record = store().create(next().title("first").build());
    RecordQuery first = RecordQuery.builder("alice").text("first").build();
    RecordQuery second = RecordQuery.builder("alice").text("second").build();
    assertThat(ids(first)).isEmpty();

    record = update(record.toBuilder().storageState(StorageState.STORED));
    assertThat(ids(first)).containsExactly(record.id());

    record = update(record.toBuilder().title("second").tags(List.of("t")).needsReview(true));
    assertThat(ids(first)).isEmpty();
    assertThat(ids(second)).containsExactly(record.id());
    assertThat(all(RecordQuery.builder("alice").tag("t").needsReview(true).build()))
        .containsExactly(record);

    record = update(record.toBuilder().tags(List.of()).needsReview(false));
    assertThat(ids(RecordQuery.builder("alice").tag("t").build())).isEmpty();
    assertThat(ids(RecordQuery.builder("alice").needsReview(true).build())).isEmpty();
    assertThat(all(second)).containsExactly(record);

    record = update(record.toBuilder().storageState(StorageState.DELETING));
    assertThat(ids(second)).isEmpty();
    assertThat(ids(RecordQuery.builder("alice").build())).isEmpty();

    store().delete(record, Samples.NOON);
    assertThat(ids(second)).isEmpty();
  }
}
