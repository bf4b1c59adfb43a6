package dev.cutline.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        // header: value; header: value                                      | body | milliseconds
        "retry-after-ms: 1500                                                |    | 1500",
        "Retry-After-Ms: 0                                                   |    | 0",
        "retry-after-ms: 1500.2                                              |    | 1501",
        "retry-after: 2                                                      |    | 2000",
        "retry-after: 0.25                                                   |    | 250",
        "retry-after: Fri, 20 Nov 2026 12:00:07 GMT                          |    | 7000",
        "retry-after: Fri, 20 Nov 2026 11:59:00 GMT                          |    | 0",
        "retry-after: Fri, 20 Nov 2026 13:00:00 GMT                          |    | 60000",
        "retry-after: 3600                                                   |    | 60000",
        "retry-after: 999999999999999                                        |    | 60000",
        "retry-after-ms: 1500; retry-after: 7                                |    | 1500",
        "retry-after-ms: soon; retry-after: 7                                |    | 7000",
        "retry-after: -3                                                     |    |",
        "retry-after: NaN                                                    |    |",
        "retry-after: 1e3                                                    |    |",
        "retry-after: soon                                                   |    |",
        "retry-after: 99999999999999999999                                   |    | 60000",
        "retry-after-ms: 99999999999999999999                                |    | 60000",
        "retry-after: Sat, 20 Nov 9999 12:00:00 GMT                          |    | 60000",
        "retry-after: Sat, 20 Nov 99999 12:00:00 GMT                         |    | 60000",
        "ratelimit: \"api\";r=0;t=55                                         |    | 55000",
        "ratelimit: \"api\"; r=0; t=5                                        |    | 5000",
        "ratelimit: \"api\";t=55                                             |    | 55000",
        "ratelimit: \"api\";r=480;t=55                                       |    |",
        "ratelimit: nonsense                                                 |    |",
        "retry-after: 3; ratelimit: \"api\",r=0,t=55                         |    | 3000",
        "x-ratelimit-remaining-requests: 0; x-ratelimit-reset-requests: 1.5s |    | 1500",
        "x-ratelimit-remaining-requests: 0; x-ratelimit-reset-requests: 20ms |    | 20",
        "x-ratelimit-remaining-requests: 0; x-ratelimit-reset-requests: 6m0s |    | 60000",
        "x-ratelimit-remaining-tokens: 0; x-ratelimit-reset-tokens: 0m7.66s  |    | 7660",
        "x-ratelimit-remaining-tokens: 0; x-ratelimit-reset-tokens: 500us    |    | 1",
        "x-ratelimit-remaining-tokens: 0; x-ratelimit-reset-tokens: 7        |    |",
        "x-ratelimit-remaining-tokens: 0; x-ratelimit-reset-tokens: 7s8      |    |",
        "x-ratelimit-remaining-tokens: 5; x-ratelimit-reset-tokens: 7s       |    |",
        "x-ratelimit-reset-tokens: 7s                                        |    |",
        "x-ratelimit-remaining-a: 0; x-ratelimit-reset-a: 1s; x-ratelimit-remaining-b: 0; x-ratelimit-reset-b: 3s | | 3000",
        "x-ratelimit-remaining-a: 0; x-ratelimit-reset-a: 1s; x-ratelimit-remaining-b: 9; x-ratelimit-reset-b: 3s | | 1000",
        "| {\"error\":\"loading\",\"estimated_time\":20.5}                     | 20500",
        "| {\"error\":\"loading\",\"estimated_time\":1e300}                    | 60000",
        "| {\"error\":\"loading\",\"estimated_time\":-1}                       |",
        "| {\"error\":\"loading\",\"estimated_time\":\"20\"}                   |",
        "| {\"error\":{\"metadata\":{\"headers\":{\"X-RateLimit-Reset\":\"1795176009000\"}}}} | 9000",
        "| {\"error\":{\"metadata\":{\"headers\":{\"X-RateLimit-Reset\":1795176009000}}}}     | 9000",
        "| {\"error\":{\"metadata\":{\"headers\":{\"X-RateLimit-Reset\":\"1795175000000\"}}}} | 0",
        "| {\"error\":{\"metadata\":{\"headers\":{\"X-RateLimit-Reset\":\"12\"}}}}            |",
        "| {\"error\":{\"details\":[{\"@type\":\"x\",\"retryDelay\":\"9s\"},{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"38s\"}]}} | 38000",
        "| {\"error\":{\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"45.837906927s\"}]}} | 45838",
        "| {\"error\":{\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"86400s\"}]}} | 60000",
        "| {\"error\":{\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"soon\"}]}} |",
        "| {\"error\":{\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\"},7,null]}} |",
        "| {\"error\":{\"details\":\"none\"}}                              |",
        "retry-after: 3 | {\"error\":{\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"38s\"}]}} | 3000",
        "| no JSON                                                            |",
      })
  void readsTheFirstHintThatMakesSense(String headers, String body, Long millis) {
    HttpReply reply = HttpReply.of(429, headers(headers), body == null ? "" : body);

    assertThat(RetryAfter.from(reply, NOW).map(Duration::toMillis).orElse(null)).isEqualTo(millis);
  }

  @Test
  void readsDatesInAnyLocale() {
    java.util.Locale before = java.util.Locale.getDefault();
    try {
      java.util.Locale.setDefault(java.util.Locale.forLanguageTag("tr-TR"));
      HttpReply reply =
          HttpReply.of(429, Map.of("RETRY-AFTER", "Fri, 20 Nov 2026 12:00:07 GMT"), "");
      assertThat(RetryAfter.from(reply, NOW)).contains(Duration.ofSeconds(7));
    } finally {
      java.util.Locale.setDefault(before);
    }
  }

  private static Map<String, String> headers(String text) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (text != null) {
      for (String header : text.split("; (?=[a-zA-Z-]+: )", -1)) {
        String[] parts = header.split(": ", 2);
        headers.put(parts[0].strip(), parts[1].strip());
      }
    }
    return headers;
  }
}
