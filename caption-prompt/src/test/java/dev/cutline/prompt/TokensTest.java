package dev.cutline.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokensTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "150                  | 150",
        "0                    | 0",
        "150.0                | 150",
        "1e3                  | 1000",
        "1000000000           | 1000000000",
        "1000000001           | 0",
        "99999999999999999999 | 0",
        "1e400                | 0",
        "-1                   | 0",
        "-1e400               | 0",
        "null                 | 0",
        "true                 | 0",
        "{}                   | 0",
        "[7]                  | 0",
        "\"many\"             | 0",
        "\"NaN\"              | 0",
      })
  void countsWhatMakesSense(String value, long tokens) {
    assertThat(Tokens.in(Json.read("{\"t\":" + value + "}").orElseThrow(), "t")).isEqualTo(tokens);
    assertThat(Tokens.in(Json.object(), "t")).isZero();
  }
}
