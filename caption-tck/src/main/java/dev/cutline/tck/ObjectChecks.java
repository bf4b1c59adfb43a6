package dev.cutline.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.ImageStore;
import dev.cutline.ObjectPage;
import dev.cutline.StoredObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Objects one at a time: put, get, delete, presign; and random work against a map. */
abstract class ObjectChecks extends ImageStoreChecks {
  ObjectChecks(ImageStoreContract contract) {
    super(contract);
  }

  @Test
  public void returnsWhatWasPut() {
    int size = 1;
    for (ImageFormat format : ImageFormat.values()) {
      String key = "images/alice/1/original." + format.extension();
      ImageData image = image(format, size, 7);
      size += 70_000;

      store().put(key, image);

      try (StoredObject object = store().get(key).orElseThrow()) {
        assertThat(object.size()).isEqualTo(image.size());
        assertThat(object.mediaType()).isEqualTo(format.mediaType());
        assertThat(object.readAll()).isEqualTo(image.toByteArray());
      }
    }
  }

  @Test
  public void findsNothingWhereNothingIs() {
    store().put("a/b/c", image(10, 1));

    for (String key : List.of("a", "a/b", "a/b/d", "a/b/c.jpg", "a/b/c/d", "b/c", "x")) {
      assertThat(bytes(key)).as(key).isEmpty();
      assertThat(store().delete(key)).as(key).isFalse();
    }
    assertThat(bytes("a/b/c")).isPresent();
  }

  @Test
  public void putReplacesWhatIsThere() {
    store().put("a/b", image(100_000, 1));
    store().put("a/b", image(10, 2));

    assertThat(bytes("a/b").orElseThrow()).isEqualTo(image(10, 2).toByteArray());
    assertThat(store().list("", null, 10).items()).containsExactly(new ObjectPage.Item("a/b", 10));
  }

  @Test
  public void whoHasOpenedAnObjectReadsItToItsEndWhateverHappens() throws IOException {
    ImageData old = image(300_000, 1);
    store().put("a/b", old);
    store().put("a/c", old);
    try (StoredObject replaced = store().get("a/b").orElseThrow();
        StoredObject deleted = store().get("a/c").orElseThrow()) {
      byte[] start = replaced.stream().readNBytes(1000);
      store().put("a/b", image(200_000, 2));
      store().delete("a/c");

      assertThat(start).isEqualTo(Arrays.copyOf(old.toByteArray(), 1000));
      assertThat(replaced.size()).isEqualTo(300_000);
      assertThat(replaced.readAll())
          .isEqualTo(Arrays.copyOfRange(old.toByteArray(), 1000, 300_000));
      assertThat(deleted.readAll()).isEqualTo(old.toByteArray());
    }
  }

  @Test
  public void deleteTellsWhetherThereWasOne() {
    store().put("a/b", image(10, 1));
    store().put("a/c", image(10, 2));

    assertThat(store().delete("a/b")).isTrue();
    assertThat(store().delete("a/b")).isFalse();

    assertThat(bytes("a/b")).isEmpty();
    assertThat(keys("", 10)).containsExactly("a/c");
  }

  @Test
  public void deletesExactlyWhatStartsWithThePrefix() {
    List<String> all =
        List.of("a/b/1", "a/b/2", "a/b/c/3", "a/b-c/4", "a/b.c/5", "a/bc/6", "ab/7", "b/8");
    all.forEach(key -> store().put(key, image(10, 1)));

    assertThat(store().deleteByPrefix("a/b/")).isEqualTo(3);
    assertThat(keys("", 100)).containsExactly("a/b-c/4", "a/b.c/5", "a/bc/6", "ab/7", "b/8");
    assertThat(store().deleteByPrefix("a/b/")).isZero();
    assertThat(store().deleteByPrefix("x/y/z/")).isZero();
    assertThat(store().deleteByPrefix("a/")).isEqualTo(3);
    assertThat(keys("", 100)).containsExactly("ab/7", "b/8");
  }

  @Test
  public void whatWasDeletedCanBePutAgain() {
    for (int i = 0; i < 3; i++) {
      store().put("a/b/c", image(10, i));
      assertThat(bytes("a/b/c").orElseThrow()).isEqualTo(image(10, i).toByteArray());
      assertThat(store().deleteByPrefix("a/b/")).isEqualTo(1);
      assertThat(bytes("a/b/c")).isEmpty();
    }
  }

  @Test
  public void anotherInstanceSeesTheSame() throws Exception {
    store().put("a/b", image(50_000, 3));
    store().put("a/c", image(10, 3));
    store().delete("a/c");

    ImageStore another = again();

    try (StoredObject object = another.get("a/b").orElseThrow()) {
      assertThat(object.readAll()).isEqualTo(image(50_000, 3).toByteArray());
    }
    assertThat(another.get("a/c")).isEmpty();
  }

  @Test
  public void presignsForMoreThanZeroAndAtMostSevenDays() {
    store().put("a/b", image(10, 1));
    for (Duration validity :
        List.of(Duration.ofSeconds(-1), Duration.ZERO, Duration.ofDays(7).plusSeconds(1))) {
      assertRefused(validity.toString(), () -> store().presign("a/b", validity));
    }
    for (Duration validity :
        List.of(Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofDays(7))) {
      store()
          .presign("a/b", validity)
          .ifPresent(
              address -> {
                assertThat(address.isAbsolute()).as("%s", address).isTrue();
                assertThat(address.getPath()).contains("a/b");
              });
    }
  }

  @Test
  public void doesWhatAMapDoes() {
    Seeds.run(
        random -> {
          TreeMap<String, byte[]> model = new TreeMap<>();
          store().deleteByPrefix("m/");
          for (int i = 0; i < 150; i++) {
            String key = "m/" + (char) ('a' + random.nextInt(3)) + "/" + random.nextInt(4);
            switch (random.nextInt(5)) {
              case 0 -> assertThat(store().delete(key)).isEqualTo(model.remove(key) != null);
              case 1 -> {
                String prefix = key.substring(0, 4);
                Map<String, byte[]> gone = model.subMap(prefix, prefix + Character.MAX_VALUE);
                assertThat(store().deleteByPrefix(prefix)).isEqualTo(gone.size());
                gone.clear();
              }
              default -> {
                ImageData image = image(1 + random.nextInt(5000), random.nextInt(100));
                store().put(key, image);
                model.put(key, image.toByteArray());
              }
            }
            assertThat(bytes(key).orElse(null)).isEqualTo(model.get(key));
          }
          assertThat(keys("m/", 1 + random.nextInt(10))).containsExactlyElementsOf(model.keySet());
        });
  }

  @Test
  public void closingTwiceDoesNothing() {
    store().put("a/b", image(10, 1));
    store().close();
    store().close();
  }
}
