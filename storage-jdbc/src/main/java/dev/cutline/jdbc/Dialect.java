package dev.cutline.jdbc;

import dev.cutline.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What differs from one kind of database to the next. Everything else is written once. */
interface Dialect {
  /** Tells whether there is a database to connect to; if not, connecting makes one. */
  boolean exists();

  /** Tells whether nothing can be written, not even a newer schema. */
  boolean isReadOnly();

  /** Opens a connection that is ready for use. */
  Connection connect() throws SQLException;

  /**
   * Tells whether writers have to take turns anyway, so that they better do so before they ask the
   * database.
   */
  boolean hasOneWriter();

  /** Returns the statement that begins a transaction that will write. */
  String begin();

  /** Returns what ends a SELECT that locks the row that it reads, with a space before it. */
  String forUpdate();

  /**
   * Returns the statement that inserts a row or, where its key is taken, replaces the other values.
   *
   * @param key columns of the primary key, first among the parameters
   * @param values the columns after them; may be empty, then a row that is there stays as it is
   */
  String upsert(String table, List<String> key, List<String> values);

  /** Returns a condition that a text column starts with the text of its two parameters. */
  String startsWith(String column);

  /** Returns the parameters of {@link #startsWith}. */
  List<Object> startParameters(String text);

  TermIndex terms();

  /** Returns the exception for what a driver has thrown. */
  StoreException failure(SQLException e);

  /** Returns the migrations, in order. */
  List<Migration> migrations();

  /** Tells whether there is a table of that name. */
  boolean hasTable(Connection connection, String table) throws SQLException;

  /**
   * Returns the tables that hold data of ours, in no order; those not that can be made anew from
   * others.
   */
  List<String> tables(Connection connection) throws SQLException;
}
