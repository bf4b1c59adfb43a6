package dev.cutline.core.contract;

import dev.cutline.CaptionStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds texts to the length of their style. What is too long is cut only where what stays is whole:
 * at the end of a sentence, around a parenthesis, or at a comma before a word that begins a clause,
 * never in the midst of a phrase.
 */
final class Limits {
  static final int CONCISE_WORDS = 10;
  static final int CREATIVE_SENTENCES = 2;
  static final int ALT_CHARACTERS = 125;

  /** Ten words are shorter than this in any language; what is not is no words. */
  static final int CONCISE_CHARACTERS = 160;

  static final int CREATIVE_CHARACTERS = 600;

  private static final int LEAST_WORDS = 3;

  private static final Pattern PARENTHESIS = Pattern.compile("\\s*\\([^()]*\\)");
  private static final Pattern FULL_STOP = Pattern.compile("[.。．｡,;:\\s]+$");
  private static final Pattern INITIALS = Pattern.compile("(?:\\p{L}\\.){2,}$");
  private static final String OPENING = "([“„«「『";
  private static final String CLOSING = ")]”“»」』";

  private final Pattern cut;

  Limits(Phrases phrases) {
    this.cut =
        Phrases.compile(
            "\\s*(?:[;；，]|\\s[-–—]\\s|—|:\\s|,(?=\\s+" + phrases.anyOf("clause") + "))\\s*");
  }

  String fit(String text, CaptionStyle style, Segments segments) throws Breach {
    return switch (style) {
      case CONCISE -> concise(text, segments);
      case CREATIVE -> creative(text, segments);
      case ALT -> alt(text, segments);
    };
  }

  private String concise(String text, Segments segments) throws Breach {
    for (String shorter : everShorter(text, segments)) {
      String label = withoutFullStop(shorter);
      if (length(label) <= CONCISE_CHARACTERS && segments.words(label) <= CONCISE_WORDS) {
        return label;
      }
    }
    throw Breach.malformed(segments.words(text) + " words where " + CONCISE_WORDS + " are allowed");
  }

  private static String creative(String text, Segments segments) throws Breach {
    List<String> sentences = withoutRepeats(segments.sentences(text));
    for (int count = Math.min(CREATIVE_SENTENCES, sentences.size()); count > 0; count--) {
      String kept = Segments.join(sentences.subList(0, count));
      if (length(kept) <= CREATIVE_CHARACTERS) {
        return count == segments.sentences(text).size() ? text : kept;
      }
    }
    throw Breach.malformed(
        length(text) + " characters where " + CREATIVE_CHARACTERS + " are allowed");
  }

  private String alt(String text, Segments segments) throws Breach {
    boolean sentence = text.endsWith(".");
    for (String shorter : everShorter(text, segments)) {
      boolean cutOff = sentence && !shorter.endsWith(".");
      String whole = cutOff ? shorter + "." : shorter;
      if (length(whole) <= ALT_CHARACTERS) {
        return whole;
      }
    }
    throw Breach.malformed(length(text) + " characters where " + ALT_CHARACTERS + " are allowed");
  }

  /** Returns the text and what it can be cut to, longest first. */
  private List<String> everShorter(String text, Segments segments) {
    List<String> shorter = new ArrayList<>();
    shorter.add(text);
    String plain = PARENTHESIS.matcher(text).replaceAll("");
    if (segments.words(plain) >= LEAST_WORDS) {
      shorter.add(plain);
    }
    List<String> sentences = segments.sentences(plain);
    for (int count = sentences.size() - 1; count > 0; count--) {
      shorter.add(Segments.join(sentences.subList(0, count)));
    }
    if (sentences.isEmpty()) {
      return shorter;
    }
    String first = sentences.get(0);
    List<String> clauses = new ArrayList<>();
    Matcher matcher = cut.matcher(first);
    while (matcher.find()) {
      String head = first.substring(0, matcher.start());
      if (segments.words(head) >= LEAST_WORDS && isBalanced(head)) {
        clauses.add(0, head);
      }
    }
    shorter.addAll(clauses);
    return shorter;
  }

  /** A caption of a few words is no sentence; initials keep their stop. */
  private static String withoutFullStop(String text) {
    if (text.endsWith("...") || INITIALS.matcher(text).find()) {
      return text;
    }
    return FULL_STOP.matcher(text).replaceFirst("");
  }

  private static List<String> withoutRepeats(List<String> sentences) {
    List<String> distinct = new ArrayList<>();
    for (String sentence : sentences) {
      if (distinct.stream().noneMatch(sentence::equalsIgnoreCase)) {
        distinct.add(sentence);
      }
    }
    return distinct;
  }

  private static boolean isBalanced(String text) {
    long opened = text.chars().filter(c -> OPENING.indexOf(c) >= 0).count();
    long closed = text.chars().filter(c -> CLOSING.indexOf(c) >= 0).count();
    long straight = text.chars().filter(c -> c == '"').count();
    return opened == closed && straight % 2 == 0;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
