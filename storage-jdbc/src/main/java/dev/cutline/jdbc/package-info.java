/** Records and rate limits in SQLite, MySQL, MariaDB and PostgreSQL. */
@NullMarked
package dev.cutline.jdbc;

import org.jspecify.annotations.NullMarked;
