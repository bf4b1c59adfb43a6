package dev.cutline.jdbc;

import dev.cutline.ImageRecord;
import dev.cutline.spi.HashBands;
import dev.cutline.spi.StoreArguments;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The index of perceptual hashes: which stored pictures of an owner look nearly the same. */
final class HashIndex {
  /** Of entries in one range: ten times of what an owner with 250,000 pictures has there. */
  private static final int MOST_OF_RANGE = 10_000;

  private static final String ADD =
      "INSERT INTO cutline_hashes (owner, band, entry, position) VALUES (?, ?, ?, ?)";
  private static final String REMOVE =
      "DELETE FROM cutline_hashes WHERE owner = ? AND band = ? AND entry = ? AND position = ?";
  private static final String RANGE =
      "SELECT h.entry, h.position FROM cutline_owners o"
          + " JOIN cutline_hashes h ON h.owner = o.number"
          + " WHERE o.name = ? AND h.band = ? AND h.entry BETWEEN ? AND ?"
          + " ORDER BY h.entry DESC, h.position DESC LIMIT ?";
  private static final String RECORD =
      "SELECT "
          + RecordRow.COLUMNS
          + " FROM cutline_records r JOIN cutline_owners o ON o.number = r.owner"
          + " WHERE r.position = ? AND o.name = ? AND r.perceptual_hash = ?"
          + " AND r.storage_state = 'STORED'";

  private HashIndex() {}

  /** Puts the hash of a stored record in place of the one that it had. */
  static void replace(
      Connection connection, long owner, long position, @Nullable Long before, @Nullable Long after)
      throws SQLException {
    if (Objects.equals(before, after)) {
      return;
    }
    for (int band = 0; band < HashBands.COUNT; band++) {
      if (before != null) {
        Jdbc.update(connection, REMOVE, owner, band, HashBands.entry(before, band), position);
      }
      if (after != null) {
        Jdbc.update(connection, ADD, owner, band, HashBands.entry(after, band), position);
      }
    }
  }

  static List<ImageRecord> similar(
      Connection connection, String owner, long hash, int distance, int limit) throws SQLException {
    String name = StoreArguments.unicode(owner, "the owner");
    List<ImageRecord> records = new ArrayList<>();
    for (Found found : nearest(connection, name, hash, distance, limit)) {
      // Between two statements it may have been deleted, and another one have taken its position.
      Jdbc.first(connection, RecordRow::read, RECORD, found.position(), name, found.hash())
          .ifPresent(row -> records.add(row.record()));
    }
    return List.copyOf(records);
  }

  private static List<Found> nearest(
      Connection connection, String owner, long hash, int distance, int limit) throws SQLException {
    // Any number of pictures may have the same hash, and then these are the nearest.
    List<Found> same = range(connection, owner, HashBands.ranges(hash, 0).get(0), hash, limit);
    if (same.size() == limit || distance == 0) {
      return same;
    }
    Map<Long, Found> found = new HashMap<>();
    for (HashBands.Range range : HashBands.ranges(hash, distance)) {
      for (Found each : range(connection, owner, range, hash, MOST_OF_RANGE)) {
        if (each.distance() <= distance) {
          found.put(each.position(), each);
        }
      }
    }
    same.forEach(each -> found.put(each.position(), each));
    return nearest(found.values(), limit);
  }

  private static List<Found> nearest(Collection<Found> found, int limit) {
    return found.stream()
        .sorted(
            Comparator.comparingInt(Found::distance)
                .thenComparing(Comparator.comparingLong(Found::position).reversed()))
        .limit(limit)
        .toList();
  }

  private static List<Found> range(
      Connection connection, String owner, HashBands.Range range, long hash, int limit)
      throws SQLException {
    return Jdbc.list(
        connection,
        row -> Found.of(row, range.band(), hash),
        RANGE,
        owner,
        range.band(),
        range.first(),
        range.last(),
        limit);
  }

  /** A picture and how far it is off. */
  private record Found(long position, long hash, int distance) {
    static Found of(ResultSet row, int band, long asked) throws SQLException {
      long hash = HashBands.hash(row.getLong("entry"), band);
      return new Found(row.getLong("position"), hash, HashBands.distance(hash, asked));
    }
  }
}
