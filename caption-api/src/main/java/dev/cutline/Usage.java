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

  /** Returns the sum of both; what is too large to be counted is {@link Long#MAX_VALUE}. */
  public Usage plus(Usage other) {
    return new Usage(sum(inputTokens, other.inputTokens), sum(outputTokens, other.outputTokens));
  }

  /** A server may report any number: it must not cost the answer that was paid for. */
  private static long sum(long one, long other) {
    long sum = one + other;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
