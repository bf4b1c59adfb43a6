package dev.cutline.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** The index from terms to positions of records, as one kind of database keeps it. */
interface TermIndex {
  /** Sets the terms of a record, in place of those that it had. */
  void put(Connection connection, long position, Set<String> terms) throws SQLException;

  /** Removes the terms of a record; nothing happens if it has none. */
  void remove(Connection connection, long position) throws SQLException;

  /**
   * Returns the tables that yield the records {@code r} that have all terms. It has one parameter.
   */
  String matching();

  /**
   * Returns the column in {@link #matching()} that holds the position: bounds on it and its order,
   * rising or falling, are the index's own, so that a page costs the same however many records
   * match.
   */
  String position();

  /** Returns the value for the parameter of {@link #matching()}. */
  String parameter(Set<String> terms);
}
