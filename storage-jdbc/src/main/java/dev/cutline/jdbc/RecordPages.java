package dev.cutline.jdbc;

import dev.cutline.RecordPage;
import dev.cutline.RecordQuery;
import dev.cutline.jdbc.Owners.Owner;
import dev.cutline.spi.SearchTerms;
import dev.cutline.spi.StoreArguments;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Pages of records. Every query walks one index in the order of positions and stops when the page
 * is full: nothing is counted, skipped or sorted, so that the millionth record makes no page
 * slower.
 *
 * <p>Positions and ids order records alike, but for those of one millisecond. A page therefore
 * takes the last millisecond that it touches whole, and sorts and cuts afterwards.
 */
final class RecordPages {
  /** Sorts after every id. */
  private static final String AFTER_ALL_IDS = "g";

  private static final Pattern GLOBAL_CURSOR = Pattern.compile("([0-9a-f-]{36})\\.([0-9]{1,18})");

  private static final Comparator<RecordRow> RISING =
      Comparator.comparing(RecordRow::id).thenComparingLong(RecordRow::owner);

  private final Dialect dialect;
  private final Owners owners;

  RecordPages(Dialect dialect, Owners owners) {
    this.dialect = dialect;
    this.owners = owners;
  }

  /** Reads rows whose positions are in a range, in the order of the page, at most so many. */
  @FunctionalInterface
  private interface Rows {
    List<RecordRow> between(long low, long high, int limit) throws SQLException;
  }

  RecordPage query(Connection connection, RecordQuery query) throws SQLException {
    checkTexts(query);
    String cursor = query.cursor().orElse(null);
    if (cursor != null && !Position.isId(cursor)) {
      throw Pages.badCursor(cursor);
    }
    Optional<Owner> found = owners.find(connection, query.owner());
    if (found.isEmpty()) {
      return RecordPage.of(List.of(), null);
    }
    Owner owner = found.get();
    long from = query.from().map(Times::ceilMillis).orElse(Long.MIN_VALUE);
    long to = query.to().map(Times::ceilMillis).orElse(Long.MAX_VALUE);
    // the time in an id is that of creation, less the skew
    long low = Position.first(Times.minus(from, owner.skewMax()));
    long high = Position.last(Times.minus(to, owner.skewMin()));
    if (cursor != null) {
      high = Math.min(high, Position.last(Position.millis(cursor)));
    }
    Set<String> terms = Terms.of(owner.number(), query);
    String position = terms.isEmpty() ? "r.position" : dialect.terms().position();
    String title =
        query.titlePrefix().filter(Terms::isLongTitle).map(SearchTerms::title).orElse(null);
    String sql =
        "SELECT "
            + RecordRow.COLUMNS
            + " FROM "
            + (terms.isEmpty() ? "cutline_records r" : dialect.terms().matching())
            + " JOIN cutline_owners o ON o.number = r.owner"
            + " WHERE r.owner = ? AND r.storage_state = 'STORED' AND "
            + position
            + " BETWEEN ? AND ? AND r.id < ? AND r.created_at >= ? AND r.created_at < ?"
            + (title == null ? "" : " AND " + dialect.startsWith("r.long_title"))
            + " ORDER BY "
            + position
            + " DESC LIMIT ?";
    Rows rows =
        (first, last, limit) -> {
          List<@Nullable Object> parameters = new ArrayList<>();
          if (!terms.isEmpty()) {
            parameters.add(dialect.terms().parameter(terms));
          }
          Collections.addAll(parameters, owner.number(), first, last);
          Collections.addAll(parameters, cursor == null ? AFTER_ALL_IDS : cursor, from, to);
          if (title != null) {
            parameters.addAll(dialect.startParameters(title));
          }
          parameters.add(limit);
          return Jdbc.list(connection, RecordRow::read, sql, parameters.toArray());
        };
    return page(rows, low, high, query.limit(), false);
  }

  RecordPage unsettled(Connection connection, Instant now, @Nullable String cursor, int limit)
      throws SQLException {
    return global(
        connection,
        "r.storage_state <> 'STORED' AND (r.lease_until IS NULL OR r.lease_until <= ?)",
        List.of(Times.floorMillis(now)),
        cursor,
        limit);
  }

  RecordPage pendingCaptions(Connection connection, @Nullable String cursor, int limit)
      throws SQLException {
    return global(
        connection,
        "r.storage_state = 'STORED' AND r.caption_state = 'PENDING'",
        List.of(),
        cursor,
        limit);
  }

  private static RecordPage global(
      Connection connection,
      String condition,
      List<Object> conditionParameters,
      @Nullable String cursor,
      int limit)
      throws SQLException {
    Pages.checkLimit(limit);
    String id = "";
    long owner = 0;
    long low = 0;
    if (cursor != null) {
      Matcher matcher = GLOBAL_CURSOR.matcher(cursor);
      if (!matcher.matches() || !Position.isId(matcher.group(1))) {
        throw Pages.badCursor(cursor);
      }
      id = matcher.group(1);
      owner = Long.parseLong(matcher.group(2));
      low = Position.first(Position.millis(id));
    }
    String afterId = id;
    long afterOwner = owner;
    Rows rows =
        (first, last, count) -> {
          List<@Nullable Object> parameters = new ArrayList<>(conditionParameters);
          Collections.addAll(parameters, first, last, afterId, afterId, afterOwner, count);
          return Jdbc.list(
              connection,
              RecordRow::readAny,
              "SELECT "
                  + RecordRow.COLUMNS
                  + " FROM cutline_records r JOIN cutline_owners o ON o.number = r.owner WHERE "
                  + condition
                  + " AND r.position BETWEEN ? AND ? AND (r.id > ? OR r.id = ? AND r.owner > ?)"
                  + " ORDER BY r.position LIMIT ?",
              parameters.toArray());
        };
    return page(rows, low, Long.MAX_VALUE, limit, true);
  }

  private static RecordPage page(Rows rows, long low, long high, int limit, boolean rising)
      throws SQLException {
    List<RecordRow> read = new ArrayList<>(rows.between(low, high, limit + 1));
    if (read.size() > limit) {
      long last = read.get(limit).position();
      long millis = Position.millis(last);
      // the page would be cut within a millisecond: which of its records come first, only ids tell
      if (Position.millis(read.get(limit - 1).position()) == millis) {
        read.addAll(
            rising
                ? rows.between(last + 1, Position.last(millis), Integer.MAX_VALUE)
                : rows.between(Math.max(low, Position.first(millis)), last - 1, Integer.MAX_VALUE));
      }
    }
    read.sort(rising ? RISING : RISING.reversed());
    List<RecordRow> shown = read.subList(0, Math.min(limit, read.size()));
    String next = null;
    if (read.size() > limit) {
      RecordRow last = shown.get(limit - 1);
      next = last.id() + (rising ? "." + last.owner() : "");
    }
    return RecordRow.page(shown, next);
  }

  /** Text that is no Unicode can be in no record, and must not be taken for a question mark. */
  private static void checkTexts(RecordQuery query) {
    query.text().ifPresent(text -> StoreArguments.unicode(text, "the text"));
    query.tag().ifPresent(tag -> StoreArguments.unicode(tag, "the tag"));
    query.titlePrefix().ifPresent(prefix -> StoreArguments.unicode(prefix, "the title"));
    query.provider().ifPresent(provider -> StoreArguments.unicode(provider, "the provider"));
    query.sha256().ifPresent(sha256 -> StoreArguments.unicode(sha256, "the SHA-256"));
  }
}
