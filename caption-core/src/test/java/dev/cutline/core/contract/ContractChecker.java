package dev.cutline.core.contract;

import dev.cutline.CaptionStyle;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * States the contract a second time, by plain means and without any code of the first: what is
 * promised to whoever shows a caption.
 */
final class ContractChecker {
  private static final String[] PICTURE_WORDS = {
    "image of",
    "an image of",
    "the image of",
    "picture of",
    "a picture of",
    "photo of",
    "a photo of",
    "photograph of",
    "a photograph of",
    "the image shows",
    "the picture shows",
    "the photo shows",
    "this image shows",
    "image shows",
    "bild von",
    "ein bild von",
    "foto von",
    "ein foto von",
    "das bild zeigt",
    "das foto zeigt",
    "image de",
    "une image de",
    "photo de",
    "une photo de",
    "une photo d'",
    "une image d'",
    "l'image montre",
    "imagen de",
    "una imagen de",
    "foto de",
    "una foto de",
    "la imagen muestra",
  };

  private static final String[] PREAMBLES = {
    "here is a caption",
    "here's",
    "sure,",
    "sure!",
    "certainly!",
    "of course!",
    "caption:",
    "concise:",
    "creative:",
    "alt:",
    "alt text:",
    "title:",
    "assistant:",
    "voici une",
    "hier ist eine bildunterschrift",
  };

  private static final String[] REFUSALS = {
    "i'm sorry", "i’m sorry", "i am sorry", "i cannot assist", "i can't help", "as an ai",
        "i apologize",
    "es tut mir leid", "je suis désolé", "lo siento", "mi dispiace", "申し訳", "抱歉", "죄송",
  };

  private ContractChecker() {}

  static List<String> faults(String text, CaptionStyle style, String language) {
    List<String> faults = new ArrayList<>();
    common(text, faults);
    String lower = text.toLowerCase(Locale.ROOT);
    startsWithNoneOf(lower, PREAMBLES, faults);
    startsWithNoneOf(lower, REFUSALS, faults);
    switch (style) {
      case CONCISE -> {
        if (text.split("\\s+").length > 10) {
          faults.add("more than 10 words");
        }
        if (text.codePointCount(0, text.length()) > 160) {
          faults.add("longer than ten words can be");
        }
      }
      case CREATIVE -> {
        if (sentences(text, language) > 2) {
          faults.add("more than two sentences");
        }
      }
      case ALT -> {
        if (text.codePointCount(0, text.length()) > 125) {
          faults.add("more than 125 characters");
        }
        startsWithNoneOf(lower, PICTURE_WORDS, faults);
      }
    }
    if (pictographs(text) > (style == CaptionStyle.CREATIVE ? 2 : 0)) {
      faults.add("a flood of emoji");
    }
    return faults;
  }

  private static void common(String text, List<String> faults) {
    if (text.codePoints().noneMatch(Character::isLetter)) {
      faults.add("no letters");
    }
    if (!text.equals(text.strip()) || text.contains("  ") || text.contains("\n")) {
      faults.add("blanks at the ends, two together, or several lines");
    }
    if (!Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
      faults.add("not in NFC");
    }
    text.codePoints()
        .filter(ContractChecker::isHidden)
        .forEach(c -> faults.add("U+" + Integer.toHexString(c)));
    for (String sign : List.of("**", "__", "`", "~~", "<", ">", "{", "}", "](", "\\", "&quot;")) {
      if (text.contains(sign)) {
        faults.add("contains " + sign);
      }
    }
    if (text.matches("#(?!\\d).*") || text.startsWith("- ") || text.startsWith("* ")) {
      faults.add("a heading or an item of a list");
    }
    if (text.length() > 1) {
      String inner = text.substring(1, text.length() - 1);
      for (String pair : List.of("\"\"", "“”", "„“", "«»", "「」")) {
        if (text.charAt(0) == pair.charAt(0)
            && text.charAt(text.length() - 1) == pair.charAt(1)
            && inner.indexOf(pair.charAt(0)) < 0
            && inner.indexOf(pair.charAt(1)) < 0) {
          faults.add("in quotation marks");
        }
      }
    }
  }

  private static void startsWithNoneOf(String lower, String[] starts, List<String> faults) {
    for (String start : starts) {
      boolean wholeWord =
          lower.length() == start.length()
              || !Character.isLetter(start.charAt(start.length() - 1))
              || lower.length() > start.length()
                  && !Character.isLetterOrDigit(lower.charAt(start.length()));
      if (lower.startsWith(start) && wholeWord) {
        faults.add("begins with " + start);
      }
    }
  }

  /** Controls, direction marks and overrides, zero-width blanks, tags, halves of characters. */
  private static boolean isHidden(int c) {
    return Character.isISOControl(c)
        || c >= 0x202A && c <= 0x202E
        || c >= 0x2066 && c <= 0x2069
        || c == 0x200B
        || c == 0x200E
        || c == 0x200F
        || c == 0x061C
        || c == 0xFEFF
        || c == 0x2028
        || c == 0x2029
        || c >= 0xE0000 && c <= 0xE007F
        || c >= 0xD800 && c <= 0xDFFF;
  }

  /**
   * What lies between ends of sentences and has a letter; titles, initials and ordinals end none.
   */
  private static int sentences(String text, String language) {
    int count = 0;
    boolean letters = false;
    for (int i = 0; i < text.length(); i++) {
      letters |= Character.isLetter(text.charAt(i));
      if (letters && (i == text.length() - 1 || endsSentence(text, i, language))) {
        count++;
        letters = false;
      }
    }
    return count;
  }

  private static boolean endsSentence(String text, int at, String language) {
    char c = text.charAt(at);
    if ("。！？".indexOf(c) >= 0) {
      return true;
    }
    return ".!?".indexOf(c) >= 0
        && at + 2 < text.length()
        && text.charAt(at + 1) == ' '
        && Character.isUpperCase(text.charAt(at + 2))
        && !isTitle(text, at, language);
  }

  private static boolean isTitle(String text, int stop, String language) {
    int start = stop;
    while (start > 0 && Character.isLetterOrDigit(text.charAt(start - 1))) {
      start--;
    }
    String word = text.substring(start, stop);
    if (language.equals("de") && word.matches("\\d{1,2}")) {
      return true;
    }
    return word.matches("\\p{L}|Mr|Mrs|Ms|Dr|St|Prof|Mt|Jr|Sr|No|vs|Gen|Capt|Rev|Ave|Nr");
  }

  private static long pictographs(String text) {
    String withoutJoined = text.replaceAll("\u200d.", "");
    return withoutJoined
        .codePoints()
        .filter(c -> c >= 0x1F300 && c <= 0x1FAFF || c >= 0x2600 && c <= 0x26FF)
        .filter(c -> c < 0x1F3FB || c > 0x1F3FF)
        .count();
  }
}
