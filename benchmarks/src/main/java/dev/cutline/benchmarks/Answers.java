package dev.cutline.benchmarks;

import dev.cutline.CaptionReply;
import dev.cutline.CaptionStyle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers of models from a file: a line holds style, language, answer and what the output contract
 * makes of it, with tabs between; {@code \n}, {@code \\} and {@code \}{@code uXXXX} stand for
 * characters, and {@code !REASON} for an answer that is none.
 */
final class Answers {
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|n|\\\\)");

  /** What becomes of an answer. */
  enum Fate {
    AS_IT_IS,
    REPAIRED,
    TURNED_DOWN
  }

  /** A reply with one text. */
  record Answer(CaptionReply reply, CaptionStyle style, String language, Fate fate) {}

  private final List<Answer> all = new ArrayList<>();

  private Answers() {}

  static Answers read(Path file) throws IOException {
    Answers answers = new Answers();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        answers.add(file, line);
      }
    }
    return answers;
  }

  List<Answer> of(Fate fate) {
    return all.stream().filter(answer -> answer.fate() == fate).toList();
  }

  private void add(Path file, String line) {
    String[] cells = line.split("\t", -1);
    if (cells.length != 4) {
      throw new IllegalArgumentException(file + ": four cells to a line, not " + line);
    }
    CaptionStyle style = CaptionStyle.ofId(cells[0]).orElseThrow();
    CaptionReply reply = CaptionReply.builder("model").text(style, plain(cells[2])).build();
    all.add(new Answer(reply, style, cells[1], fate(cells)));
  }

  private static Fate fate(String[] cells) {
    if (cells[3].startsWith("!")) {
      return Fate.TURNED_DOWN;
    }
    return cells[3].equals(cells[2]) ? Fate.AS_IT_IS : Fate.REPAIRED;
  }

  private static String plain(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(escape -> Matcher.quoteReplacement(Answers.character(escape)));
  }

  private static String character(MatchResult escape) {
    if (escape.group(1) != null) {
      return String.valueOf((char) Integer.parseInt(escape.group(1), 16));
    }
    return escape.group().equals("\\n") ? "\n" : "\\";
  }
}
