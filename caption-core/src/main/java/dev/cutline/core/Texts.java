package dev.cutline.core;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What texts of users may be. Anything that every store can hold is stored as it is: quotes, SQL,
 * emoji, right-to-left marks. Refused is what one of them could not hold or print: control
 * characters, halves of surrogate pairs, and more than the lengths here, which count UTF-16 units
 * as {@link String#length()} does.
 */
final class Texts {
  static final int MAX_OWNER = 128;
  static final int MAX_TITLE = 500;
  static final int MAX_DESCRIPTION = 10_000;
  static final int MAX_TAG = 100;
  static final int MAX_TAGS = 50;
  static final int MAX_CONTEXT = 4_000;
  static final int MAX_CAPTION = 2_000;
  static final int MAX_FILE_NAME = 255;

  private Texts() {}

  static String owner(String owner) {
    if (owner.isEmpty()) {
      throw new IllegalArgumentException("an owner has 1 to 128 characters, not 0");
    }
    return line("owner", owner, MAX_OWNER);
  }

  /** Returns the title without white space around it; null if nothing is left. */
  static @Nullable String title(@Nullable String title) {
    return blankToNull(title, t -> line("title", t, MAX_TITLE));
  }

  static @Nullable String description(@Nullable String description) {
    return blankToNull(description, t -> lines("description", t, MAX_DESCRIPTION));
  }

  static @Nullable String context(@Nullable String context) {
    return blankToNull(context, t -> lines("context", t, MAX_CONTEXT));
  }

  static String caption(String text) {
    return lines("caption", text.strip(), MAX_CAPTION);
  }

  /** Returns the tags without white space around them, blanks and repetitions, in order. */
  static List<String> tags(List<String> tags) {
    Set<String> distinct = new LinkedHashSet<>();
    for (String tag : tags) {
      if (!tag.isBlank()) {
        distinct.add(line("tag", tag.strip(), MAX_TAG));
      }
    }
    if (distinct.size() > MAX_TAGS) {
      throw new IllegalArgumentException("at most " + MAX_TAGS + " tags, not " + distinct.size());
    }
    return List.copyOf(distinct);
  }

  /**
   * Returns the name as text to show. It comes from a file system or a browser and not from a
   * person, so it is mended rather than refused; no path is ever made of it.
   */
  static @Nullable String fileName(@Nullable String name) {
    if (name == null || name.isBlank()) {
      return null;
    }
    StringBuilder mended = new StringBuilder();
    name.codePoints()
        .map(c -> isForbidden(c) || c == '\n' || c == '\r' || c == '\t' ? 0xFFFD : c)
        .takeWhile(c -> mended.length() + Character.charCount(c) <= MAX_FILE_NAME)
        .forEachOrdered(mended::appendCodePoint);
    return mended.toString();
  }

  private static @Nullable String blankToNull(@Nullable String text, UnaryOperator<String> check) {
    return text == null || text.isBlank() ? null : check.apply(text.strip());
  }

  private static String line(String what, String text, int max) {
    if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0 || text.indexOf('\t') >= 0) {
      throw new IllegalArgumentException("the " + what + " holds a line break or tab");
    }
    return lines(what, text, max);
  }

  private static String lines(String what, String text, int max) {
    if (text.length() > max) {
      throw new IllegalArgumentException(
          "the %s has %d characters; at most %d".formatted(what, text.length(), max));
    }
    text.codePoints()
        .filter(Texts::isForbidden)
        .findFirst()
        .ifPresent(
            c -> {
              throw new IllegalArgumentException(
                  "the %s holds the character U+%04X, which is not text".formatted(what, c));
            });
    return text;
  }

  private static boolean isForbidden(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL -> codePoint != '\n' && codePoint != '\r' && codePoint != '\t';
      case Character.SURROGATE -> true;
      default -> false;
    };
  }
}
