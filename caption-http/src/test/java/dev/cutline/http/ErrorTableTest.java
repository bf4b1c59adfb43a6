package dev.cutline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutline.CaptionException;
import dev.cutline.Reason;
import dev.cutline.Usage;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorTableTest {
  private static final ErrorTable PLAIN = ErrorTable.of("Vendor").build();
  private static final ErrorTable TABLE =
      ErrorTable.of("Vendor")
          .status(500, Reason.UNAVAILABLE)
          .text(400, "too (large|big)", Reason.IMAGE_LIMIT)
          .text(0, "sorry", Reason.REFUSED)
          .code(400, "odd", Reason.INVALID_IMAGE)
          .codes(Reason.UNAVAILABLE, "no_money", "no_credit")
          .build();

  @ParameterizedTest
  @CsvSource({
    "300, MISCONFIGURED",
    "302, MISCONFIGURED",
    "400, MISCONFIGURED",
    "401, UNAUTHORIZED",
    "402, UNAVAILABLE",
    "403, UNAUTHORIZED",
    "404, MISCONFIGURED",
    "405, MISCONFIGURED",
    "407, MISCONFIGURED",
    "408, TIMEOUT",
    "409, INTERNAL",
    "413, IMAGE_LIMIT",
    "415, MISCONFIGURED",
    "421, INTERNAL",
    "422, MISCONFIGURED",
    "425, INTERNAL",
    "429, RATE_LIMITED",
    "451, MISCONFIGURED",
    "499, TIMEOUT",
    "500, INTERNAL",
    "501, MISCONFIGURED",
    "502, INTERNAL",
    "503, UNAVAILABLE",
    "504, TIMEOUT",
    "505, MISCONFIGURED",
    "520, INTERNAL",
    "529, UNAVAILABLE",
    "599, INTERNAL"
  })
  void knowsWhatAStatusMeans(int status, Reason reason) {
    assertThat(failure(PLAIN, status, "").reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "500 | {\"error\":{\"code\":\"no_credit\",\"message\":\"sorry\"}}              | UNAVAILABLE",
        "400 | {\"error\":{\"code\":\"NO_MONEY\"}}                                     | UNAVAILABLE",
        "400 | {\"error\":{\"type\":\"no_money\",\"code\":\"other\"}}                  | UNAVAILABLE",
        "400 | {\"error\":{\"code\":400,\"innererror\":{\"code\":\"no_money\"}}}       | UNAVAILABLE",
        "400 | {\"error\":{\"type\":\"t\",\"details\":{\"error_code\":\"no_money\"}}}  | UNAVAILABLE",
        "429 | {\"error\":{\"code\":429,\"metadata\":{\"error_type\":\"no_money\"}}}   | UNAVAILABLE",
        "400 | {\"error\":{\"status\":\"S\",\"details\":[{\"@type\":\"x\"},{\"reason\":\"NO_MONEY\"}]}} | UNAVAILABLE",
        "400 | {\"error\":\"x\",\"error_type\":\"no_money\"}                           | UNAVAILABLE",
        "400 | {\"object\":\"error\",\"message\":\"x\",\"type\":\"no_money\"}          | UNAVAILABLE",
        "400 | {\"error\":{\"code\":\"odd\",\"message\":\"too big\"}}                  | INVALID_IMAGE",
        "404 | {\"error\":{\"code\":\"odd\"}}                                          | MISCONFIGURED",
        "400 | {\"error\":\"Image TOO LARGE\"}                                         | IMAGE_LIMIT",
        "400 | {\"error\":{\"message\":\"too big\"}}                                   | IMAGE_LIMIT",
        "400 | {\"message\":\"too big\"}                                               | IMAGE_LIMIT",
        "400 | {\"detail\":\"too big\"}                                                | IMAGE_LIMIT",
        "400 | {\"detail\":[{\"loc\":[\"body\"],\"msg\":\"too big\"}]}                 | IMAGE_LIMIT",
        "400 | {\"error\":{\"details\":\"too big\"}}                                   | IMAGE_LIMIT",
        "400 | too big                                                                 | IMAGE_LIMIT",
        "401 | {\"error\":\"too big\"}                                                 | UNAUTHORIZED",
        "418 | Sorry                                                                   | REFUSED",
        "500 | {\"error\":\"x\"}                                                       | UNAVAILABLE",
        "200 | {\"error\":{\"code\":429,\"message\":\"slow down\"}}                    | RATE_LIMITED",
        "200 | {\"error\":{\"code\":400,\"message\":\"too big\"}}                      | IMAGE_LIMIT",
        "200 | {\"error\":{\"code\":\"no_money\"}}                                     | UNAVAILABLE",
        "200 | {\"error\":{\"code\":200,\"message\":\"x\"}}                            | INTERNAL",
        "200 | {\"error\":\"broken\"}                                                  | INTERNAL",
        "200 | {\"error\":\"sorry\"}                                                   | REFUSED",
      })
  void triesCodesThenWordsThenStatus(int status, String body, Reason reason) {
    assertThat(failure(TABLE, status, body).reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"error\":null}",
        "{\"error\":{}}",
        "{\"error\":\"\"}",
        "{\"error\":false}",
        "{\"message\":\"hi\"}"
      })
  void takesASuccessWithoutAnErrorForOne(String body) {
    HttpReply reply = HttpReply.of(200, Map.of(), body);

    assertThat(TABLE.failure(reply)).isEmpty();
    assertThat(TABLE.match(reply)).isEmpty();
    assertThat(TABLE.body(reply)).isEqualTo(reply.json().orElseThrow());
  }

  @Test
  void throwsWhatItFound() {
    CaptionException e =
        catchThrowableOfType(
            CaptionException.class, () -> TABLE.body(HttpReply.of(418, Map.of(), "sorry")));

    assertThat(e.reason()).isEqualTo(Reason.REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "<html>Hello</html>", "{\"a\":1}{\"b\":2}", "{\"cut"})
  void callsASuccessWithoutJsonMalformed(String body) {
    CaptionException e =
        catchThrowableOfType(
            CaptionException.class, () -> TABLE.body(HttpReply.of(200, Map.of(), body)));

    assertThat(e.reason()).isEqualTo(Reason.MALFORMED_REPLY);
    assertThat(e)
        .hasMessageStartingWith(
            "Vendor answered 200 with " + (body.isBlank() ? "nothing" : "no JSON: "));
  }

  @Test
  void callsASuccessThatIsTooLongMalformed() {
    HttpReply cut = new HttpReply(200, Map.of(), "{}", true, Duration.ZERO);

    assertThatThrownBy(() -> TABLE.body(cut))
        .hasMessage("Vendor answered 200 with more than 1048576 bytes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "429 | {\"error\":{\"code\":\"slow\",\"type\":\"t\",\"message\":\"Wait\\na bit\"}} | Vendor answered 429 slow: Wait a bit",
        "401 | {\"error\":\"Unauthorized\"}                                                | Vendor answered 401: Unauthorized",
        "500 |                                                                             | Vendor answered 500",
        "502 | <html><h1>Bad Gateway</h1>                                                  | Vendor answered 502: <html><h1>Bad Gateway</h1>",
        "422 | {\"why\":1}                                                                 | Vendor answered 422: {\"why\":1}",
        "422 | {\"detail\":[{\"loc\":[\"body\"],\"msg\":\"bad\"}],\"x\":1}              | Vendor answered 422: [{\"loc\":[\"body\"],\"msg\":\"bad\"}]",
        "422 | {\"detail\":[],\"message\":\" \",\"error\":null,\"msg\":\"bad\"}              | Vendor answered 422: bad",
        "302 | <a href=\"x\">                                                              | Vendor answered 302: redirects are not followed; set the endpoint to where the server really is",
        "200 | {\"error\":{\"code\":502,\"message\":\"down\"}}                             | Vendor answered 200 with an error 502: down",
        "200 | {\"error\":\"down\"}                                                        | Vendor answered 200 with an error: down",
      })
  void saysInOneLineWhatTheServerSaid(int status, String body, String message) {
    assertThat(failure(PLAIN, status, body == null ? "" : body)).hasMessage(message);
  }

  @Test
  void cutsLongWords() {
    String message =
        failure(
                PLAIN,
                500,
                "{\"error\":{\"code\":\""
                    + "c".repeat(999)
                    + "\",\"message\":\""
                    + "m".repeat(9_999)
                    + "\"}}")
            .getMessage();

    assertThat(message).hasSizeLessThan(320).contains("ccc…: mmm").endsWith("mmm…");
  }

  @Test
  void tellsHowLongToWaitWhereWaitingHelps() {
    for (int status : new int[] {429, 503}) {
      assertThat(hinted(status).retryAfter()).contains(Duration.ofSeconds(2));
    }
    for (int status : new int[] {400, 401, 500}) {
      assertThat(hinted(status).retryAfter()).isEmpty();
    }
    assertThat(failure(PLAIN, 429, "").retryAfter()).isEmpty();
  }

  private static CaptionException hinted(int status) {
    return PLAIN.failure(HttpReply.of(status, Map.of("Retry-After", "2"), "")).orElseThrow();
  }

  @Test
  void keepsTheTokensThatWereUsedAllTheSame() {
    assertThat(
            failure(PLAIN, 500, "{\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}")
                .usage())
        .isEqualTo(new Usage(3, 4));
    assertThat(failure(PLAIN, 500, "{\"usage\":{\"input_tokens\":3,\"output_tokens\":4}}").usage())
        .isEqualTo(new Usage(3, 4));
    assertThat(failure(PLAIN, 500, "{\"usage\":{\"input_tokens\":-3}}").usage())
        .isEqualTo(Usage.NONE);
  }

  @Test
  void tellsWhichRowDecided() {
    ErrorTable.Row row = TABLE.match(HttpReply.of(400, Map.of(), "too big")).orElseThrow();

    assertThat(row.kind()).isEqualTo(ErrorTable.Kind.TEXT);
    assertThat(TABLE.rows()).hasSize(6).contains(row);
    assertThat(TABLE.rows().get(0).kind()).isEqualTo(ErrorTable.Kind.CODE);
    assertThat(TABLE.match(HttpReply.of(404, Map.of(), "x"))).isEmpty();
  }

  @Test
  void findsAWrongExpressionWhereTheTableIsMade() {
    assertThatThrownBy(() -> ErrorTable.of("V").text(400, "(", Reason.INTERNAL))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void comparesCodesTheSameInAnyLocale() {
    java.util.Locale before = java.util.Locale.getDefault();
    try {
      java.util.Locale.setDefault(java.util.Locale.forLanguageTag("tr-TR"));
      assertThat(failure(TABLE, 400, "{\"error\":{\"code\":\"NO_CREDIT\"}}").reason())
          .isEqualTo(Reason.UNAVAILABLE);
      ErrorTable words = ErrorTable.of("V").text(0, "INVALID image", Reason.INVALID_IMAGE).build();
      assertThat(failure(words, 400, "invalid IMAGE").reason()).isEqualTo(Reason.INVALID_IMAGE);
    } finally {
      java.util.Locale.setDefault(before);
    }
  }

  private static CaptionException failure(ErrorTable table, int status, String body) {
    return table.failure(HttpReply.of(status, Map.of(), body)).orElseThrow();
  }
}
