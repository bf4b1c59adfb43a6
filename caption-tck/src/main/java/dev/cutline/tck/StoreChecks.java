package dev.cutline.tck;

import dev.cutline.CaptionState;
import dev.cutline.ImageRecord;
import dev.cutline.RecordPage;
import dev.cutline.RecordQuery;
import dev.cutline.RecordStore;
import dev.cutline.StorageState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/** What the tests of stores of records share. */
abstract class StoreChecks extends OpenedStores<RecordStore> {
  private final Clock clock;

  StoreChecks(RecordStoreContract contract) {
    this(contract, new Clock());
  }

  private StoreChecks(RecordStoreContract contract, Clock clock) {
    super(() -> contract.open(clock), contract::again);
    this.clock = clock;
  }

  /** Returns what the clock of the store shows. */
  final Instant now() {
    return clock.instant();
  }

  /** Lets time pass for the store. */
  final void pass(Duration time) {
    clock.now = clock.now.plus(time);
  }

  /** Creates a record and brings it to {@link StorageState#STORED}. */
  final ImageRecord stored(ImageRecord.Builder record) {
    return store().create(record.storageState(StorageState.STORED).build());
  }

  /** Creates a stored record that has its captions. */
  final ImageRecord captioned(ImageRecord.Builder record) {
    return stored(record.captionState(CaptionState.CAPTIONED));
  }

  final List<ImageRecord> all(RecordQuery query) {
    return pages(query.limit(), cursor -> store().query(query.toBuilder().cursor(cursor).build()));
  }

  final List<String> ids(RecordQuery query) {
    return all(query).stream().map(ImageRecord::id).toList();
  }

  /**
   * Follows cursors to the end, and checks on the way that no page is too long and the last has no
   * cursor.
   */
  static List<ImageRecord> pages(int limit, Function<@Nullable String, RecordPage> next) {
    List<ImageRecord> items = new ArrayList<>();
    String cursor = null;
    do {
      RecordPage page = next.apply(cursor);
      Assertions.assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      if (page.nextCursor().isPresent()) {
        Assertions.assertThat(page.items())
            .as("a page that is not the last is full")
            .hasSize(limit);
      }
      items.addAll(page.items());
      Assertions.assertThat(items).hasSizeLessThan(1_000_000);
      cursor = page.nextCursor().orElse(null);
    } while (cursor != null);
    return items;
  }

  /** Stands still until somebody lets time pass; read by threads of the store. */
  private static final class Clock implements InstantSource {
    private volatile Instant now = Samples.NOON;

    @Override
    public Instant instant() {
      return now;
    }
  }
}
