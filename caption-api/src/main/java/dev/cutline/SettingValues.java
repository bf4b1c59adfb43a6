package dev.cutline;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Turns the text of a setting into a value, or into what is wrong with it. */
final class SettingValues {
  private static final int MOST_DIGITS = 30;

  private SettingValues() {}

  /** A value, or what is wrong with the text. */
  record Parsed<T>(@Nullable T value, String problem) {
    static <T> Parsed<T> of(T value) {
      return new Parsed<>(value, "");
    }

    static <T> Parsed<T> wrong(String text, String expected) {
      return new Parsed<>(null, "\"" + text + "\" is not " + expected);
    }
  }

  static <T> T require(Parsed<T> parsed, String key) {
    if (parsed.value() == null) {
      throw new InvalidSettingsException(key + ": " + parsed.problem());
    }
    return parsed.value();
  }

  static Parsed<Duration> duration(String text) {
    try {
      return Parsed.of(Duration.parse(text));
    } catch (DateTimeParseException e) {
      return Parsed.wrong(text, "an ISO 8601 duration such as PT20S, PT1H or P90D");
    }
  }

  static Parsed<Integer> integer(String text) {
    try {
      return Parsed.of(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      return Parsed.wrong(text, "a whole number");
    }
  }

  static Parsed<Long> whole(String text) {
    try {
      return Parsed.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return Parsed.wrong(text, "a whole number");
    }
  }

  static Parsed<BigDecimal> decimal(String text) {
    try {
      BigDecimal value = new BigDecimal(text);
      // 1e999999999 is a number too, and adding 1 to it takes all memory.
      if (Math.abs((long) value.scale()) <= MOST_DIGITS && value.precision() <= MOST_DIGITS) {
        return Parsed.of(value);
      }
      return Parsed.wrong(text, "a number such as 0.25");
    } catch (NumberFormatException e) {
      return Parsed.wrong(text, "a number such as 0.25");
    }
  }

  static Parsed<Boolean> bool(String text) {
    return switch (text) {
      case "true" -> Parsed.of(true);
      case "false" -> Parsed.of(false);
      default -> Parsed.wrong(text, "true or false");
    };
  }

  static Parsed<URI> uri(String text) {
    try {
      URI uri = new URI(text);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return web && uri.getHost() != null && uri.getPort() <= 65_535
          ? Parsed.of(uri)
          : Parsed.wrong(text, "an address such as https://host/path");
    } catch (URISyntaxException e) {
      return Parsed.wrong(text, "an address such as https://host/path");
    }
  }
}
