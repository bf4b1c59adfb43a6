package dev.cutline.core.contract;

import java.util.regex.Pattern;

/** Finds what no repair makes a caption: refusals, echoes of the prompt, loops, nothing at all. */
final class Faults {
  /** One to five words, said four times or more in a row. */
  private static final Pattern LOOP =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}])((?:[\\p{L}\\p{N}'’-]+[\\s,.;]+){1,5}?)\\1{3,}",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern RUN = Pattern.compile("([\\p{L}\\p{N}])\\1{9,}");
  private static final Pattern LETTER = Pattern.compile("\\p{L}");

  private final Pattern refusal;
  private final Pattern noPicture;
  private final Pattern echo;
  private final Pattern echoAtStart;
  private final Pattern placeholder;

  Faults(Phrases phrases) {
    this.refusal = phrases.atStart("refusal");
    this.noPicture = phrases.atStart("no-picture");
    this.echo = phrases.anywhere("echo");
    this.echoAtStart = phrases.atStart("echo-start");
    this.placeholder = Phrases.compile("^\\W*" + phrases.anyOf("placeholder") + "\\W*$");
  }

  /** Says why an answer is none, before anything is repaired that would hide it. */
  void checkAnswer(String text) throws Breach {
    if (noPicture.matcher(text).find()) {
      throw Breach.malformed("the model says that it got no picture");
    }
    if (refusal.matcher(text).find()) {
      throw Breach.refused("the model refuses in words");
    }
    if (echo.matcher(text).find() || echoAtStart.matcher(text).find()) {
      throw Breach.malformed("repeats the prompt");
    }
  }

  void checkCaption(String text) throws Breach {
    if (text.isEmpty()) {
      throw Breach.nothing("no text");
    }
    if (!LETTER.matcher(text).find()) {
      throw Breach.nothing("no words");
    }
    if (placeholder.matcher(text).find()) {
      throw Breach.nothing("a placeholder");
    }
    if (LOOP.matcher(text + " ").find() || RUN.matcher(text).find()) {
      throw Breach.malformed("goes round in circles");
    }
  }
}
