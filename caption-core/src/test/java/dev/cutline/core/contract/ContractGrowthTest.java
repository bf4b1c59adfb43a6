package dev.cutline.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.cutline.CaptionStyle;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an answer costs grows as its length does, whatever it is made of. Nothing is timed: the
 * characters that patterns read are counted, and the bytes that everything allocates.
 */
class ContractGrowthTest {
  private static final int SHORT = 480;
  private static final int LONG = 4 * SHORT;

  /** Four times the text may cost four times as much; sixteen times would be quadratic. */
  private static final double MOST_GROWTH = 6;

  private static final List<String> PIECES =
      List.of(
          "a",
          "a ",
          "A. ",
          "a, ",
          "# ",
          "#a ",
          "* ",
          "*",
          "- ",
          "=",
          "_a",
          "\"a",
          "( ",
          "()",
          "(a",
          "[a](",
          "](",
          "![",
          "[[",
          "|",
          "<b",
          "<b>",
          "<br",
          "<script",
          "<script>",
          "<think>",
          "</think>",
          "<|",
          "&amp;",
          "&a",
          "\\",
          "\\n",
          "\n",
          " \n",
          "- a\n",
          "1. a\n",
          "```",
          "~~",
          "Concise: a. ",
          "Here is a caption: ",
          "Sure! ",
          "An image of ",
          "Image du ",
          "Ein Bild von einer roten ",
          "image en couleurs ",
          "the one my ",
          "in this image, ",
          "猫。",
          "แมว",
          "🐶\u200d",
          "\u200d",
          "\u0301",
          "a\u0301",
          "...",
          "''",
          "« ",
          "“",
          "!?",
          "ab ab ",
          "cat dog ",
          "one two three four five ",
          "(1 words) ",
          "x ; ",
          "a - ",
          "word, with a ",
          "Dr. ",
          "A. B. C. ",
          "z. B. ",
          "photo of a ",
          "thank you for a ",
          "caption with a ",
          "i can't really ",
          "ich kann dabei ",
          "enenen",
          "D.C.",
          "1",
          "1 2 ");

  @ParameterizedTest(name = "pattern {index}")
  @MethodSource("patterns")
  void patternReadsEachCharacterAFewTimes(Pattern pattern) {
    for (String piece : PIECES) {
      for (String end : List.of("", " x>)")) {
        // What a pattern is given has been cleaned: no blanks in a row.
        long few = read(pattern, Characters.clean(text(piece, SHORT) + end));
        long many = read(pattern, Characters.clean(text(piece, LONG) + end));
        assertThat((double) many)
            .as("%s over \"%s\"", pattern, piece)
            .isLessThanOrEqualTo(MOST_GROWTH * few + LONG);
      }
    }
  }

  @Test
  void allocatesInProportionToTheAnswer() {
    TextContract contract = new TextContract();
    for (String piece : PIECES) {
      for (CaptionStyle style : CaptionStyle.values()) {
        for (String end : List.of("", " x>)")) {
          long few = allocated(contract, text(piece, SHORT) + end, style);
          long many = allocated(contract, text(piece, LONG) + end, style);
          assertThat((double) many)
              .as("%s of \"%s\"", style, piece)
              .isLessThanOrEqualTo(MOST_GROWTH * few + 64 * 1024);
        }
      }
    }
  }

  static Stream<Pattern> patterns() throws IllegalAccessException {
    Set<Pattern> found = new HashSet<>();
    collect(new TextContract(), new HashSet<>(), found);
    for (Class<?> helper :
        List.of(
            Characters.class,
            Markup.class,
            Emoji.class,
            Tidy.class,
            GermanCase.class,
            Limits.class)) {
      collectFields(helper, null, new HashSet<>(), found);
    }
    assertThat(found).hasSizeGreaterThan(100);
    return found.stream();
  }

  /** Finds the patterns of an object of this package, and of all that it is made of. */
  private static void collect(Object object, Set<Object> seen, Set<Pattern> found)
      throws IllegalAccessException {
    if (object instanceof Pattern pattern) {
      found.add(pattern);
    } else if (object instanceof Collection<?> many) {
      for (Object each : many) {
        collect(each, seen, found);
      }
    } else if (object instanceof java.util.Map<?, ?> map) {
      collect(map.values(), seen, found);
    } else if (object != null
        && object.getClass().getPackageName().equals(TextContract.class.getPackageName())
        && !object.getClass().isEnum()
        && seen.add(object)) {
      collectFields(object.getClass(), object, seen, found);
    }
  }

  private static void collectFields(
      Class<?> type, Object object, Set<Object> seen, Set<Pattern> found)
      throws IllegalAccessException {
    for (Field field : type.getDeclaredFields()) {
      if (object != null || Modifier.isStatic(field.getModifiers())) {
        field.setAccessible(true);
        collect(field.get(object), seen, found);
      }
    }
  }

  private static String text(String piece, int length) {
    return piece.repeat(1 + length / piece.length()).substring(0, length);
  }

  private static long read(Pattern pattern, String text) {
    CountedText counted = new CountedText(text);
    long found = pattern.matcher(counted).results().count();
    assertThat(counted.read).isGreaterThanOrEqualTo(found);
    return counted.read;
  }

  private static long allocated(TextContract contract, String answer, CaptionStyle style) {
    repair(contract, answer, style); // so that what is made once is not counted
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(id);
    repair(contract, answer, style);
    return threads.getThreadAllocatedBytes(id) - before;
  }

  private static void repair(TextContract contract, String answer, CaptionStyle style) {
    List<String> outcome = new ArrayList<>();
    try {
      outcome.add(contract.repair(answer, style, "en"));
    } catch (Breach e) {
      outcome.add(e.message());
    }
    assertThat(outcome.get(0)).isNotEmpty();
  }

  /** Counts how often a character of it is looked at. */
  private static final class CountedText implements CharSequence {
    private final String text;
    private long read;

    CountedText(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      read++;
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }
  }
}
