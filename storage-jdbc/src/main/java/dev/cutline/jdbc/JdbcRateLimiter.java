package dev.cutline.jdbc;

import dev.cutline.InvalidSettingsException;
import dev.cutline.RateLimiter;
import dev.cutline.StoreException;
import dev.cutline.spi.StoreArguments;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Token buckets in a database, exact across all processes that use it: each request is one
 * transaction. A bucket is one number, the moment at which it will be full again, so that it needs
 * no work while nobody asks. Thread-safe.
 */
public final class JdbcRateLimiter implements RateLimiter {
  static final long MAX_REQUESTS = 1_000_000;
  static final Duration MAX_PERIOD = Duration.ofDays(365);

  private static final Duration MIN_INTERVAL = Duration.ofNanos(1_000);

  private static final int MAX_KEY = 256;
  private static final String TABLE = "cutline_rate_limits";

  /** After how many requests full buckets, which are as good as none, are swept out. */
  private static final int SWEEP_INTERVAL = 256;

  private final Database database;
  private final long requests;
  private final long interval;
  private final InstantSource clock;
  private final AtomicLong served = new AtomicLong();

  private JdbcRateLimiter(Database database, Builder builder) {
    this.database = database;
    this.requests = builder.requests;
    // down to a nanosecond: who asks a period later finds all tokens, not all but one
    this.interval = builder.period.toNanos() / requests;
    this.clock = builder.clock;
  }

  /**
   * Starts a limiter.
   *
   * @param url {@code jdbc:sqlite:} and the path of a file, which may be that of a record store
   * @param requests the size of a bucket, 1 to 1,000,000
   * @param period in which an empty bucket fills evenly, up to 365 days, and at least a microsecond
   *     a request
   * @throws IllegalArgumentException if requests or period are out of range
   */
  public static Builder builder(String url, long requests, Duration period) {
    return new Builder(url, requests, period);
  }

  @Override
  public Decision tryAcquire(String key) {
    String bucket = StoreArguments.unicode(key, MAX_KEY, "a key");
    // who hammers at an empty bucket must not keep those from writing who may
    Decision decision = database.read(connection -> decide(connection, bucket, false));
    return decision.allowed()
        ? database.write(connection -> decide(connection, bucket, true))
        : decision;
  }

  /** Decides by what is left in a bucket, and takes a token if asked to and there is one. */
  private Decision decide(Connection connection, String bucket, boolean take) throws SQLException {
    long now = nanos(clock.instant());
    long emptyUntil = now + interval * requests;
    long fullAt =
        Jdbc.first(
                connection,
                row -> row.getLong("full_at"),
                "SELECT full_at FROM "
                    + TABLE
                    + " WHERE bucket = ?"
                    + (take ? database.dialect().forUpdate() : ""),
                bucket)
            .orElse(now);
    // a clock that was set back must not lock anybody out for longer than an empty bucket does
    fullAt = Math.min(Math.max(fullAt, now), emptyUntil);
    long after = fullAt + interval;
    if (after > emptyUntil) {
      return new Decision(false, requests, 0, Duration.ofNanos(after - emptyUntil));
    }
    if (take) {
      Jdbc.update(
          connection,
          database.dialect().upsert(TABLE, List.of("bucket"), List.of("full_at")),
          bucket,
          after);
      if (served.incrementAndGet() % SWEEP_INTERVAL == 0) {
        Jdbc.update(connection, "DELETE FROM " + TABLE + " WHERE full_at <= ?", now);
      }
    }
    return new Decision(true, requests, (emptyUntil - after) / interval, Duration.ZERO);
  }

  private static long nanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
  }

  @Override
  public void close() {
    database.close();
  }

  /** Builds a {@link JdbcRateLimiter}. Not safe for several threads. */
  public static final class Builder {
    private final String url;
    private final long requests;
    private final Duration period;
    private int connections = JdbcSettings.CONNECTIONS;
    private Duration busyTimeout = JdbcSettings.BUSY_TIMEOUT;
    private InstantSource clock = InstantSource.system();

    private Builder(String url, long requests, Duration period) {
      if (requests < 1 || requests > MAX_REQUESTS) {
        throw new IllegalArgumentException("requests are 1 to 1,000,000, not " + requests);
      }
      if (period.compareTo(MAX_PERIOD) > 0
          || period.compareTo(MIN_INTERVAL.multipliedBy(requests)) < 0) {
        throw new IllegalArgumentException(
            "the period is up to 365 days, and at least a microsecond a request, not " + period);
      }
      this.url = url;
      this.requests = requests;
      this.period = period;
    }

    /**
     * Sets how many connections are open at most. Default 4.
     *
     * @throws IllegalArgumentException if it is not 1 to 64
     */
    public Builder connections(int connections) {
      this.connections = JdbcSettings.checkConnections(connections);
      return this;
    }

    /**
     * Sets how long a caller waits for other writers before it is told that the store is {@link
     * StoreException.Kind#UNAVAILABLE}. Default 30 s.
     *
     * @throws IllegalArgumentException if it is not 0 to 10 minutes
     */
    public Builder busyTimeout(Duration busyTimeout) {
      this.busyTimeout = JdbcSettings.checkBusyTimeout(busyTimeout);
      return this;
    }

    /** Sets where the time comes from. Default: the clock of the system. */
    public Builder clock(InstantSource clock) {
      this.clock = clock;
      return this;
    }

    /**
     * Opens the limiter, and makes the database or brings it up to date if need be.
     *
     * @throws InvalidSettingsException if the URL cannot work
     * @throws StoreException if the database cannot be opened or made, or is newer than this
     *     library
     */
    public JdbcRateLimiter open() {
      return new JdbcRateLimiter(
          new JdbcSettings(url, connections, busyTimeout, false).openDatabase(), this);
    }
  }
}
