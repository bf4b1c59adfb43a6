/** Records and rate limits in SQLite; MySQL, MariaDB and PostgreSQL are a dialect each. */
module dev.cutline.jdbc {
  requires static transitive org.jspecify;
  requires transitive dev.cutline;
  requires dev.cutline.documents;
  requires flyway.core;
  requires java.sql;
  requires org.slf4j; // Flyway logs by it
  requires org.xerial.sqlitejdbc;

  exports dev.cutline.jdbc;

  provides dev.cutline.spi.RateLimiterProvider with
      dev.cutline.jdbc.JdbcRateLimiterProvider;
  provides dev.cutline.spi.RecordStoreProvider with
      dev.cutline.jdbc.JdbcRecordStoreProvider;
}
