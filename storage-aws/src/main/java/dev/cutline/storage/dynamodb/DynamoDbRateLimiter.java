package dev.cutline.storage.dynamodb;

import dev.cutline.RateLimiter;
import dev.cutline.StoreException;
import dev.cutline.spi.OwnerKey;
import dev.cutline.spi.StoreArguments;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Token buckets in a table of DynamoDB, exact across all processes that use it: each request is one
 * conditional update. A bucket is one number, the moment at which it will be full again, so that it
 * needs no work while nobody asks; full ones expire. Thread-safe.
 *
 * <p>There are two such updates: one for a bucket that is full, one that moves the moment on. Which
 * of them holds, this process remembers from the last time. When it is wrong, as for the first
 * request for a bucket that another process has used, the refused update tells what there is, and a
 * second one is made.
 *
 * <p>Time is that of this machine while it is within 5 seconds of DynamoDB's, else DynamoDB's: a
 * clock that is wrong by more gives nobody a token, nor takes one.
 */
public final class DynamoDbRateLimiter implements RateLimiter {
  static final long MAX_REQUESTS = 1_000_000;
  static final Duration MAX_PERIOD = Duration.ofDays(365);

  /** The attribute that tells DynamoDB when a bucket may be thrown away, in seconds. */
  static final String EXPIRES = "expires";

  private static final Duration MIN_INTERVAL = Duration.ofNanos(1_000);
  private static final Duration KEPT_WHEN_FULL = Duration.ofDays(1);
  private static final int MAX_KEY = 256;
  private static final int TRIES = 10;

  /** Beyond that, nothing is remembered: it saves a call, no more. */
  private static final int MOST_REMEMBERED = 10_000;

  private static final String FULL_AT = "fullAt";
  private static final String WRITER = "writer";

  private final Table table;
  private final long requests;
  private final long interval;
  private final InstantSource clock;
  private final @Nullable ServerClock serverClock;
  private final Map<String, Long> remembered = new ConcurrentHashMap<>();
  private final Runnable closing;

  private DynamoDbRateLimiter(Builder builder, @Nullable ServerClock serverClock) {
    this.table = new Table(builder.client, builder.table);
    this.requests = builder.requests;
    // down to a nanosecond: who asks a period later finds all tokens, not all but one
    this.interval = builder.period.toNanos() / requests;
    this.clock = serverClock == null ? builder.clock : serverClock;
    this.serverClock = serverClock;
    this.closing = builder.closing;
  }

  /**
   * Starts a limiter.
   *
   * @param client of the table's region; stays open when the limiter is closed
   * @param table its name, which may be that of a record store
   * @param requests the size of a bucket, 1 to 1,000,000
   * @param period in which an empty bucket fills evenly, up to 365 days, and at least a microsecond
   *     a request
   * @throws IllegalArgumentException if requests or period are out of range
   */
  public static Builder builder(
      DynamoDbClient client, String table, long requests, Duration period) {
    return new Builder(client, table, requests, period);
  }

  @Override
  public Decision tryAcquire(String key) {
    String checked = StoreArguments.unicode(key, MAX_KEY, "a key");
    Map<String, AttributeValue> bucket = Keys.key("RATE#" + OwnerKey.of(checked), "BUCKET");
    String writer = UUID.randomUUID().toString();
    boolean full = remembered.getOrDefault(key, Long.MIN_VALUE) <= nanos(clock.instant());
    // Who is wrong about a bucket once is right the next time, unless it is filling just now.
    for (int tries = 0; tries < TRIES; tries++) {
      long now = nanos(clock.instant());
      long emptyUntil = now + interval * requests;
      try {
        UpdateItemResponse answer =
            table.update(full ? fill(bucket, now, writer) : take(bucket, now, writer));
        observe(answer.sdkHttpResponse());
        return allowed(key, emptyUntil, Attributes.number(answer.attributes(), FULL_AT));
      } catch (ConditionalCheckFailedException e) {
        observe(e.awsErrorDetails().sdkHttpResponse());
        long fullAt = Attributes.number(e.item(), FULL_AT, Long.MIN_VALUE);
        if (writer.equals(Attributes.nullableText(e.item(), WRITER))) {
          // It came through before, and only the answer was lost.
          return allowed(key, emptyUntil, fullAt);
        }
        if (fullAt > emptyUntil - interval) {
          remember(key, fullAt);
          // a clock that was set back must not lock anybody out for longer than an empty bucket
          long over = Math.min(fullAt, emptyUntil) + interval - emptyUntil;
          return new Decision(false, requests, 0, Duration.ofNanos(over));
        }
        full = fullAt <= now;
      }
    }
    throw new StoreException(
        StoreException.Kind.UNAVAILABLE, "too many ask for one bucket at once");
  }

