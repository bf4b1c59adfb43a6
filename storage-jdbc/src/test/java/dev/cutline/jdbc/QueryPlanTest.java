package dev.cutline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.CaptionState;
import dev.cutline.RecordQuery;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No page may scan a table or sort: SQLite is asked how it would go about each. */
class QueryPlanTest {
  @TempDir static Path folder;

  private final Dialect dialect =
      JdbcSettings.dialect(new Databases(folder).empty(), Duration.ofSeconds(5));
  private final Owners owners = new Owners(dialect);
  private final RecordPages pages = new RecordPages(dialect, owners);

  /** Runs statements on a connection. */
  private interface Run {
    void on(Connection connection) throws SQLException;
  }

  @Test
  void pagesOfAnOwnerWalkTheIndexOfStoredRecords() throws Exception {
    for (RecordQuery.Builder query :
        List.of(
            RecordQuery.builder("alice"),
            RecordQuery.builder("alice").cursor(Pictures.id(3)),
            RecordQuery.builder("alice").from(Instant.EPOCH).to(Pictures.START))) {
      assertThat(plan(connection -> pages.query(connection, query.build())))
          .anyMatch(
              step ->
                  step.startsWith(
                      "SEARCH r USING INDEX cutline_records_stored (owner=? AND position>? AND position<?)"));
    }
  }

  @Test
  void pagesWithConditionsWalkTheListsOfTerms() throws Exception {
    for (RecordQuery.Builder query :
        List.of(
            RecordQuery.builder("alice").text("word"),
            RecordQuery.builder("alice").tag("tag").cursor(Pictures.id(3)),
            RecordQuery.builder("alice").titlePrefix("t".repeat(100)),
            RecordQuery.builder("alice")
                .text("some words")
                .captionState(CaptionState.CAPTIONED)
                .needsReview(true)
                .from(Instant.EPOCH))) {
      List<String> plan = plan(connection -> pages.query(connection, query.build()));
      // M: a match, r: in the order of row ids; < and >: bounds on them
      assertThat(plan)
          .anyMatch(step -> step.matches("SCAN t VIRTUAL TABLE INDEX \\d+:.*M.*[<>].*"));
      assertThat(plan).anyMatch(step -> step.startsWith("SEARCH r USING INTEGER PRIMARY KEY"));
    }
  }

  @Test
  void pagesOverAllOwnersWalkTheirOwnIndexes() throws Exception {
    assertThat(plan(connection -> pages.unsettled(connection, Instant.EPOCH, null, 10)))
        .anyMatch(step -> step.contains("cutline_records_unsettled"));
    assertThat(plan(connection -> pages.pendingCaptions(connection, null, 10)))
        .anyMatch(step -> step.contains("cutline_records_pending"));
    for (String cursor : new String[] {null, "1.1"}) {
      assertThat(
              plan(
                  connection ->
                      new AgePages().createdBefore(connection, Pictures.START, cursor, 10)))
          .anyMatch(
              step ->
                  step.startsWith(
                      "SEARCH r USING INDEX cutline_records_created (created_at>? AND created_at<?)"));
    }
  }

  @Test
  void singleRecordsAreFoundByTheirKey() throws Exception {
    RecordTable records = new RecordTable(dialect, owners);
    assertThat(plan(connection -> records.find(connection, "alice", Pictures.id(1))))
        .anyMatch(step -> step.contains("(owner=? AND id=?)"));
    assertThat(plan(connection -> records.captionVersions(connection, "alice", Pictures.id(1))))
        .anyMatch(step -> step.startsWith("SEARCH v USING PRIMARY KEY (position=?)"));
    assertThat(plan(connection -> records.tombstones(connection, Instant.EPOCH, 10)))
        .anyMatch(step -> step.contains("cutline_tombstones_until"));
  }

  @Test
  void answersThatAreDueToGoAreFoundByTheirAge() throws Exception {
    assertThat(plan(connection -> JdbcCaptionCache.old(connection, Pictures.START, 10)))
        .anyMatch(
            step ->
                step.startsWith(
                    "SEARCH c USING COVERING INDEX cutline_cached_captions_put (put_at<?)"));
    assertThat(plan(connection -> JdbcCaptionCache.oldest(connection, "alice", 10)))
        .anyMatch(
            step ->
                step.startsWith(
                    "SEARCH c USING COVERING INDEX cutline_cached_captions_age (owner=?)"));
  }

  /** Returns the steps of the plans of all statements that are run. */
  private List<String> plan(Run run) throws SQLException {
    List<String> statements = new ArrayList<>();
    List<String> steps = new ArrayList<>();
    try (Connection connection = dialect.connect()) {
      owners.findOrAdd(connection, "alice");
      run.on(recording(connection, statements));
      for (String statement : statements) {
        steps.addAll(
            Jdbc.list(
                connection, row -> row.getString("detail"), "EXPLAIN QUERY PLAN " + statement));
      }
    }
    assertThat(steps)
        .isNotEmpty()
        .noneMatch(step -> step.toUpperCase(Locale.ROOT).contains("TEMP B-TREE"))
        .noneMatch(step -> step.startsWith("SCAN r") && !step.contains("USING INDEX"))
        .noneMatch(step -> step.matches("SCAN (o|v|cutline_\\w+)( .*)?"));
    return steps;
  }

  private static Connection recording(Connection connection, List<String> statements) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("prepareStatement")) {
                statements.add((String) arguments[0]);
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
