package dev.cutline.cli.batch;

import dev.cutline.ImageRecord;
import dev.cutline.Reason;

/** What a user can do about a picture that got no caption. */
final class Remedies {
  private static final String REFUSED_BY_LABELS = "labels: " + Reason.REFUSED;

  private Remedies() {}

  /**
   * Returns what is wrong, with what to do about it.
   *
   * @param message what is wrong; it may end as a sentence does
   * @param record the picture, kept without a caption
   * @param again the option that tries again what failed
   */
  static String added(String message, Reason reason, ImageRecord record, String again) {
    String clause =
        message.endsWith(".") && !message.endsWith("..")
            ? message.substring(0, message.length() - 1)
            : message;
    return clause + "; " + (isModerated(reason, record) ? moderated(again) : of(reason, again));
  }

  private static boolean isModerated(Reason reason, ImageRecord record) {
    return reason == Reason.REFUSED
        && record.notes().stream().anyMatch(note -> note.startsWith(REFUSED_BY_LABELS));
  }

  /** No rung was asked, so none behind it helps. */
  private static String moderated(String again) {
    return "write the caption yourself with 'cutline edit', or set moderation=flag for the labels,"
        + " then use "
        + again;
  }

  private static String of(Reason reason, String again) {
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
