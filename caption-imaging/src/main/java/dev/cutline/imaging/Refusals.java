package dev.cutline.imaging;

import dev.cutline.ImageRejectedException;
import dev.cutline.Rejection;
import java.util.Locale;

/**
 * Words refusals: what is wrong, with numbers, and what would mend it. Every message is one line.
 */
final class Refusals {
  private Refusals() {}

  /** The structure contradicts itself or a checksum. */
  static ImageRejectedException broken(String what, Object... numbers) {
    return new ImageRejectedException(
        Rejection.BROKEN,
        format(what, numbers) + "; the file is damaged: export it or download it again");
  }

  /** Something in the middle is missing its end. */
  static ImageRejectedException cutOff(String what, Object... numbers) {
    return new ImageRejectedException(
        Rejection.BROKEN,
        format(what, numbers) + "; the file was cut off: copy or download it again, whole");
  }

  /** The structure is sound but the decoder failed on what it holds. */
  static ImageRejectedException undecodable(String format, Throwable cause) {
    return new ImageRejectedException(
        Rejection.BROKEN,
        "the picture data of this "
            + format
            + " cannot be decoded; the file is damaged: export it or download it again",
        cause);
  }

  static ImageRejectedException tooLarge(String what, Object... numbers) {
    return new ImageRejectedException(Rejection.TOO_LARGE, format(what, numbers));
  }

  static ImageRejectedException unsupported(String what, Object... numbers) {
    return new ImageRejectedException(Rejection.UNSUPPORTED_CODING, format(what, numbers));
  }

  // What would have the compiler check these formats is one more dependency; tests provoke every
  // refusal.
  @SuppressWarnings("AnnotateFormatMethod")
  private static String format(String what, Object... numbers) {
    return String.format(Locale.ROOT, what, numbers);
  }
}
