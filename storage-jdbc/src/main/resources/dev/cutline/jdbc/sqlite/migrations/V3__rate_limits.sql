-- A bucket is the moment at which it will be full again, in nanoseconds since 1970-01-01.
CREATE TABLE cutline_rate_limits (
  bucket TEXT NOT NULL PRIMARY KEY,
  full_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX cutline_rate_limits_full_at ON cutline_rate_limits (full_at);
