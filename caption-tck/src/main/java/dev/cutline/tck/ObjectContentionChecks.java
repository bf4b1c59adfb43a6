package dev.cutline.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.ImageStore;
import dev.cutline.StoredObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Several threads, and several instances where the store has them. */
abstract class ObjectContentionChecks extends ImageStoreChecks {
  ObjectContentionChecks(ImageStoreContract contract) {
    super(contract);
  }

  @Test
  public void readersNeverSeeAPartWhileWritersReplace() throws Exception {
    ImageStore another = again();
    AtomicBoolean writing = new AtomicBoolean(true);
    AtomicInteger reads = new AtomicInteger();
    store().put("a/b", striped(0));
    List<List<String>> torn =
        Contenders.run(
            4,
            i ->
                () -> {
                  List<String> found = new ArrayList<>();
                  if (i < 2) {
                    // The writers go on until there was something to see.
                    for (int n = 1; n <= 40 || reads.get() < 40; n++) {
                      (i == 0 ? store() : another).put("a/b", striped(2 * n + i));
                    }
                    writing.set(false);
                  } else {
                    while (writing.get()) {
                      checkStripes((i == 2 ? store() : another).get("a/b"), found);
                      reads.incrementAndGet();
                    }
                  }
                  return found;
                });

    assertThat(torn.stream().flatMap(List::stream)).isEmpty();
    assertThat(reads).hasPositiveValue();
    assertThat(keys("", 10)).containsExactly("a/b");
  }

  @Test
  public void manyWritersLoseNothing() throws Exception {
    ImageStore another = again();
    Contenders.run(
        6,
        i ->
            () -> {
              ImageStore mine = i % 2 == 0 ? store() : another;
              for (int n = 0; n < 10; n++) {
                String folder = "images/o" + n % 3 + "/" + i + "-" + n + "/";
                mine.put(folder + "original.jpg", image(100 + i, n));
                mine.put(folder + "thumbnail.jpg", image(10, n));
                if (n % 2 == 0) {
                  assertThat(mine.deleteByPrefix(folder)).isEqualTo(2);
                }
              }
              return i;
            });

    assertThat(keys("", 7)).hasSize(6 * 5 * 2);
  }

  @Test
  public void putsAndDeletesOfOneFolderDoNotDisturbEachOther() throws Exception {
    ImageStore another = again();
    Contenders.run(
        3,
        i ->
            () -> {
              for (int n = 0; n < 60; n++) {
                if (i == 2) {
                  another.deleteByPrefix("a/b/");
                } else {
                  store().put("a/b/c/" + i, image(20, n));
                }
              }
              return i;
            });

    store().put("a/b/c/0", image(20, 99));
    assertThat(bytes("a/b/c/0").orElseThrow()).isEqualTo(image(20, 99).toByteArray());
    store().deleteByPrefix("a/b/");
    assertThat(keys("", 10)).isEmpty();
  }

  /**
   * Returns bytes that are all the same, so that a mixture of two of them shows; of a size that
   * tells which.
   */
  private static ImageData striped(int n) {
    byte[] bytes = new byte[50_000 + n % 100];
    Arrays.fill(bytes, (byte) n);
    return ImageData.wrap(bytes, ImageFormat.JPEG, 1, 1);
  }

  private static void checkStripes(Optional<StoredObject> found, List<String> torn) {
    if (found.isEmpty()) {
      torn.add("nothing there");
      return;
    }
    try (StoredObject object = found.get()) {
      byte[] bytes = object.readAll();
      byte[] whole = new byte[bytes.length];
      Arrays.fill(whole, bytes.length == 0 ? 0 : bytes[0]);
      if (bytes.length < 50_000 || bytes.length != object.size() || !Arrays.equals(bytes, whole)) {
        torn.add(bytes.length + " bytes of " + object.size());
      }
    }
  }
}
