package dev.cutline.core.grounding;

import dev.cutline.Label;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The captions of the corpus photos and the labels of these, as the tables say. */
final class Judged {
  private Judged() {}

  /** Returns those whose first half was there before the rules. */
  static List<Caption> captions() {
    return captions("captions.tsv");
  }

  /** Returns those that were written after the rules, by somebody else. */
  static List<Caption> ofAnotherHand() {
    return captions("captions-of-another-hand.tsv");
  }

  private static List<Caption> captions(String file) {
    return rows(file).stream()
        .map(row -> new Caption(row[0], row[1].equals("right"), row[2], row[3]))
        .toList();
  }

  static Map<String, List<Label>> labels() {
    Map<String, List<Label>> labels = new LinkedHashMap<>();
    for (String[] row : rows("labels.tsv")) {
      List<String> parents = row.length > 3 ? List.of(row[3].split(",", -1)) : List.of();
      Label label =
          Label.builder(row[1], Integer.parseInt(row[2]) / 100.0).parents(parents).build();
      labels.computeIfAbsent(row[0], photo -> new ArrayList<>()).add(label);
    }
    return labels;
  }

  private static List<String[]> rows(String name) {
    try (InputStream file = Judged.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A caption of a photo.
   *
   * @param kind of a right one literal or creative, of a wrong one what is wrong
   */
  record Caption(String photo, boolean isRight, String kind, String text) {
    boolean isCreative() {
      return kind.equals("creative");
    }
  }
}
