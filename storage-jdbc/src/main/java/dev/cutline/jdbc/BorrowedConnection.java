package dev.cutline.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Lends a connection whose transaction stays in the hands of the lender: who borrows it can neither
 * end the transaction nor close the connection.
 */
final class BorrowedConnection {
  private static final Set<String> KEPT_FROM_BORROWERS =
      Set.of("close", "commit", "rollback", "setAutoCommit");

  private BorrowedConnection() {}

  /** Returns a source that gives the same connection each time. */
  static DataSource source(Connection connection) {
    Connection lent = lend(connection);
    return proxy(
        DataSource.class,
        (proxy, method, arguments) -> {
          if (method.getName().equals("getConnection")) {
            return lent;
          }
          throw new SQLFeatureNotSupportedException(method.getName());
        });
  }

  private static Connection lend(Connection connection) {
    return proxy(
        Connection.class,
        (proxy, method, arguments) -> {
          if (KEPT_FROM_BORROWERS.contains(method.getName())) {
            return null;
          }
          try {
            return method.invoke(connection, arguments);
          } catch (InvocationTargetException e) {
            throw e.getTargetException();
          }
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            BorrowedConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
