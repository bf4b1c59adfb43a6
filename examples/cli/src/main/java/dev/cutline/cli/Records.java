package dev.cutline.cli;

import dev.cutline.ImageRecord;
import dev.cutline.RecordPage;
import dev.cutline.RecordQuery;
import dev.cutline.core.Cutline;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Predicate;

/** What one query after the other finds, page by page. Not safe for several threads. */
final class Records implements Iterator<ImageRecord> {
  private static final int PAGE = 200;

  private final Cutline cutline;
  private final Deque<RecordQuery> queries;
  private final Predicate<ImageRecord> filter;
  private Iterator<ImageRecord> page = List.<ImageRecord>of().iterator();

  private Records(Cutline cutline, List<RecordQuery> queries, Predicate<ImageRecord> filter) {
    this.cutline = cutline;
    this.queries = new ArrayDeque<>(queries);
    this.filter = filter;
  }

  /** Returns everything that the queries find, whatever their limits, and the filter lets pass. */
  static Records of(Cutline cutline, List<RecordQuery> queries, Predicate<ImageRecord> filter) {
    return new Records(
        cutline,
        queries.stream().map(query -> query.toBuilder().limit(PAGE).build()).toList(),
        filter);
  }

  @Override
  public boolean hasNext() {
    while (!page.hasNext() && !queries.isEmpty()) {
      RecordQuery query = queries.remove();
      RecordPage found = cutline.query(query);
      found
          .nextCursor()
          .ifPresent(cursor -> queries.addFirst(query.toBuilder().cursor(cursor).build()));
      page = found.items().stream().filter(filter).iterator();
    }
    return page.hasNext();
  }

  @Override
  public ImageRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.next();
  }
}
