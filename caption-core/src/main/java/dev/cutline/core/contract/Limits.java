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

  /** What a text can be cut to is not looked at beyond this: it fits no style that is cut. */
  private static final int LONGEST_CUT = 2 * (CONCISE_CHARACTERS + 1);

  private static final int LEAST_WORDS = 3;

  private static final Pattern PARENTHESIS = Pattern.compile(" ?\\([^()]*\\)");
  private static final String FULL_STOP = ".。．｡,;: ";
  private static final String OPENING = "([„«「『";
  private static final String CLOSING = ")]”»」』";
  private static final char LOW = '„';
  private static final char SIXES = '“';

  private final Pattern cut;

  Limits(Phrases phrases) {
    this.cut = Phrases.compile(" ?(?:[;；，]| [-–—] |—|: |,(?= " + phrases.anyOf("clause") + "))");
  }

  String fit(String text, CaptionStyle style, Segments segments) throws Breach {
    return switch (style) {
      case CONCISE -> concise(text, segments);
      case CREATIVE -> creative(text, segments);
      case ALT -> alt(text, segments);
    };
  }

  private String concise(String text, Segments segments) throws Breach {
    String label = withoutFullStop(text);
    if (isConcise(label, segments)) {
      return label;
    }
    for (String shorter : shorter(text, segments)) {
      label = withoutFullStop(shorter);
      if (isConcise(label, segments)) {
        return label;
      }
    }
    throw Breach.malformed(segments.words(text) + " words where " + CONCISE_WORDS + " are allowed");
  }

  private static boolean isConcise(String label, Segments segments) {
    return length(label) <= CONCISE_CHARACTERS && segments.words(label) <= CONCISE_WORDS;
  }

  private static String creative(String text, Segments segments) throws Breach {
    List<String> all = segments.sentences(text);
    List<String> kept = firstWithoutRepeats(all);
    if (kept.size() == all.size() && length(text) <= CREATIVE_CHARACTERS) {
      return text;
    }
    for (int count = kept.size(); count > 0; count--) {
      String shorter = Segments.join(kept.subList(0, count));
      if (length(shorter) <= CREATIVE_CHARACTERS) {
        return shorter;
      }
    }
    throw Breach.malformed(
        length(text) + " characters where " + CREATIVE_CHARACTERS + " are allowed");
  }

  private String alt(String text, Segments segments) throws Breach {
    if (length(text) <= ALT_CHARACTERS) {
      return text;
    }
    boolean sentence = text.endsWith(".");
    for (String shorter : shorter(text, segments)) {
      boolean cutOff = sentence && !shorter.endsWith(".");
      String whole = cutOff ? shorter + "." : shorter;
      if (length(whole) <= ALT_CHARACTERS) {
        return whole;
      }
    }
    throw Breach.malformed(length(text) + " characters where " + ALT_CHARACTERS + " are allowed");
  }

  /** Returns what the text can be cut to, longest first, as far as it can be short enough. */
  private List<String> shorter(String text, Segments segments) {
    List<String> shorter = new ArrayList<>();
    String plain = PARENTHESIS.matcher(text).replaceAll("");
    if (plain.length() < text.length() && segments.words(plain) >= LEAST_WORDS) {
      shorter.add(plain);
    }
    List<String> sentences = segments.sentences(plain);
    if (sentences.isEmpty()) {
      return shorter;
    }
    addFirstSentences(sentences, shorter);
    addClauses(sentences.get(0), segments, shorter);
    return shorter;
  }

  private static void addFirstSentences(List<String> sentences, List<String> shorter) {
    int most = 0;
    int length = 0;
    while (most < sentences.size() - 1 && length <= LONGEST_CUT) {
      length += sentences.get(most).length();
      most++;
    }
    for (int count = most; count > 0; count--) {
      shorter.add(Segments.join(sentences.subList(0, count)));
    }
  }

  private void addClauses(String sentence, Segments segments, List<String> shorter) {
    int longest = shorter.size();
    Matcher matcher = cut.matcher(sentence);
    while (matcher.find() && matcher.start() <= LONGEST_CUT) {
      String head = sentence.substring(0, matcher.start());
      if (segments.words(head) >= LEAST_WORDS && isBalanced(head)) {
        shorter.add(longest, head);
      }
    }
  }

  /** A caption of a few words is no sentence; initials keep their stop. */
  private static String withoutFullStop(String text) {
    return text.endsWith("...") || endsInInitials(text) ? text : Tidy.withoutEnd(text, FULL_STOP);
  }

  /** Tells whether the text ends as "D.C." does. */
  private static boolean endsInInitials(String text) {
    int end = text.length();
    return end >= 4
        && text.charAt(end - 1) == '.'
        && Character.isLetter(text.charAt(end - 2))
        && text.charAt(end - 3) == '.'
        && Character.isLetter(text.charAt(end - 4));
  }

  /** Returns the first sentences that are not said before, as many as there may be. */
  private static List<String> firstWithoutRepeats(List<String> sentences) {
    List<String> distinct = new ArrayList<>(CREATIVE_SENTENCES);
    for (String sentence : sentences) {
      if (distinct.isEmpty() || distinct.stream().noneMatch(sentence::equalsIgnoreCase)) {
        distinct.add(sentence);
      }
      if (distinct.size() == CREATIVE_SENTENCES) {
        return distinct;
      }
    }
    return distinct;
  }

  /** The mark that begins an English quotation ends a German one. */
  private static boolean isBalanced(String text) {
    int open = 0;
    int straight = 0;
    boolean low = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == SIXES) {
        open += low ? -1 : 1;
        low = false;
      }
      low |= c == LOW;
      open += OPENING.indexOf(c) >= 0 ? 1 : 0;
      open -= CLOSING.indexOf(c) >= 0 ? 1 : 0;
      straight += c == '"' ? 1 : 0;
    }
    return open == 0 && straight % 2 == 0;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
