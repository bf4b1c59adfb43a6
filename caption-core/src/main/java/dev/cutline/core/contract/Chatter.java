package dev.cutline.core.contract;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes off what a chatty model says before and after a caption: "Sure!", "Here is a concise
 * caption for the image:", "Caption:", "(9 words)", "Let me know if you want another one."
 */
final class Chatter {
  private final Pattern opener;
  private final Pattern announcement;
  private final Pattern closing;
  private final Pattern count;

  Chatter(Phrases phrases) {
    this.opener =
        Phrases.compile("^" + phrases.anyOf("opener") + "\\s*(?:[!,.:;…！，。、：]+|\\s[-–—])\\s*");
    this.announcement =
        Phrases.compile(
            "^(?:"
                + phrases.anyOf("lead")
                + "\\s*){0,7}"
                + phrases.anyOf("noun")
                + "(?:\\s*"
                + phrases.anyOf("tail")
                + "){0,4}\\s*(?:[:：]|\\s[-–—]\\s)\\s*");
    this.closing = phrases.atStart("closing");
    this.count = Phrases.compile("\\s*" + phrases.anyOf("count") + "\\s*");
  }

  /** Returns a pattern for an announcement or label at the start of a line. */
  Pattern announcement() {
    return announcement;
  }

  /** Returns a pattern for the start of a sentence that is said to the user. */
  Pattern closing() {
    return closing;
  }

  String strip(String text, Segments segments) {
    String plain = count.matcher(text).replaceAll(" ").strip();
    plain = withoutStart(withoutStart(plain, opener), announcement);
    return withoutClosing(plain, segments);
  }

  private static String withoutStart(String text, Pattern start) {
    Matcher matcher = start.matcher(text);
    return matcher.find() ? text.substring(matcher.end()) : text;
  }

  private String withoutClosing(String text, Segments segments) {
    List<String> sentences = segments.sentences(text);
    int end = sentences.size();
    while (end > 1 && closing.matcher(sentences.get(end - 1)).find()) {
      end--;
    }
    return end == sentences.size() ? text : Segments.join(sentences.subList(0, end));
  }
}