  /** Takes a token of a bucket that is full, or was never used. */
  private UpdateItemRequest.Builder fill(
      Map<String, AttributeValue> bucket, long now, String writer) {
    return UpdateItemRequest.builder()
        .key(bucket)
        .updateExpression("SET #fullAt = :after, #expires = :expires, #writer = :writer")
        .conditionExpression("attribute_not_exists(#fullAt) OR #fullAt <= :now")
        .expressionAttributeNames(
            Map.of("#fullAt", FULL_AT, "#expires", EXPIRES, "#writer", WRITER))
        .expressionAttributeValues(
            Map.of(
                ":after", Attributes.number(now + interval),
                ":now", Attributes.number(now),
                ":expires", Attributes.number(expires(now)),
                ":writer", Attributes.text(writer)))
        .returnValues(ReturnValue.UPDATED_NEW);
  }

  /** Takes a token of a bucket that is not full, if there is one. */
  private UpdateItemRequest.Builder take(
      Map<String, AttributeValue> bucket, long now, String writer) {
    return UpdateItemRequest.builder()
        .key(bucket)
        .updateExpression(
            "SET #fullAt = #fullAt + :interval, #expires = :expires, #writer = :writer")
        .conditionExpression("#fullAt > :now AND #fullAt <= :most AND #writer <> :writer")
        .expressionAttributeNames(
            Map.of("#fullAt", FULL_AT, "#expires", EXPIRES, "#writer", WRITER))
        .expressionAttributeValues(
            Map.of(
                ":interval", Attributes.number(interval),
                ":now", Attributes.number(now),
                ":most", Attributes.number(now + interval * (requests - 1)),
                ":expires", Attributes.number(expires(now)),
                ":writer", Attributes.text(writer)))
        .returnValues(ReturnValue.UPDATED_NEW);
  }

  private Decision allowed(String key, long emptyUntil, long fullAt) {
    remember(key, fullAt);
    return new Decision(true, requests, (emptyUntil - fullAt) / interval, Duration.ZERO);
  }

  private void remember(String key, long fullAt) {
    if (remembered.size() >= MOST_REMEMBERED) {
      remembered.clear();
    }
    remembered.put(key, fullAt);
  }

  private long expires(long now) {
    return Duration.ofNanos(now).plusNanos(interval * requests).plus(KEPT_WHEN_FULL).toSeconds();
  }

  private void observe(@Nullable SdkHttpResponse answer) {
    if (serverClock != null && answer != null) {
      serverClock.observe(answer);
    }
  }

  private static long nanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
  }

  @Override
  public void close() {
    closing.run();
  }

  /** Builds a {@link DynamoDbRateLimiter}. Not safe for several threads. */
  public static final class Builder {
    private final DynamoDbClient client;
    private final String table;
    private final long requests;
    private final Duration period;
    private InstantSource clock = InstantSource.system();
    private boolean trusted;
    private Runnable closing = () -> {};

    private Builder(DynamoDbClient client, String table, long requests, Duration period) {
      if (requests < 1 || requests > MAX_REQUESTS) {
        throw new IllegalArgumentException("requests are 1 to 1,000,000, not " + requests);
      }
      if (period.compareTo(MAX_PERIOD) > 0
          || period.compareTo(MIN_INTERVAL.multipliedBy(requests)) < 0) {
        throw new IllegalArgumentException(
            "the period is up to 365 days, and at least a microsecond a request, not " + period);
      }
      this.client = client;
      this.table = table;
      this.requests = requests;
      this.period = period;
    }

    /**
     * Sets where the time comes from; it is believed, whatever DynamoDB's clock shows. Default: the
     * clock of the system, within 5 seconds of DynamoDB's.
     */
    public Builder clock(InstantSource clock) {
      this.clock = clock;
      this.trusted = true;
      return this;
    }

    /** Sets the clock of this machine, which may be wrong. */
    Builder machineClock(InstantSource clock) {
      this.clock = clock;
      return this;
    }

    /** Sets what is done when the limiter is closed, for a client that was made for it. */
    Builder closing(Runnable closing) {
      this.closing = closing;
      return this;
    }

    /**
     * Opens the limiter.
     *
     * @throws StoreException if there is no such table, or it has other keys
     */
    public DynamoDbRateLimiter open() {
      ServerClock serverClock = trusted ? null : new ServerClock(clock);
      var description = DynamoDbTables.check(client, table);
      if (serverClock != null) {
        serverClock.observe(description.sdkHttpResponse());
      }
      return new DynamoDbRateLimiter(this, serverClock);
    }
  }
}
