package dev.cutline.jdbc;

import dev.cutline.ImageRecord;
import dev.cutline.spi.StoreArguments;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The numbers that stand for owners in all other tables. */
final class Owners {
  private static final String COLUMNS = "number, name, skew_min, skew_max";

  private final Dialect dialect;

  Owners(Dialect dialect) {
    this.dialect = dialect;
  }

  /**
   * An owner.
   *
   * @param number in other tables
   * @param name as everybody else knows it
   * @param skewMin the least that a record's time of creation is ahead of that in its id, in
   *     milliseconds
   * @param skewMax the most
   */
  record Owner(long number, String name, long skewMin, long skewMax) {}

  Optional<Owner> find(Connection connection, String name) throws SQLException {
    return Jdbc.first(
        connection,
        Owners::owner,
        "SELECT " + COLUMNS + " FROM cutline_owners WHERE name = ?",
        StoreArguments.unicode(name, "the owner"));
  }

  /** Returns an owner, new if need be; in a transaction that writes. */
  Owner findOrAdd(Connection connection, String name) throws SQLException {
    Optional<Owner> known = find(connection, name);
    if (known.isPresent()) {
      return known.get();
    }
    Jdbc.update(connection, dialect.upsert("cutline_owners", List.of("name"), List.of()), name);
    return find(connection, name).orElseThrow();
  }

  /** Widens the bounds of an owner so that they hold for a record. */
  void widen(Connection connection, Owner owner, ImageRecord record) throws SQLException {
    long skew = Times.minus(Times.floorMillis(record.createdAt()), Position.millis(record.id()));
    if (skew < owner.skewMin() || skew > owner.skewMax()) {
      Jdbc.update(
          connection,
          "UPDATE cutline_owners SET skew_min = ?, skew_max = ? WHERE number = ?",
          Math.min(skew, owner.skewMin()),
          Math.max(skew, owner.skewMax()),
          owner.number());
    }
  }

  /** Removes an owner that nothing is left of: the name may be an address of a person. */
  void forget(Connection connection, Owner owner) throws SQLException {
    Jdbc.update(
        connection,
        "DELETE FROM cutline_owners WHERE number = ?"
            + " AND NOT EXISTS (SELECT 1 FROM cutline_records WHERE owner = number)"
            + " AND NOT EXISTS (SELECT 1 FROM cutline_tombstones WHERE owner = number)"
            + " AND NOT EXISTS (SELECT 1 FROM cutline_cached_captions WHERE owner = number)",
        owner.number());
  }

  private static Owner owner(ResultSet row) throws SQLException {
    return new Owner(
        row.getLong("number"),
        row.getString("name"),
        row.getLong("skew_min"),
        row.getLong("skew_max"));
  }
}
