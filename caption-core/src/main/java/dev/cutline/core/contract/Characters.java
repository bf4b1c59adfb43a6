package dev.cutline.core.contract;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Takes out what nobody sees: controls, characters that turn the direction of writing, that hide or
 * that no font has. What is left is composed (NFC), its blanks are plain ones and its lines end in
 * {@code \n}.
 */
final class Characters {
  private static final Pattern LINE_ENDS = Pattern.compile("\\R");
  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}&&[^\\n]]+");
  private static final Pattern BLANKS_AT_LINE_ENDS = Pattern.compile(" ?\\n[ \\n]*");

  private Characters() {}

  static String clean(String text) {
    String visible =
        LINE_ENDS
            .matcher(text)
            .replaceAll("\n")
            .codePoints()
            .filter(Characters::isVisible)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    String composed = Normalizer.normalize(visible, Normalizer.Form.NFC);
    String spaced = BLANKS.matcher(composed).replaceAll(" ");
    return BLANKS_AT_LINE_ENDS.matcher(spaced).replaceAll("\n").strip();
  }

  /**
   * Zero-width joiners stay, because Persian, Indic scripts and families of emoji are written with
   * them; every other format character goes.
   */
  private static boolean isVisible(int c) {
    if (c == '\n' || c == '\t' || c == 0x200C || c == 0x200D) {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> c != 0xFFFD; // a replacement for what could not be decoded
    };
  }
}
