package dev.cutline.core.contract;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes off what a chatty model says before and after a caption: "Sure!", "Here is a concise
 * caption for the image:", "Caption:", "(9 words)", "Let me know if you want another one."
 */
final class Chatter {
  /** One of these ends every announcement. */
  private static final String ANNOUNCING = ":：-–—";

  private final PhraseIndex opener;
  private final Pattern announcement;
  private final PhraseIndex closing;
  private final Pattern count;

  Chatter(Phrases phrases) {
    this.opener = phrases.indexBefore("\\s*(?:[!,.:;…！，。、：]+|\\s[-–—])\\s*", "opener");
    this.announcement =
        Phrases.compile(
            "^(?:"
                + phrases.anyOf("lead")
                + "\\s*){0,7}"
                + phrases.anyOf("noun")
                + "(?:\\s*"
                + phrases.anyOf("tail")
                + "){0,4}\\s*(?:[:：]|\\s[-–—]\\s)\\s*");
    this.closing = phrases.index("closing");
    this.count = Phrases.compile("\\s*" + phrases.anyOf("count") + "\\s*");
  }

  /** Returns a pattern for an announcement or label at the start of a line. */
  Pattern announcement() {
    return announcement;
  }

  /** Returns what begins a sentence that is said to the user. */
  PhraseIndex closing() {
    return closing;
  }

  String strip(String text, Segments segments) {
    String plain = withoutCount(text);
    plain = plain.substring(Math.max(0, opener.end(plain, 0)));
    return withoutClosing(withoutAnnouncement(plain), segments);
  }

  private String withoutCount(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isDigit(text.charAt(i))) {
        return count.matcher(text).replaceAll(" ").strip();
      }
    }
    return text;
  }

  private String withoutAnnouncement(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (ANNOUNCING.indexOf(text.charAt(i)) >= 0) {
        Matcher matcher = announcement.matcher(text);
        return matcher.find() ? text.substring(matcher.end()) : text;
      }
    }
    return text;
  }

  private String withoutClosing(String text, Segments segments) {
    List<String> sentences = segments.sentences(text);
    int end = sentences.size();
    while (end > 1 && closing.begins(sentences.get(end - 1))) {
      end--;
    }
    return end == sentences.size() ? text : Segments.join(sentences.subList(0, end));
  }
}
