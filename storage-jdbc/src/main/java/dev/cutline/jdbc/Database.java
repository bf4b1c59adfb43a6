package dev.cutline.jdbc;

import dev.cutline.StoreException;
import dev.cutline.StoreException.Kind;
import dev.cutline.spi.CorruptDocumentException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Connections to one database, and the two ways to use them: reading, and writing in a transaction.
 * Opens a connection when the first is wanted and another only when several are wanted at once.
 * Thread-safe.
 */
final class Database implements AutoCloseable {
  private final Dialect dialect;
  private final Duration patience;
  private final Semaphore permits;
  private final Deque<Connection> idle = new ArrayDeque<>();
  // fair, so that no writer waits for ever behind others
  private final ReentrantLock writer = new ReentrantLock(true);
  private boolean closed;

  /**
   * Opens a database and brings its schema up to date.
   *
   * @param connections at most, from 1
   * @param patience how long a caller waits for a connection or for other writers
   * @throws StoreException if it cannot be opened, or its schema is newer than ours
   */
  static Database open(Dialect dialect, int connections, Duration patience) {
    Database database = new Database(dialect, connections, patience);
    try {
      database.migrate();
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private Database(Dialect dialect, int connections, Duration patience) {
    this.dialect = dialect;
    this.patience = patience;
    this.permits = new Semaphore(connections, true);
  }

  /** Does something with a connection. */
  @FunctionalInterface
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  Dialect dialect() {
    return dialect;
  }

  private void migrate() {
    use(
        connection -> {
          new Schema(dialect).migrate(connection);
          return true;
        });
  }

  /** Returns what {@code work} reads. Each statement sees the database of one moment. */
  <T> T read(Work<T> work) {
    return use(work);
  }

  /**
   * Returns what {@code work} returns once all that it has written is on disk; or nothing is
   * written.
   */
  <T> T write(Work<T> work) {
    if (!dialect.hasOneWriter()) {
      return use(connection -> Transactions.run(dialect, connection, work));
    }
    acquire(writer::tryLock, "other writers of this process");
    try {
      return use(connection -> Transactions.run(dialect, connection, work));
    } finally {
      writer.unlock();
    }
  }

  private <T> T use(Work<T> work) {
    acquire(permits::tryAcquire, "a connection");
    Connection connection = null;
    boolean sound = false;
    try {
      connection = take();
      T result = work.run(connection);
      sound = true;
      return result;
    } catch (SQLException e) {
      throw dialect.failure(e);
    } catch (CorruptDocumentException e) {
      sound = true;
      throw new StoreException(
          Kind.CORRUPT, "a record in the database is damaged: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      sound = true;
      throw e;
    } finally {
      if (connection != null) {
        giveBack(connection, sound);
      }
      permits.release();
    }
  }

  private Connection take() throws SQLException {
    synchronized (idle) {
      if (closed) {
        throw new StoreException(Kind.UNAVAILABLE, "the store is closed");
      }
      Connection connection = idle.poll();
      if (connection != null) {
        return connection;
      }
    }
    return dialect.connect();
  }

  /** Keeps a connection for the next caller, but not one that something went wrong with. */
  private void giveBack(Connection connection, boolean sound) {
    synchronized (idle) {
      if (sound && !closed) {
        idle.push(connection);
        return;
      }
    }
    closeQuietly(connection);
  }

  /** Waits for something for a while. */
  @FunctionalInterface
  private interface Wait {
    boolean until(long time, TimeUnit unit) throws InterruptedException;
  }

  private void acquire(Wait wait, String what) {
    try {
      if (!wait.until(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new StoreException(
            Kind.UNAVAILABLE, "waited " + patience.toMillis() + " ms for " + what + " in vain");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Kind.UNAVAILABLE, "interrupted while waiting for " + what, e);
    }
  }

  /** Closes all connections, those at work as soon as they are done. Closing twice does nothing. */
  @Override
  public void close() {
    List<Connection> connections;
    synchronized (idle) {
      closed = true;
      connections = new ArrayList<>(idle);
      idle.clear();
    }
    connections.forEach(Database::closeQuietly);
  }

  private static void closeQuietly(@Nullable Connection connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      // what was acknowledged is on disk, and there is nothing else to lose
    }
  }
}
