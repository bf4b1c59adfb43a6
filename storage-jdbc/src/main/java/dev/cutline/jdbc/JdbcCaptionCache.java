package dev.cutline.jdbc;

import dev.cutline.CaptionCache;
import dev.cutline.CaptionReply;
import dev.cutline.jdbc.Owners.Owner;
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
  private final String put;

  JdbcCaptionCache(Database database, Owners owners, InstantSource clock) {
    this.database = database;
    this.owners = owners;
    this.clock = clock;
    this.put =
        database
            .dialect()
            .upsert(
                "cutline_cached_captions", List.of("owner", "key"), List.of("document", "put_at"));
  }

  @Override
  public Optional<CaptionReply> find(String owner, String key) {
    String name = Texts.unicode(owner, "the owner");
    String bounded = Texts.bounded(key, MAX_KEY, "a key");
    return database.read(
        connection ->
            Jdbc.first(
                connection,
                row -> CaptionDocuments.reply(row.getString("document")),
                "SELECT c.document FROM cutline_cached_captions c"
                    + " JOIN cutline_owners o ON o.number = c.owner"
                    + " WHERE o.name = ? AND c.key = ?",
                name,
                bounded));
  }

  @Override
  public void put(String owner, String key, CaptionReply reply) {
    String bounded = Texts.bounded(key, MAX_KEY, "a key");
    String document = Texts.unicode(CaptionDocuments.write(reply), "the answer");
    database.write(
        connection ->
            Jdbc.update(
                connection,
                put,
                owners.findOrAdd(connection, owner).number(),
                bounded,
                document,
                Times.floorMillis(clock.instant())));
  }

  @Override
  public void deleteOwner(String owner) {
    database.write(
        connection -> {
          Optional<Owner> found = owners.find(connection, owner);
          if (found.isPresent()) {
            Jdbc.update(
                connection,
                "DELETE FROM cutline_cached_captions WHERE owner = ?",
                found.get().number());
            owners.forget(connection, found.get());
          }
          return true;
        });
  }

  @Override
  public int deleteBefore(Instant before, int limit) {
    Pages.checkLimit(limit);
    return database.write(
        connection -> {
          List<Old> old =
              Jdbc.list(
                  connection,
                  row -> new Old(row.getString("name"), row.getLong("owner"), row.getString("key")),
                  "SELECT o.name, c.owner, c.key FROM cutline_cached_captions c"
                      + " JOIN cutline_owners o ON o.number = c.owner"
                      + " WHERE c.put_at < ? ORDER BY c.put_at LIMIT ?",
                  Times.ceilMillis(before),
                  limit);
          Set<String> names = new LinkedHashSet<>();
          for (Old each : old) {
            Jdbc.update(
                connection,
                "DELETE FROM cutline_cached_captions WHERE owner = ? AND key = ?",
                each.owner(),
                each.key());
            names.add(each.name());
          }
          for (String name : names) {
            owners.forget(connection, owners.find(connection, name).orElseThrow());
          }
          return old.size();
        });
  }

  /** What is found by its age. */
  private record Old(String name, long owner, String key) {}
}
