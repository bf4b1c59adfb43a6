package dev.cutline.core;

import dev.cutline.ImageRecord;
import dev.cutline.RecordPage;
import dev.cutline.RecordQuery;
import dev.cutline.RecordStore;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * What a selection chooses, a page of records in memory at a time. A page begins behind the last
 * record of the one before, so captioning what was handed out moves nothing. Used by one thread.
 */
final class RecaptionPages implements Iterator<RecaptionSelection.Chosen> {
  private final RecordStore records;
  private final RecaptionSelection selection;
  private final Deque<RecaptionSelection.Chosen> page = new ArrayDeque<>();
  private @Nullable RecordQuery next;

  RecaptionPages(RecordStore records, RecaptionSelection selection) {
    this.records = records;
    this.selection = selection;
    this.next = selection.query();
  }

  @Override
  public boolean hasNext() {
    while (page.isEmpty() && next != null) {
      RecordPage found = records.query(next);
      for (ImageRecord record : found.items()) {
        selection.of(record).ifPresent(page::add);
      }
      RecordQuery asked = next;
      next =
          found.nextCursor().map(cursor -> asked.toBuilder().cursor(cursor).build()).orElse(null);
    }
    return !page.isEmpty();
  }

  @Override
  public RecaptionSelection.Chosen next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.remove();
  }
}
