package dev.cutline.palette;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.CaptionStyle;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The rules that every caption has to keep, checked apart from the code that makes them. */
final class OutputContract {
  private static final Pattern PREAMBLE =
      Pattern.compile(
          "(image|photo|picture|photograph) of|(bild|foto) von|(image|photo) de |(imagen|foto) de ",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern MARKUP = Pattern.compile("[\\n*_#`<>{}\\[\\]\"“”„«»]");
  private static final Pattern SPECIAL_BLANK = Pattern.compile("[\\s\\p{Z}&&[^ ]]");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}’']+");

  private OutputContract() {}

  static void check(CaptionStyle style, String text, String language) {
    assertThat(violations(style, text, language)).as(language + ": " + text).isEmpty();
  }

  private static List<String> violations(CaptionStyle style, String text, String language) {
    List<String> violations = new ArrayList<>();
    if (text.isBlank() || !text.equals(text.strip()) || text.contains("  ")) {
      violations.add("blanks");
    }
    if (SPECIAL_BLANK.matcher(text).find()) {
      violations.add("a blank that is not a plain one");
    }
    if (MARKUP.matcher(text).find()) {
      violations.add("markup or quotes");
    }
    if (PREAMBLE.matcher(text).find()) {
      violations.add("preamble");
    }
    if (!Character.isUpperCase(text.codePointAt(0))) {
      violations.add("starts with a small letter");
    }
    boolean fits =
        switch (style) {
          case CONCISE -> WORD.matcher(text).results().count() <= 10;
          case CREATIVE -> sentences(text, language) <= 2;
          case ALT -> text.length() <= 125;
        };
    if (!fits) {
      violations.add("too long");
    }
    if (style != CaptionStyle.CONCISE && !text.endsWith(".")) {
      violations.add("ends without a full stop");
    }
    return violations;
  }

  private static int sentences(String text, String language) {
    BreakIterator iterator = BreakIterator.getSentenceInstance(Locale.forLanguageTag(language));
    iterator.setText(text);
    int count = 0;
    while (iterator.next() != BreakIterator.DONE) {
      count++;
    }
    return count;
  }
}
