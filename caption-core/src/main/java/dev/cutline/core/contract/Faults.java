package dev.cutline.core.contract;

/** Finds what no repair makes a caption: refusals, echoes of the prompt, loops, nothing at all. */
final class Faults {
  private final PhraseIndex refusal;
  private final PhraseIndex noPicture;
  private final PhraseIndex echo;
  private final PhraseIndex echoAtStart;
  private final PhraseIndex placeholder;

  Faults(Phrases phrases) {
    this.refusal = phrases.index("refusal");
    this.noPicture = phrases.index("no-picture");
    this.echo = phrases.index("echo");
    this.echoAtStart = phrases.index("echo-start");
    this.placeholder = phrases.indexBefore("[^a-zA-Z0-9_]*$", "placeholder");
  }

  /** Says why an answer is none, before anything is repaired that would hide it. */
  void checkAnswer(String text) throws Breach {
    if (noPicture.begins(text)) {
      throw Breach.malformed("the model says that it got no picture");
    }
    if (refusal.begins(text)) {
      throw Breach.refused("the model refuses in words");
    }
    if (echoAtStart.begins(text) || echoes(text)) {
      throw Breach.malformed("repeats the prompt");
    }
  }

  void checkCaption(String text) throws Breach {
    if (text.isEmpty()) {
      throw Breach.nothing("no text");
    }
    if (!hasLetter(text)) {
      throw Breach.nothing("no words");
    }
    if (isPlaceholder(text)) {
      throw Breach.nothing("a placeholder");
    }
    if (Loops.isIn(text)) {
      throw Breach.malformed("goes round in circles");
    }
  }

  private boolean echoes(String text) {
    boolean latin = PhraseIndex.isLatin(text);
    boolean withinWord = false;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      if (!withinWord && echo.end(text, i, latin) >= 0) {
        return true;
      }
      withinWord = Segments.isLetterOrNumber(text.codePointAt(i));
    }
    return false;
  }

  static boolean hasLetter(String text) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      if (Character.isLetter(text.codePointAt(i))) {
        return true;
      }
    }
    return false;
  }

  private boolean isPlaceholder(String text) {
    int start = 0;
    while (start < text.length() && !isAsciiWord(text.charAt(start))) {
      start++;
    }
    return placeholder.end(text, start) >= 0;
  }

  private static boolean isAsciiWord(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
  }
}
