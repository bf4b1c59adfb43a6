package dev.cutline.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.ImageStore;
import dev.cutline.ObjectPage;
import dev.cutline.StoredObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ImageStore} has to do. Extend it beside the store and implement {@link
 * #open()}.
 *
 * <pre>{@code
 * class MyImageStoreTest extends ImageStoreContract {
 *   @Override
 *   protected ImageStore open() {
 *     return new MyImageStore(freshFolder());
 *   }
 * }
 * }</pre>
 *
 * <p>Random tests name their seed when they fail; the system property {@code cutline.tck.seed}
 * repeats it. That what is stored survives a crash of the machine cannot be tested from here: show
 * it beside the store.
 */
public abstract class ImageStoreContract {
  private static final List<String> BAD_KEYS =
      List.of(
          "",
          "/",
          "/a",
          "a/",
          "a//b",
          ".",
          "..",
          "...",
          "a/./b",
          "a/../b",
          "../a",
          "a/..",
          "a/.../b",
          "A",
          "a/B",
          "a b",
          "a\\b",
          "a:b",
          "a*b",
          "a?b",
          "a+b",
          "a%2fb",
          "a\0b",
          "a\nb",
          "a\n",
          "\u00e4",
          "\u0131",
          "\uFF0E\uFF0E/a",
          "\uD83D\uDE80",
          "a".repeat(513));

  private final Deque<ImageStore> opened = new ArrayDeque<>();
  private @Nullable ImageStore store;

  /**
   * Returns a new, empty store that shares nothing with those before it. The contract closes it.
   */
  protected abstract ImageStore open() throws Exception;

  /**
   * Returns another instance on the objects of {@code store}, as another process would have it, or
   * {@code store} itself where objects live in the instance. The contract closes it.
   */
  protected ImageStore again(ImageStore store) throws Exception {
    return store;
  }

  @BeforeEach
  public void openStore() throws Exception {
    store = open();
    opened.push(store);
  }

  @AfterEach
  public void closeStores() {
    opened.forEach(ImageStore::close);
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
  public void takesEveryKeyThatCaptionCoreBuilds() {
    List<String> keys =
        List.of(
            "images/alice/0190b1c2-7d3e-7abc-8def-0123456789ab/original.jpg",
            "images/~mfrggzdfmztwq2lknnwg23tpobyxe43uov3ho6dzpiydcmrtgq2q/1/thumbnail-200.jpg",
            "images/a-b_c/1/original.webp",
            "a",
            "0",
            "~",
            "-",
            "_",
            ".a",
            "a.",
            "..a",
            "a..",
            "con",
            "nul.jpg",
            "x/aux/com1.png",
            "a".repeat(200) + "/" + "b".repeat(200) + "/" + "c".repeat(110));
    for (String key : keys) {
      store().put(key, image(key.length(), 1));
    }
    for (String key : keys) {
      assertThat(bytes(key).orElseThrow()).as(key).hasSize(key.length());
    }
    assertThat(keys("", 5)).containsExactlyElementsOf(keys.stream().sorted().toList());
    for (String key : keys) {
      assertThat(store().delete(key)).as(key).isTrue();
    }
    assertThat(keys("", 5)).isEmpty();
  }

  @Test
  public void refusesWhatIsNoKey() {
    store().put("a/b", image(10, 1));
    for (String key : BAD_KEYS) {
      assertRefused(key, () -> store().put(key, image(1, 1)));
      assertRefused(key, () -> store().get(key));
      assertRefused(key, () -> store().delete(key));
      assertRefused(key, () -> store().presign(key, Duration.ofHours(1)));
    }
    assertThat(keys("", 10)).containsExactly("a/b");
  }

  @Test
  public void refusesWhatIsNoPrefix() {
    store().put("a/b", image(10, 1));
    for (String key : BAD_KEYS) {
      String prefix = key + "/";
      assertRefused(prefix, () -> store().deleteByPrefix(prefix));
      assertRefused(prefix, () -> store().list(prefix, null, 10));
    }
    for (String prefix : List.of("a", "a/b")) {
      assertRefused(prefix, () -> store().deleteByPrefix(prefix));
      assertRefused(prefix, () -> store().list(prefix, null, 10));
    }
    assertRefused("empty", () -> store().deleteByPrefix(""));
    assertThat(keys("", 10)).containsExactly("a/b");
  }

  @Test
  public void refusesLimitsOutOfRange() {
    for (int limit : new int[] {Integer.MIN_VALUE, -1, 0, 1001, Integer.MAX_VALUE}) {
      assertRefused("limit " + limit, () -> store().list("", null, limit));
    }
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
  public void readersNeverSeeAPartWhileWritersReplace() throws Exception {
    ImageStore another = another();
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

  @Test
  public void anotherInstanceSeesTheSame() throws Exception {
    store().put("a/b", image(50_000, 3));
    store().put("a/c", image(10, 3));
    store().delete("a/c");

    ImageStore another = another();

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
  public void manyWritersLoseNothing() throws Exception {
    ImageStore another = another();
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
    ImageStore another = another();
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

  private ImageStore store() {
    return Objects.requireNonNull(store);
  }

  private ImageStore another() throws Exception {
    ImageStore another = again(store());
    opened.push(another);
    return another;
  }

  private Optional<byte[]> bytes(String key) {
    return store()
        .get(key)
        .map(
            object -> {
              try (object) {
                return object.readAll();
              }
            });
  }

  /** Follows cursors to the end, and checks on the way that pages are as long as they may be. */
  private List<String> keys(String prefix, int limit) {
    List<String> keys = new ArrayList<>();
    String cursor = null;
    do {
      ObjectPage page = store().list(prefix, cursor, limit);
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      if (page.nextCursor().isPresent()) {
        assertThat(page.items()).as("a page that is not the last is full").hasSize(limit);
      }
      page.items().forEach(item -> keys.add(item.key()));
      cursor = page.nextCursor().orElse(null);
    } while (cursor != null);
    return keys;
  }

  private static ImageData image(int size, int seed) {
    return image(ImageFormat.JPEG, size, seed);
  }

  private static ImageData image(ImageFormat format, int size, int seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return ImageData.wrap(bytes, format, 1, 1);
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

  private static void assertRefused(
      String what, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call).as("<%s>", what).isInstanceOf(IllegalArgumentException.class);
  }
}
