package dev.cutline.xmp;

/**
 * Finds where tags begin and end in a text. The text is known to be well-formed, or is being
 * checked by a parser at the same pace: this only counts characters, which no parser of the JDK
 * does reliably.
 */
final class TagScanner {
  private final String text;
  private int start;
  private int end;

  TagScanner(String text) {
    this.text = text;
  }

  /** Goes to the next tag; false if there is none. */
  boolean next() throws MalformedXmpException {
    start = text.indexOf('<', end);
    while (start >= 0) {
      if (text.startsWith("<!--", start)) {
        skipTo("-->", 4);
      } else if (text.startsWith("<![CDATA[", start)) {
        skipTo("]]>", 9);
      } else if (text.startsWith("<?", start)) {
        skipTo("?>", 2);
      } else if (text.startsWith("<!", start)) {
        throw new MalformedXmpException("declares a document type, which no sidecar has");
      } else {
        end = endOfTag();
        return true;
      }
      start = text.indexOf('<', end);
    }
    return false;
  }

  /** Returns where the tag begins. */
  int start() {
    return start;
  }

  /** Returns the place after the tag. */
  int end() {
    return end;
  }

  boolean isClosing() {
    return text.charAt(start + 1) == '/';
  }

  boolean isSelfClosing() {
    return text.charAt(end - 2) == '/';
  }

  /** Returns the name as it is written, with its prefix. */
  String name() {
    int from = start + (isClosing() ? 2 : 1);
    int to = from;
    while (!XmlText.isSpace(text.charAt(to)) && text.charAt(to) != '/' && text.charAt(to) != '>') {
      to++;
    }
    return text.substring(from, to);
  }

  private void skipTo(String terminator, int opening) throws MalformedXmpException {
    int found = text.indexOf(terminator, start + opening);
    if (found < 0) {
      throw unfinished();
    }
    end = found + terminator.length();
  }

  private int endOfTag() throws MalformedXmpException {
    char quote = 0;
    for (int i = start + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '>') {
        return i + 1;
      }
    }
    throw unfinished();
  }

  private static MalformedXmpException unfinished() {
    return new MalformedXmpException("ends in the middle");
  }
}
