package dev.cutline.core.grounding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ThingsTest {
  @Test
  void everyNameStandsOnceAndEveryKindIsAThing() throws IOException {
    List<String> names = new ArrayList<>();
    Set<String> things = new HashSet<>();
    Set<String> kinds = new HashSet<>();
    try (InputStream file = Things.class.getResourceAsStream("things.tsv")) {
      for (String line :
          new String(file.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(each -> !each.startsWith("#"))
              .toList()) {
        String[] fields = line.split("\t", -1);
        things.add(fields[0]);
        names.add(fields[0]);
        addAll(fields[1], kinds);
        List<String> others = new ArrayList<>();
        addAll(fields[2], others);
        names.addAll(others);
      }
    }

    assertThat(names).doesNotHaveDuplicates();
    assertThat(things).containsAll(kinds);
    assertThat(names).allSatisfy(name -> assertThat(name).matches("\\[?[a-z]+( [a-z]+)*]?"));
    assertThat(names)
        .allSatisfy(
            name -> assertThat(name.split(" ", -1)).hasSizeLessThanOrEqualTo(Things.LONGEST_NAME));
  }

  @Test
  void pluralsByRuleAreFound() {
    Things things = Things.load();
    for (String plural :
        List.of("dogs", "ponies", "foxes", "loaves", "knives", "buses", "benches", "tomatoes")) {
      assertThat(things.find(plural)).as(plural).isPresent();
    }
    assertThat(things.find("glass")).isEmpty();
    assertThat(things.find("s")).isEmpty();
    assertThat(things.find("")).isEmpty();
  }

  private static void addAll(String field, Collection<String> to) {
    if (!field.isEmpty()) {
      to.addAll(List.of(field.split(", ", -1)));
    }
  }
}
