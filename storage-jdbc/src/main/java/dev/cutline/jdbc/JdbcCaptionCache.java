package dev.cutline.jdbc;

import dev.cutline.CaptionCache;
import dev.cutline.CaptionReply;
import dev.cutline.documents.JsonDocuments;
import dev.cutline.jdbc.Owners.Owner;
import dev.cutline.spi.CaptionDocuments;
import dev.cutline.spi.StoreArguments;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Answers, kept beside the records. */
final class JdbcCaptionCache implements CaptionCache {
  private static final int MAX_KEY = 128;

  private final Database database;
  private final Owners owners;
  private final InstantSource clock;

  JdbcCaptionCache(Database database, Owners owners, InstantSource clock) {
    this.database = database;
    this.owners = owners;
    this.clock = clock;
  }

  @Override
  public Optional<CaptionReply> find(String owner, String key, Instant since) {
    String name = StoreArguments.unicode(owner, "the owner");
    String bounded = StoreArguments.unicode(key, MAX_KEY, "a key");
    return database.read(
        connection ->
            Jdbc.first(
                connection,
                row -> CaptionDocuments.reply(JsonDocuments.read(row.getString("document"))),
                "SELECT c.document FROM cutline_cached_captions c"
                    + " JOIN cutline_owners o ON o.number = c.owner"
                    + " WHERE o.name = ? AND c.key = ? AND c.put_at >= ?",
                name,
                bounded,
                Times.ceilMillis(since)));
  }

  @Override
  public void put(String owner, String key, CaptionReply reply) {
    String bounded = StoreArguments.unicode(key, MAX_KEY, "a key");
    String document = JsonDocuments.write(CaptionDocuments.of(reply));
    database.write(
        connection -> {
          long number = owners.findOrAdd(connection, owner).number();
          long now = Times.floorMillis(clock.instant());
          int replaced =
              Jdbc.update(
                  connection,
                  "UPDATE cutline_cached_captions SET document = ?, put_at = ?"
                      + " WHERE owner = ? AND key = ?",
                  document,
                  now,
                  number,
                  bounded);
          if (replaced == 0) {
            Jdbc.update(
                connection,
                "INSERT INTO cutline_cached_captions (owner, key, document, put_at)"
                    + " VALUES (?, ?, ?, ?)",
                number,
                bounded,
                document,
                now);
            count(connection, number, 1);
          }
          return true;
        });
  }

  @Override
  public void deleteOwner(String owner) {
    database.write(
        connection -> {
          Optional<Owner> found = owners.find(connection, owner);
          if (found.isPresent()) {
            long number = found.get().number();
            count(
                connection,
                number,
                -Jdbc.update(
                    connection, "DELETE FROM cutline_cached_captions WHERE owner = ?", number));
            owners.forget(connection, found.get());
          }
          return true;
        });
  }

  @Override
  public int deleteBefore(Instant before, int limit) {
    Pages.checkLimit(limit);
    // Most often there is none, and then no writer is to wait.
    return database.read(connection -> old(connection, before, 1)).isEmpty()
        ? 0
        : database.write(connection -> delete(connection, old(connection, before, limit)));
  }

  @Override
  public int trim(String owner, int keep, int limit) {
    Pages.checkLimit(limit);
    if (keep < 0) {
      throw new IllegalArgumentException("keep is 0 or more, not " + keep);
    }
    return database.read(connection -> beyond(connection, owner, keep)) <= 0
        ? 0
        : database.write(
            connection -> {
              long beyond = Math.min(beyond(connection, owner, keep), limit);
              return beyond <= 0 ? 0 : delete(connection, oldest(connection, owner, beyond));
            });
  }

  /** Returns how many answers of an owner there are beyond so many. */
  private static long beyond(Connection connection, String owner, int keep) throws SQLException {
    return Jdbc.first(
                connection,
                row -> row.getLong("cached_captions"),
                "SELECT cached_captions FROM cutline_owners WHERE name = ?",
                StoreArguments.unicode(owner, "the owner"))
            .orElse(0L)
        - keep;
  }

  static List<Old> oldest(Connection connection, String owner, long limit) throws SQLException {
    return Jdbc.list(
        connection,
        Old::of,
        "SELECT o.name, c.owner, c.key FROM cutline_owners o"
            + " JOIN cutline_cached_captions c ON c.owner = o.number"
            + " WHERE o.name = ? ORDER BY c.put_at LIMIT ?",
        owner,
        limit);
  }

  static List<Old> old(Connection connection, Instant before, int limit) throws SQLException {
    return Jdbc.list(
        connection,
        Old::of,
        "SELECT o.name, c.owner, c.key FROM cutline_cached_captions c"
            + " JOIN cutline_owners o ON o.number = c.owner"
            + " WHERE c.put_at < ? ORDER BY c.put_at LIMIT ?",
        Times.ceilMillis(before),
        limit);
  }

  private int delete(Connection connection, List<Old> old) throws SQLException {
    Set<String> names = new LinkedHashSet<>();
    for (Old each : old) {
      Jdbc.update(
          connection,
          "DELETE FROM cutline_cached_captions WHERE owner = ? AND key = ?",
          each.owner(),
          each.key());
      count(connection, each.owner(), -1);
      names.add(each.name());
    }
    for (String name : names) {
      owners.forget(connection, owners.find(connection, name).orElseThrow());
    }
    return old.size();
  }

  /** Keeps the number of an owner's answers, so that nobody has to count them. */
  private static void count(Connection connection, long owner, int more) throws SQLException {
    Jdbc.update(
        connection,
        "UPDATE cutline_owners SET cached_captions = cached_captions + ? WHERE number = ?",
        more,
        owner);
  }

  /** What is found by its age. */
  record Old(String name, long owner, String key) {
    static Old of(ResultSet row) throws SQLException {
      return new Old(row.getString("name"), row.getLong("owner"), row.getString("key"));
    }
  }
}
