package dev.cutline.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads how long a server asks us to wait, from the first of: {@code retry-after-ms}, {@code
 * Retry-After} (seconds or a date), {@code RetryInfo} in the body (Google: {@code 38.5s}), {@code
 * ratelimit} (Hugging Face: {@code "api";r=0;t=55}), {@code x-ratelimit-reset-*} of what is used up
 * (OpenAI: {@code 6m0s}), {@code estimated_time} in the body (Hugging Face, while a model loads).
 * What makes no sense is passed over. Never negative and never more than {@link #MOST}.
 */
final class RetryAfter {
  /** A server that asks for more is asked again after this long all the same. */
  static final Duration MOST = Duration.ofSeconds(60);

  private static final BigDecimal MOST_MILLIS = BigDecimal.valueOf(MOST.toMillis());
  private static final Pattern NUMBER = Pattern.compile("\\d{1,100}(\\.\\d{1,9})?");
  private static final Pattern POLICY_PART = Pattern.compile("[;,\\s]([rt])=(\\d{1,9})");
  private static final Pattern GO_DURATION =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(h|ms|m|s|us|µs|ns)");

  private static final Pattern EPOCH_MILLIS = Pattern.compile("\\d{13}");

  private RetryAfter() {}

  /** Returns how long to wait, seen from {@code now}; nothing if the answer does not tell. */
  static Optional<Duration> from(HttpReply reply, Instant now) {
    return Stream.<Supplier<Optional<Duration>>>of(
            () -> reply.header("retry-after-ms").flatMap(value -> number(value, BigDecimal.ONE)),
            () -> reply.header("retry-after").flatMap(value -> secondsOrDate(value, now)),
            () -> retryInfo(reply),
            () -> reply.header("ratelimit").flatMap(RetryAfter::policy),
            () -> reset(reply),
            () -> metadata(reply, now),
            () -> estimate(reply))
        .map(Supplier::get)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Duration> secondsOrDate(String value, Instant now) {
    Optional<Duration> seconds = number(value, BigDecimal.valueOf(1_000));
    if (seconds.isPresent()) {
      return seconds;
    }
    try {
      Instant then =
          ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(capped(Duration.between(now, then)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> retryInfo(HttpReply reply) {
    JsonNode details = reply.json().map(body -> body.at("/error/details")).orElse(null);
    if (details == null) {
      return Optional.empty();
    }
    for (JsonNode detail : details) {
      if (detail.path("@type").asText("").endsWith("google.rpc.RetryInfo")) {
        return goDuration(detail.path("retryDelay").asText(""));
      }
    }
    return Optional.empty();
  }

  private static Optional<Duration> policy(String value) {
    Matcher part = POLICY_PART.matcher(value);
    boolean left = false;
    Optional<Duration> wait = Optional.empty();
    while (part.find()) {
      if (part.group(1).equals("r")) {
        left |= Long.parseLong(part.group(2)) > 0;
      } else {
        wait = number(part.group(2), BigDecimal.valueOf(1_000));
      }
    }
    return left ? Optional.empty() : wait;
  }

  /** The longest reset of what has nothing remaining. */
  private static Optional<Duration> reset(HttpReply reply) {
    return reply.headerNames().stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .filter(name -> name.startsWith("x-ratelimit-reset-"))
        .filter(name -> isUsedUp(reply, name.substring("x-ratelimit-reset-".length())))
        .flatMap(name -> reply.header(name).flatMap(RetryAfter::goDuration).stream())
        .max(Duration::compareTo);
  }

  private static boolean isUsedUp(HttpReply reply, String what) {
    return reply
        .header("x-ratelimit-remaining-" + what)
        .map(String::strip)
        .filter("0"::equals)
        .isPresent();
  }

  private static Optional<Duration> goDuration(String value) {
    Matcher part = GO_DURATION.matcher(value.strip());
    BigDecimal millis = BigDecimal.ZERO;
    int end = 0;
    while (part.find() && part.start() == end) {
      millis = millis.add(new BigDecimal(part.group(1)).multiply(millisPer(part.group(2))));
      end = part.end();
    }
    return end == 0 || end < value.strip().length()
        ? Optional.empty()
        : Optional.of(ofMillis(millis));
  }

  private static BigDecimal millisPer(String unit) {
    return switch (unit) {
      case "h" -> BigDecimal.valueOf(3_600_000);
      case "m" -> BigDecimal.valueOf(60_000);
      case "s" -> BigDecimal.valueOf(1_000);
      case "ms" -> BigDecimal.ONE;
      case "ns" -> new BigDecimal("0.000001");
      default -> new BigDecimal("0.001");
    };
  }

  private static Optional<Duration> metadata(HttpReply reply, Instant now) {
    return reply
        .json()
        .map(body -> body.at("/error/metadata/headers/X-RateLimit-Reset").asText(""))
        .filter(millis -> EPOCH_MILLIS.matcher(millis).matches())
        .map(millis -> capped(Duration.between(now, Instant.ofEpochMilli(Long.parseLong(millis)))));
  }

  private static Optional<Duration> estimate(HttpReply reply) {
    return reply
        .json()
        .map(body -> body.path("estimated_time"))
        .filter(
            seconds ->
                seconds.isNumber()
                    && Double.isFinite(seconds.doubleValue())
                    && seconds.doubleValue() >= 0)
        .map(seconds -> ofMillis(BigDecimal.valueOf(seconds.doubleValue()).scaleByPowerOfTen(3)));
  }

  private static Optional<Duration> number(String value, BigDecimal millisPerUnit) {
    String text = value.strip();
    return NUMBER.matcher(text).matches()
        ? Optional.of(ofMillis(new BigDecimal(text).multiply(millisPerUnit)))
        : Optional.empty();
  }

  /** Rounds up: a wait that is too short by a moment is refused again. */
  private static Duration ofMillis(BigDecimal millis) {
    return Duration.ofMillis(
        millis.min(MOST_MILLIS).setScale(0, RoundingMode.CEILING).longValueExact());
  }

  private static Duration capped(Duration wait) {
    return wait.isNegative() ? Duration.ZERO : wait.compareTo(MOST) > 0 ? MOST : wait;
  }
}
