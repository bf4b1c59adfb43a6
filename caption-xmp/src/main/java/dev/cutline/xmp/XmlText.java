package dev.cutline.xmp;

import java.util.regex.Pattern;

/** Text as XML 1.0 can hold it. */
final class XmlText {
  private static final Pattern LINE_BREAK = Pattern.compile("\r\n?");

  private XmlText() {}

  /**
   * Returns the text as it can be written and read back: line breaks as XML reads them, without
   * control characters, halves of pairs and what else XML 1.0 has no place for, and without blanks
   * around it.
   */
  static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    LINE_BREAK
        .matcher(text)
        .replaceAll("\n")
        .codePoints()
        .filter(XmlText::isAllowed)
        .forEach(clean::appendCodePoint);
    return clean.toString().strip();
  }

  /** XML 1.0, production 2, without the control characters from 0x7f on that it puts up with. */
  private static boolean isAllowed(int c) {
    return c == '\t'
        || c == '\n'
        || c >= 0x20 && c < 0x7f
        || c >= 0xa0 && c <= 0xd7ff
        || c >= 0xe000 && c <= 0xfffd
        || c >= 0x10000;
  }

  /** Returns the text as the content of an element or of an attribute in double quotes. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }
}
