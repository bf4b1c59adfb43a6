package dev.cutline.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.ObjectPage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Pages of keys: order, cursors, sizes. */
abstract class ObjectPageChecks extends ImageStoreChecks {
  ObjectPageChecks(ImageStoreContract contract) {
    super(contract);
  }

  @Test
  public void refusesLimitsOutOfRange() {
    for (int limit : new int[] {Integer.MIN_VALUE, -1, 0, 1001, Integer.MAX_VALUE}) {
      assertRefused("limit " + limit, () -> store().list("", null, limit));
    }
  }

  @Test
  public void listsInTheOrderOfKeysPageByPage() {
    List<String> all = new ArrayList<>();
    for (String key :
        List.of(
            "a/b/1",
            "a/b/10",
            "a/b/2",
            "a/b-c/1",
            "a/b.c/1",
            "a/b0/1",
            "a/b_/1",
            "a/b~/1",
            "a-b/1",
            "a.b/1",
            "a0/1",
            "a_/1",
            "a/b/c/1",
            "a/b/c-d/1",
            "a/bc",
            "ab",
            "b",
            "z/z")) {
      all.add(key);
    }
    Collections.shuffle(all, new Random(1));
    all.forEach(key -> store().put(key, image(key.length(), 1)));

    Collections.sort(all);
    for (int limit : new int[] {1, 2, 3, 5, all.size() - 1, all.size(), all.size() + 1, 1000}) {
      assertThat(keys("", limit)).as("pages of %d", limit).containsExactlyElementsOf(all);
      for (String prefix : List.of("a/", "a/b/", "a/b/c/", "z/", "y/")) {
        assertThat(keys(prefix, limit))
            .as("%s in pages of %d", prefix, limit)
            .containsExactlyElementsOf(all.stream().filter(k -> k.startsWith(prefix)).toList());
      }
    }
  }

  @Test
  public void listTellsSizes() {
    store().put("a/1", image(1, 1));
    store().put("a/2", image(123_456, 1));

    assertThat(store().list("a/", null, 10).items())
        .containsExactly(new ObjectPage.Item("a/1", 1), new ObjectPage.Item("a/2", 123_456));
  }

  @Test
  public void theLastPageHasNoCursor() {
    assertThat(store().list("", null, 10).items()).isEmpty();
    assertThat(store().list("", null, 10).nextCursor()).isEmpty();
    for (int i = 0; i < 4; i++) {
      store().put("a/" + i, image(1, 1));
    }
    assertThat(store().list("", null, 4).nextCursor()).isEmpty();
    assertThat(store().list("", null, 5).nextCursor()).isEmpty();
    assertThat(store().list("", null, 3).nextCursor()).isPresent();
  }

  @Test
  public void aCursorOutlivesTheObjectItCameFrom() {
    for (int i = 0; i < 6; i++) {
      store().put("a/" + i, image(1, 1));
    }
    ObjectPage first = store().list("a/", null, 3);
    store().delete("a/2");
    store().delete("a/4");
    store().put("a/1x", image(1, 1));

    assertThat(store().list("a/", first.nextCursor().orElseThrow(), 3).items())
        .extracting(ObjectPage.Item::key)
        .containsExactly("a/3", "a/5");
  }
}
