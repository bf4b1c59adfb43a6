package dev.cutline.cli;

import dev.cutline.ImageRecord;
import dev.cutline.RecordPage;
import dev.cutline.RecordQuery;
import dev.cutline.cli.output.JsonLine;
import dev.cutline.cli.output.Result;
import dev.cutline.cli.output.ResultTable;
import dev.cutline.cli.output.Screen;
import dev.cutline.core.Cutline;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A page of pictures, as {@code list} and {@code search} show it. */
final class ListOptions {
  private static final int MOST = 1000;

  @Mixin private FilterOptions filter = new FilterOptions();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "Most pictures to show, at most 1000 (default: ${DEFAULT-VALUE}).")
  private int limit = 50;

  @Option(
      names = "--cursor",
      paramLabel = "CURSOR",
      description = "Where to go on: what the page before named.")
  private @Nullable String cursor;

  @Option(names = "--json", description = "JSON Lines also on a terminal.")
  private boolean json;

  /** Shows the page: pictures with these words, or all if there is no text; newest first. */
  int show(RootCommand root, @Nullable String text) {
    if (limit < 1 || limit > MOST) {
      throw new UsageException("--limit is 1 to " + MOST + ", not " + limit);
    }
    List<RecordQuery> queries = filter.queries(root.owner(), text);
    Cursor place = Cursor.parse(cursor, queries.size());
    try (Cutline cutline = root.openToRead()) {
      show(root.screen(), cutline, queries, place);
    }
    return ExitStatus.DONE;
  }

  private void show(Screen screen, Cutline cutline, List<RecordQuery> queries, Cursor start) {
    ResultTable table =
        screen.showsResults() && !json ? ResultTable.ofRecords(screen.columns()) : null;
    Cursor place = start;
    int shown = 0;
    while (shown < limit && place.query() < queries.size()) {
      RecordQuery query = queries.get(place.query()).toBuilder().limit(limit - shown).build();
      RecordPage page = page(cutline, query, place);
      for (ImageRecord record : page.items()) {
        if (filter.matches(cutline, record)) {
          if (shown++ == 0 && table != null) {
            screen.result(table.header());
          }
          List<String> stale = cutline.staleness(record).reasons();
          Result.of(record).forEach(r -> screen.result(line(table, r, stale)));
        }
      }
      place = place.after(page);
    }
    if (shown == 0) {
      screen.message("No pictures.");
    }
    if (place.query() < queries.size()) {
      screen.message("There may be more: --cursor " + place);
    }
  }

  private RecordPage page(Cutline cutline, RecordQuery query, Cursor place) {
    try {
      return cutline.query(query.toBuilder().cursor(place.inQuery()).build());
    } catch (IllegalArgumentException e) {
      throw new UsageException("--cursor " + cursor + ": " + e.getMessage());
    }
  }

  private static String line(@Nullable ResultTable table, Result result, List<String> stale) {
    return table == null ? JsonLine.ofRecord(result, stale) : table.row(result);
  }

  /** A place in a row of queries: which of them, and where in its pages; null: at its start. */
  private record Cursor(int query, @Nullable String inQuery) {
    static Cursor parse(@Nullable String text, int queries) {
      if (text == null) {
        return new Cursor(0, null);
      }
      int colon = text.indexOf(':');
      boolean known = colon == 1 && Character.digit(text.charAt(0), 10) >= 0;
      int query = known ? Character.digit(text.charAt(0), 10) : queries;
      if (query >= queries) {
        throw new UsageException(
            "--cursor " + text + ": is none of ours; leave it out to start anew");
      }
      String rest = text.substring(colon + 1);
      return new Cursor(query, rest.isEmpty() ? null : rest);
    }

    Cursor after(RecordPage page) {
      return page.nextCursor()
          .map(next -> new Cursor(query, next))
          .orElseGet(() -> new Cursor(query + 1, null));
    }

    @Override
    public String toString() {
      return query + ":" + (inQuery == null ? "" : inQuery);
    }
  }
}
