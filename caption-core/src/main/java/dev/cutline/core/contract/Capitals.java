package dev.cutline.core.contract;

/** Begins a text with a capital, in scripts that have them. */
final class Capitals {
  private Capitals() {}

  static String atStart(String text) {
    return atStart(text, false);
  }

  /**
   * Returns the text with a capital at its start; names such as iPhone stay.
   *
   * @param dottedI whether a capital i keeps its dot, as in Turkish and Azerbaijani
   */
  static String atStart(String text, boolean dottedI) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.codePointAt(0);
    int next = Character.charCount(first);
    boolean name = next < text.length() && Character.isUpperCase(text.codePointAt(next));
    if (!Character.isLowerCase(first) || name) {
      return text;
    }
    String capital =
        dottedI && first == 'i' ? "İ" : Character.toString(Character.toTitleCase(first));
    return capital + text.substring(next);
  }
}
