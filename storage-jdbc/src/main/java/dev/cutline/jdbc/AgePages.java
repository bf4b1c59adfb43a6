package dev.cutline.jdbc;

import dev.cutline.RecordPage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Pages of stored records of all owners by their age. A walk along the index of times of creation,
 * which has the position at its end, so that the two are where to go on.
 */
final class AgePages {
  private static final Pattern CURSOR = Pattern.compile("(-?[0-9]{1,19})\\.([0-9]{1,19})");

  private static final String SELECT =
      "SELECT "
          + RecordRow.COLUMNS
          + " FROM cutline_records r JOIN cutline_owners o ON o.number = r.owner"
          + " WHERE r.storage_state = 'STORED' AND r.created_at < ?"
          + " AND (r.created_at, r.position) > (?, ?)"
          + " ORDER BY r.created_at, r.position LIMIT ?";

  RecordPage createdBefore(
      Connection connection, Instant before, @Nullable String cursor, int limit)
      throws SQLException {
    Pages.checkLimit(limit);
    Place after = cursor == null ? Place.START : Place.parse(cursor);
    List<RecordRow> read =
        Jdbc.list(
            connection,
            RecordRow::readAny,
            SELECT,
            Times.ceilMillis(before),
            after.createdAt(),
            after.position(),
            limit + 1);
    List<RecordRow> shown = read.subList(0, Math.min(limit, read.size()));
    return RecordRow.page(
        shown, read.size() > limit ? Place.of(shown.get(limit - 1)).toString() : null);
  }

  /** Where a record stands in the order of age. */
  private record Place(long createdAt, long position) {
    private static final Place START = new Place(Long.MIN_VALUE, -1);

    static Place of(RecordRow row) {
      return new Place(row.createdAt(), row.position());
    }

    static Place parse(String cursor) {
      Matcher matcher = CURSOR.matcher(cursor);
      try {
        if (matcher.matches()) {
          return new Place(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
        }
      } catch (NumberFormatException e) {
        // more than a number of ours can be
      }
      throw Pages.badCursor(cursor);
    }

    @Override
    public String toString() {
      return createdAt + "." + position;
    }
  }
}
