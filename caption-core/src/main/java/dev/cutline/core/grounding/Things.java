package dev.cutline.core.grounding;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The things that English captions name, by their names. Read from {@code things.tsv}, which says
 * which they are. Immutable.
 */
final class Things {
  /** The most words that a name has. */
  static final int LONGEST_NAME = 4;

  private static final String FILE = "things.tsv";
  private static final int FIELDS = 3;
  private static final String LIKENESS = "[";

  private final Map<String, Thing> byName = new HashMap<>();

  private Things(List<String> lines) {
    Map<String, Set<String>> kinds = new HashMap<>();
    List<String[]> rows = lines.stream().map(Things::fields).toList();
    rows.forEach(row -> kinds.put(row[0], names(row[1])));
    for (String[] row : rows) {
      boolean likeness = row[0].startsWith(LIKENESS);
      String name = likeness ? row[0].substring(1, row[0].length() - 1) : row[0];
      Set<String> above = new HashSet<>();
      addAbove(row[0], kinds, above);
      Thing thing = new Thing(name, likeness, Set.copyOf(above));
      byName.put(name, thing);
      names(row[2]).forEach(other -> byName.put(other, thing));
    }
  }

  static Things load() {
    try (InputStream file = Things.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(FILE + " is missing from the jar of caption-core");
      }
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
      return new Things(reader.lines().filter(line -> !line.startsWith("#")).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the thing of a name in lower case, singular or plural. */
  Optional<Thing> find(String name) {
    for (String singular : Plurals.singulars(name)) {
      Thing thing = byName.get(singular);
      if (thing != null) {
        return Optional.of(thing);
      }
    }
    return Optional.empty();
  }

  private static String[] fields(String line) {
    String[] fields = line.split("\t", -1);
    if (fields.length != FIELDS) {
      throw new IllegalStateException(FILE + ": not thing, kinds, names: " + line);
    }
    return fields;
  }

  private static Set<String> names(String field) {
    return field.isEmpty() ? Set.of() : Set.of(field.split(", ", -1));
  }

  private static void addAbove(String name, Map<String, Set<String>> kinds, Set<String> above) {
    for (String kind : kinds.getOrDefault(name, Set.of())) {
      if (above.add(kind)) {
        addAbove(kind, kinds, above);
      }
    }
  }

  /**
   * A thing.
   *
   * @param name the first of its names
   * @param isLikeness whether it stands for other things that are not there
   * @param above the names of all that it is a kind of
   */
  record Thing(String name, boolean isLikeness, Set<String> above) {
    /** Tells whether this is a kind of another thing, or that thing. */
    boolean isA(Thing other) {
      return name.equals(other.name) || above.contains(other.name);
    }
  }
}
