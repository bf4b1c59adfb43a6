package dev.cutline.prompt;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads how many tokens a server says were used. */
public final class Tokens {
  /** No call takes more; what claims to would spoil every sum that it enters. */
  static final long MOST = 1_000_000_000;

  private Tokens() {}

  /** Returns the number in a field; 0 if it is missing, negative or makes no sense. */
  public static long in(JsonNode usage, String field) {
    JsonNode value = usage.path(field);
    double tokens = value.isNumber() ? value.doubleValue() : 0;
    return tokens >= 0 && tokens <= MOST ? (long) tokens : 0;
  }
}
