package dev.cutline.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/**
 * Terms in an FTS5 table, whose row ids are positions: it walks lists of matches by falling row id.
 */
final class SqliteTerms implements TermIndex {
  @Override
  public void put(Connection connection, long position, Set<String> terms) throws SQLException {
    Jdbc.update(
        connection,
        "INSERT OR REPLACE INTO cutline_terms (rowid, terms) VALUES (?, ?)",
        position,
        String.join(" ", terms));
  }

  @Override
  public void remove(Connection connection, long position) throws SQLException {
    Jdbc.update(connection, "DELETE FROM cutline_terms WHERE rowid = ?", position);
  }

  /** The cross join keeps the planner from starting with the records. */
  @Override
  public String matching() {
    return "cutline_terms t CROSS JOIN cutline_records r"
        + " ON t.cutline_terms MATCH ? AND r.position = t.rowid";
  }

  @Override
  public String position() {
    return "t.rowid";
  }

  /** Terms hold letters and digits only, so that there is nothing to escape between the quotes. */
  @Override
  public String parameter(Set<String> terms) {
    return '"' + String.join("\" \"", terms) + '"';
  }
}
