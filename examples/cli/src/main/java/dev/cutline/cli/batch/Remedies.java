package dev.cutline.cli.batch;

import dev.cutline.Reason;

/** What a user can do about a picture that got no caption. */
public final class Remedies {
  private Remedies() {}

  /**
   * Returns the remedy in a few words.
   *
   * @param again the option that tries again what failed
   */
  public static String of(Reason reason, String again) {
    return switch (reason) {
      case RATE_LIMITED -> "try again later with " + again + ", or lower --concurrency";
      case UNAVAILABLE, TIMEOUT, INTERNAL -> "try again with " + again + ", or add another rung";
      case UNAUTHORIZED -> "check the API key of the rung, then use " + again;
      case MISCONFIGURED -> "check the settings of the rung or add another, then use " + again;
      case INVALID_IMAGE -> "give a whole JPEG, PNG, GIF or WebP file";
      case IMAGE_LIMIT -> "make the picture smaller";
      case REFUSED ->
          "write the caption yourself with 'cutline edit', or set on-refused=next for the rung and"
              + " name another one behind it";
      case MALFORMED_REPLY -> "try again with " + again + ", or name another model";
      case BUDGET_SPENT -> "try again when there is a new one, or raise it";
    };
  }
}
