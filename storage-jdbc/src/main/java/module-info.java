/** Records and rate limits in SQLite, MySQL, MariaDB and PostgreSQL. */
module dev.cutline.jdbc {
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.databind;
  requires com.zaxxer.hikari;
  requires transitive dev.cutline;
  requires flyway.core;
  requires java.sql;
  requires org.jdbi.v3.core;
  requires org.slf4j;
}
