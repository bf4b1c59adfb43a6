package dev.cutline.cli.output;

/**
 * Makes text of strangers fit to be shown in a line: names of files can hold line breaks, escape
 * sequences and marks that turn the direction of reading, and with them pretend to be another name
 * or another message.
 */
public final class Printable {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private Printable() {}

  /**
   * Returns the text with everything invisible or directing as a backslash, {@code u} and its
   * number.
   */
  public static String of(String text) {
    int length = text.length();
    int clean = 0;
    while (clean < length && isPlain(text.charAt(clean))) {
      clean++;
    }
    if (clean == length) {
      return text;
    }
    StringBuilder shown = new StringBuilder(length + 16).append(text, 0, clean);
    text.substring(clean).codePoints().forEach(c -> append(shown, c));
    return shown.toString();
  }

  /**
   * Returns the text like {@link #of}, with line breaks and tabs as single spaces: for texts, not
   * for names.
   */
  public static String line(String text) {
    return of(text.replaceAll("[\\s\\u0085\\u2028\\u2029]+", " ").strip());
  }

  /** Returns the text like {@link #of}, and quotes where there is none: for names in a message. */
  public static String name(String text) {
    return text.isEmpty() ? "''" : of(text);
  }

  /** Tells whether a character of valid text has to be escaped before a terminal sees it. */
  static boolean isTreacherous(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      // Joiners are formatting characters too, but emoji and several scripts are spelt with them.
      case Character.FORMAT -> codePoint != ZERO_WIDTH_JOINER && codePoint != ZERO_WIDTH_NON_JOINER;
      default -> false;
    };
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0x7f;
  }

  private static void append(StringBuilder shown, int codePoint) {
    if (!isTreacherous(codePoint)) {
      shown.appendCodePoint(codePoint);
      return;
    }
    for (char unit : Character.toChars(codePoint)) {
      appendEscaped(shown, unit);
    }
  }

  /** Appends the escape that Java, JSON and JavaScript share. */
  static void appendEscaped(StringBuilder shown, char unit) {
    shown.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      shown.append(Character.forDigit(unit >> shift & 0xf, 16));
    }
  }
}
