package dev.cutline;

/**
 * What a call cost in tokens, as the server reported it.
 *
 * @param inputTokens tokens read, picture included; 0 if the server does not count
 * @param outputTokens tokens written, hidden reasoning included; 0 if the server does not count
 */
public record Usage(long inputTokens, long outputTokens) {
  /** Nothing used, or nothing reported. */
  public static final Usage NONE = new Usage(0, 0);

  public Usage {
    if (inputTokens < 0 || outputTokens < 0) {
      throw new IllegalArgumentException(
          "tokens are not negative: " + inputTokens + ", " + outputTokens);
    }
  }

  /** Returns the sum of both. */
  public Usage plus(Usage other) {
    return new Usage(inputTokens + other.inputTokens, outputTokens + other.outputTokens);
  }
}
