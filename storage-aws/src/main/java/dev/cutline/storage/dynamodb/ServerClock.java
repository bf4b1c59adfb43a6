package dev.cutline.storage.dynamodb;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The clock of this machine, as long as DynamoDB's is within a bound of it; else DynamoDB's, which
 * every answer tells to the second. So a machine whose clock is wrong gives nobody more than the
 * others do. Thread-safe.
 */
final class ServerClock implements InstantSource {
  static final Duration MAX_SKEW = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(ServerClock.class);

  private final InstantSource own;
  private volatile Duration correction = Duration.ZERO;

  ServerClock(InstantSource own) {
    this.own = own;
  }

  @Override
  public Instant instant() {
    return own.instant().plus(correction);
  }

  /** Compares the clocks. */
  void observe(SdkHttpResponse answer) {
    Optional<Instant> told = answer.firstMatchingHeader("Date").flatMap(ServerClock::parse);
    if (told.isEmpty()) {
      return;
    }
    Duration off = Duration.between(own.instant(), told.get());
    if (off.abs().compareTo(MAX_SKEW) <= 0) {
      correction = Duration.ZERO;
      return;
    }
    Duration before = correction;
    // An answer is a moment old and to the second: what moves less than that stays as it was.
    if (before.isZero() || before.minus(off).abs().compareTo(MAX_SKEW) > 0) {
      correction = off;
      LOG.warn(
          "the clock of this machine is {} s off that of DynamoDB, which rate limits go by now",
          -off.toSeconds());
    }
  }

  private static Optional<Instant> parse(String date) {
    try {
      return Optional.of(
          ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
