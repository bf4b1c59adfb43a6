package dev.cutline.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is a key or a prefix, and what is none. */
abstract class ObjectKeyChecks extends ImageStoreChecks {
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

  ObjectKeyChecks(ImageStoreContract contract) {
    super(contract);
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
}
