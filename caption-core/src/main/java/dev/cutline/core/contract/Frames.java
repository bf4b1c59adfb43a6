package dev.cutline.core.contract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Takes "An image of" off the start of sentences: everybody knows that it is a picture. A picture
 * that is seen <em>in</em> the picture, as in "A girl holds a photo of her dog", stays.
 */
final class Frames {
  /** More than any model puts around a caption; each takes a copy of the rest. */
  private static final int MOST_FRAMES = 8;

  /** German cases: what follows such a frame is no subject yet. */
  private static final Pattern DATIVE = Phrases.compile("\\b(?:von|vom)$");

  private static final Pattern ACCUSATIVE =
      Phrases.compile(
          "\\b(?:zeigt|zeigen|sieht\\s+man|sehen\\s+wir|sehen\\s+sie|man\\s+sieht|wir\\s+sehen)$");
  private static final Pattern LEFT_OVER_VERB = Phrases.compile("\\s+zu\\s+sehen(?=[.!,]|$)");

  private final PhraseIndex frame;
  private final Map<String, String> articles = new HashMap<>();

  Frames(Phrases phrases) {
    this.frame = phrases.index("frame");
    for (String pair : phrases.of("article")) {
      int equals = pair.indexOf('=');
      articles.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
  }

  /** Returns the text without frames, as far as what remains is grammatical. */
  String strip(String text, Segments segments) {
    if (!remain(text, segments)) {
      return text;
    }
    List<String> sentences = segments.sentences(text);
    List<String> plain = new ArrayList<>();
    for (String sentence : sentences) {
      plain.add(stripAll(sentence));
    }
    plain.removeIf(String::isEmpty);
    return plain.equals(sentences) ? text : Segments.join(plain);
  }

  /** Tells whether a sentence still begins with a frame. */
  boolean remain(String text, Segments segments) {
    for (String sentence : segments.sentences(text)) {
      if (frame.begins(sentence)) {
        return true;
      }
    }
    return false;
  }

  /** "A photo of a picture of a dog" has two. */
  private String stripAll(String sentence) {
    String before = sentence;
    String after = stripOne(before);
    for (int i = 1; i < MOST_FRAMES && !after.equals(before); i++) {
      before = after;
      after = stripOne(before);
    }
    return after;
  }

  private String stripOne(String sentence) {
    int end = frame.end(sentence, 0);
    if (end < 0) {
      return sentence;
    }
    String taken = sentence.substring(0, end).strip();
    String rest = sentence.substring(end).strip();
    if (!Faults.hasLetter(rest)) {
      return "";
    }
    if (DATIVE.matcher(taken).find()) {
      return GermanCase.fromDative(rest).orElse(sentence);
    }
    if (ACCUSATIVE.matcher(taken).find()) {
      String subject = GermanCase.fromAccusative(rest).orElse(sentence);
      return LEFT_OVER_VERB.matcher(subject).replaceFirst("");
    }
    rest = LEFT_OVER_VERB.matcher(rest).replaceFirst("");
    String last = taken.substring(taken.lastIndexOf(' ') + 1).toLowerCase(Locale.ROOT);
    String article = articles.get(last);
    return Capitals.atStart(article == null ? rest : article + " " + rest);
  }
}
