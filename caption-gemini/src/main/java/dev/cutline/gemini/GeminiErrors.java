package dev.cutline.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cutline.CaptionException;
import dev.cutline.Reason;
import dev.cutline.http.ErrorTable;
import dev.cutline.http.HttpReply;
import dev.cutline.prompt.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the failures of Gemini mean; what is not named here, the status alone tells. A quota of a
 * day is no rate limit: waiting the seconds that the answer names does not help, so that it is
 * {@link Reason#UNAVAILABLE} until the day ends where Google counts it.
 */
final class GeminiErrors {
  static final ErrorTable TABLE =
      ErrorTable.of("Gemini")
          // Google says 400 of a wrong key.
          .codes(Reason.UNAUTHORIZED, "API_KEY_INVALID")
          .text(400, "api key (not valid|expired)", Reason.UNAUTHORIZED)
          .text(429, "spending cap|credits are depleted", Reason.UNAVAILABLE)
          .text(
              400,
              "payload size exceeds|token count.{0,80}exceeds|image.{0,80}(too large|exceeds)",
              Reason.IMAGE_LIMIT)
          .text(
              400,
              "unable to process (the )?(input )?image|image is not valid",
              Reason.INVALID_IMAGE)
          .build();

  /** Quotas of a day begin anew at midnight of this place (ai.google.dev, 2026). */
  private static final ZoneId GOOGLE_DAY = ZoneId.of("America/Los_Angeles");

  /** {@code GenerateRequestsPerDayPerProjectPerModel}, {@code …_requests_per_model_per_day}. */
  private static final Pattern DAILY = Pattern.compile("per_?day", Pattern.CASE_INSENSITIVE);

  private GeminiErrors() {}

  /**
   * Returns the body of a good answer.
   *
   * @throws CaptionException as {@link ErrorTable#body} does, and as this class says
   */
  static JsonNode body(HttpReply reply) {
    HttpReply plain = withoutList(reply);
    Optional<CaptionException> failure = failure(plain, Instant.now());
    if (failure.isPresent()) {
      throw failure.get();
    }
    return TABLE.body(plain);
  }

  /** Returns what is wrong with an answer, seen from {@code now}; nothing if it is a success. */
  static Optional<CaptionException> failure(HttpReply reply, Instant now) {
    return TABLE
        .failure(reply)
        .map(e -> e.reason() == Reason.RATE_LIMITED && isDaily(reply) ? untilMidnight(e, now) : e);
  }

  /** Some answers wrap the one object into a list. */
  private static HttpReply withoutList(HttpReply reply) {
    Optional<JsonNode> only =
        reply.json().filter(body -> body.isArray() && body.size() == 1).map(body -> body.get(0));
    if (only.isEmpty()) {
      return reply;
    }
    Map<String, String> headers =
        reply.headerNames().stream()
            .collect(
                Collectors.toMap(Function.identity(), name -> reply.header(name).orElseThrow()));
    return HttpReply.of(reply.status(), headers, Json.text(only.get()));
  }

  private static boolean isDaily(HttpReply reply) {
    JsonNode error = reply.json().map(body -> body.path("error")).orElseGet(Json::object);
    for (JsonNode detail : error.path("details")) {
      for (JsonNode violation : detail.path("violations")) {
        if (isDaily(violation.path("quotaId")) || isDaily(violation.path("quotaMetric"))) {
          return true;
        }
      }
    }
    return isDaily(error.path("message"));
  }

  private static boolean isDaily(JsonNode text) {
    return DAILY.matcher(text.asText("")).find();
  }

  private static CaptionException untilMidnight(CaptionException limited, Instant now) {
    ZonedDateTime there = now.atZone(GOOGLE_DAY);
    ZonedDateTime midnight = there.toLocalDate().plusDays(1).atStartOfDay(GOOGLE_DAY);
    String message = limited.getMessage() + " (the quota of the day, until midnight in California)";
    return CaptionException.builder(Reason.UNAVAILABLE, message)
        .retryAfter(Duration.between(now, midnight))
        .build();
  }
}
