package dev.cutline.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cutline.CaptionException;
import dev.cutline.Reason;
import dev.cutline.http.ErrorTable.Row;
import dev.cutline.http.HttpReply;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiErrorsTest {
  private record Case(int status, String code, String message, Reason reason) {
    HttpReply reply() {
      return HttpReply.of(status, Map.of(), Answers.error(status, code, message));
    }
  }

  private static final String INVALID = "INVALID_ARGUMENT";
  private static final String EXHAUSTED = "RESOURCE_EXHAUSTED";

  private static final List<Case> CASES =
      List.of(
          new Case(400, INVALID, "Request contains an invalid argument.", Reason.MISCONFIGURED),
          new Case(400, INVALID, "Unsupported MIME type: image/gif", Reason.MISCONFIGURED),
          new Case(
              400, INVALID, "JSON mode is not enabled for models/gemma-3", Reason.MISCONFIGURED),
          new Case(
              400,
              "FAILED_PRECONDITION",
              "User location is not supported for the API use.",
              Reason.MISCONFIGURED),
          new Case(400, INVALID, "API key not valid. Please pass one.", Reason.UNAUTHORIZED),
          new Case(400, INVALID, "API key expired. Please renew it.", Reason.UNAUTHORIZED),
          new Case(400, INVALID, "Unable to process input image.", Reason.INVALID_IMAGE),
          new Case(400, INVALID, "Provided image is not valid.", Reason.INVALID_IMAGE),
          new Case(
              400,
              INVALID,
              "Request payload size exceeds the limit: 20971520 bytes.",
              Reason.IMAGE_LIMIT),
          new Case(
              400,
              INVALID,
              "The input token count (1200000) exceeds the maximum number of tokens allowed",
              Reason.IMAGE_LIMIT),
          new Case(400, INVALID, "The image is too large", Reason.IMAGE_LIMIT),
          new Case(401, "UNAUTHENTICATED", "no credentials", Reason.UNAUTHORIZED),
          new Case(402, "SPEND_CAP", "pay first", Reason.UNAVAILABLE),
          new Case(403, "PERMISSION_DENIED", "not allowed", Reason.UNAUTHORIZED),
          new Case(404, "NOT_FOUND", "models/x is not found", Reason.MISCONFIGURED),
          new Case(413, INVALID, "too large", Reason.IMAGE_LIMIT),
          new Case(429, EXHAUSTED, "Resource has been exhausted", Reason.RATE_LIMITED),
          new Case(
              429,
              EXHAUSTED,
              "Your project has exceeded its monthly spending cap.",
              Reason.UNAVAILABLE),
          new Case(429, EXHAUSTED, "Your prepayment credits are depleted.", Reason.UNAVAILABLE),
          new Case(499, "CANCELLED", "cancelled", Reason.TIMEOUT),
          new Case(500, "INTERNAL", "broken", Reason.INTERNAL),
          new Case(502, "", "bad gateway", Reason.INTERNAL),
          new Case(503, "UNAVAILABLE", "The model is overloaded.", Reason.UNAVAILABLE),
          new Case(504, "DEADLINE_EXCEEDED", "too slow", Reason.TIMEOUT));

  /** Noon in London is four in the morning in California. */
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @Test
  void knowsEveryFailureOfTheDocumentation() {
    assertThat(CASES)
        .allSatisfy(
            failure -> {
              CaptionException e = GeminiErrors.failure(failure.reply(), NOON).orElseThrow();
              assertThat(e.reason()).isEqualTo(failure.reason());
              assertThat(e)
                  .hasMessage(
                      "Gemini answered "
                          + (failure.status() + " " + failure.code()).strip()
                          + ": "
                          + failure.message());
            });
  }

  @Test
  void hasNoRowThatNothingMeets() {
    Set<Row> met = new HashSet<>();
    CASES.forEach(failure -> GeminiErrors.TABLE.match(failure.reply()).ifPresent(met::add));
    GeminiErrors.TABLE.match(wrongKey()).ifPresent(met::add);

    assertThat(met).containsExactlyInAnyOrderElementsOf(GeminiErrors.TABLE.rows());
  }

  @Test
  void namesTheDetailThatTellsMost() {
    assertThat(GeminiErrors.failure(wrongKey(), NOON).orElseThrow())
        .hasMessage("Gemini answered 400 API_KEY_INVALID: no");
  }

  private static HttpReply wrongKey() {
    return reply(400, Answers.error(400, INVALID, "no", Answers.errorInfo("API_KEY_INVALID")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GenerateRequestsPerDayPerProjectPerModel-FreeTier",
        "GenerateContentInputTokensPerModelPerDay-PaidTier1",
        "generate_requests_per_model_per_day"
      })
  void waitsForTheNextDayOfGoogleIfTheQuotaOfTheDayIsSpent(String quotaId) {
    HttpReply spent =
        reply(
            429,
            Answers.error(
                429,
                EXHAUSTED,
                "You exceeded your current quota.",
                Answers.quotaFailure("GenerateRequestsPerMinutePerProjectPerModel", quotaId),
                Answers.retryInfo("38s")));

    CaptionException e = GeminiErrors.failure(spent, NOON).orElseThrow();

    assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(e.retryAfter()).contains(Duration.ofHours(20));
    assertThat(e).hasMessageContaining("quota of the day");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-21T07:59:59Z, PT1S",
    "2026-11-21T08:00:00Z, PT24H",
    // The day on which California sets its clocks back has 25 hours, the other one 23.
    "2026-11-01T07:00:00Z, PT25H",
    "2026-03-08T08:00:00Z, PT23H",
  })
  void countsDaysAsCaliforniaDoes(Instant now, Duration wait) {
    HttpReply spent =
        reply(429, Answers.error(429, EXHAUSTED, "no", Answers.quotaFailure("RequestsPerDay")));

    assertThat(GeminiErrors.failure(spent, now).orElseThrow().retryAfter()).contains(wait);
  }

  @Test
  void readsTheQuotaOfTheDayInTheMessageWhereThereAreNoDetails() {
    HttpReply spent =
        reply(
            429,
            Answers.error(
                429,
                EXHAUSTED,
                "Quota exceeded for metric: x/requests_per_model_per_day, limit: 9"));

    assertThat(GeminiErrors.failure(spent, NOON).orElseThrow().reason())
        .isEqualTo(Reason.UNAVAILABLE);
  }

  @Test
  void readsTheQuotaOfTheDayInItsMetricWhereTheIdDoesNotTell() {
    HttpReply spent =
        reply(
            429,
            Answers.error(
                429,
                EXHAUSTED,
                "no",
                """
                {"@type": "type.googleapis.com/google.rpc.QuotaFailure",
                 "violations": [{"quotaMetric": "x/requests_per_day", "quotaId": "FreeTier"}]}"""));

    assertThat(GeminiErrors.failure(spent, NOON).orElseThrow().reason())
        .isEqualTo(Reason.UNAVAILABLE);
  }

  @Test
  void takesTheQuotaOfAMinuteForARateLimit() {
    HttpReply limited =
        reply(
            429,
            Answers.error(
                429,
                EXHAUSTED,
                "You exceeded your current quota.",
                Answers.retryInfo("45.837906927s"),
                Answers.quotaFailure("GenerateRequestsPerMinutePerProjectPerModel-FreeTier")));

    CaptionException e = GeminiErrors.failure(limited, NOON).orElseThrow();

    assertThat(e.reason()).isEqualTo(Reason.RATE_LIMITED);
    assertThat(e.retryAfter()).contains(Duration.ofMillis(45_838));
  }

  @Test
  void doesNotTakeAnOutageForAQuotaBecauseItsWordsNameTheDay() {
    HttpReply down =
        reply(503, Answers.error(503, "UNAVAILABLE", "more requests_per_day than ever"));

    CaptionException e = GeminiErrors.failure(down, NOON).orElseThrow();

    assertThat(e.retryAfter()).isEmpty();
  }

  @Test
  void readsAFailureInAListOfOne() {
    String body = "[" + Answers.error(429, EXHAUSTED, "no", Answers.retryInfo("5s")) + "]";

    CaptionException e = thrown(HttpReply.of(429, Map.of("x-a", "b"), body));

    assertThat(e.reason()).isEqualTo(Reason.RATE_LIMITED);
    assertThat(e.retryAfter()).contains(Duration.ofSeconds(5));
    assertThat(e).hasMessage("Gemini answered 429 RESOURCE_EXHAUSTED: no");
  }

  @Test
  void keepsTheHintOfAHeaderBesideAList() {
    String body = "[" + Answers.error(503, "UNAVAILABLE", "no") + "]";

    assertThat(thrown(HttpReply.of(503, Map.of("Retry-After", "7"), body)).retryAfter())
        .contains(Duration.ofSeconds(7));
  }

  @Test
  void returnsTheBodyOfASuccessInAListOfOne() {
    JsonNode body = GeminiErrors.body(reply(200, "[{\"modelVersion\":\"m\"}]"));

    assertThat(body.path("modelVersion").asText()).isEqualTo("m");
  }

  private static CaptionException thrown(HttpReply reply) {
    return catchThrowableOfType(CaptionException.class, () -> GeminiErrors.body(reply));
  }

  private static HttpReply reply(int status, String body) {
    return HttpReply.of(status, Map.of(), body);
  }
}
