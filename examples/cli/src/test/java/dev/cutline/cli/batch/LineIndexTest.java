package dev.cutline.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineIndexTest {
  @Test
  void leadsToEveryLineOfANameTheLastOneFirst() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    LineIndex index = new LineIndex();
    Map<Long, List<Long>> expected = new HashMap<>();
    for (long place = 0; place < 20_000; place += 1 + random.nextInt(5)) {
      // Few names that many lines share, and many that start their search in the same slots.
      long name = random.nextBoolean() ? random.nextInt(50) : (long) random.nextInt(500) << 32;
      index.add(name, place);
      expected.computeIfAbsent(name, n -> new ArrayList<>()).add(place);
    }
    expected.forEach(
        (name, places) -> {
          Collections.reverse(places);
          assertThat(index.places(name))
              .as("seed " + seed)
              .containsExactly(places.stream().mapToLong(Long::longValue).toArray());
        });
    assertThat(index.places(-1)).isEmpty();
  }

  @Test
  void leadsNowhereBeforeALineIsAdded() {
    assertThat(new LineIndex().places(0)).isEmpty();
  }
}
