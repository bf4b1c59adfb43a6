package dev.cutline.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.Attempt;
import dev.cutline.CaptionCache;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionStyle;
import dev.cutline.Outcome;
import dev.cutline.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The cache of answers. */
abstract class CaptionCacheChecks extends StoreChecks {
  private static final Instant LONG_AGO = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant FAR_AHEAD = Instant.parse("2200-01-01T00:00:00Z");
  private static final String KEY = "0123456789abcdef".repeat(8);

  CaptionCacheChecks(RecordStoreContract contract) {
    super(contract);
  }

  @Test
  public void findsWhatWasPut() throws Exception {
    CaptionReply reply =
        CaptionReply.builder("model \"1\"\0")
            .text(CaptionStyle.CONCISE, "a cat \uD83D\uDC31")
            .text(CaptionStyle.ALT, "")
            .decorative(true)
            .promptVersion("3")
            .usage(new Usage(Long.MAX_VALUE, 1))
            .provider("openai")
            .rung("primary")
            .elapsed(Duration.ofSeconds(2))
            .costUsd(BigDecimal.ONE)
            .trail(List.of(Attempt.builder("primary", "openai", Outcome.OK).build()))
            .build();

    cache().put("alice", KEY, reply);

    CaptionReply found = again().captionCache().find("alice", KEY).orElseThrow();
    assertThat(found.texts())
        .isEqualTo(Map.of(CaptionStyle.CONCISE, "a cat \uD83D\uDC31", CaptionStyle.ALT, ""));
    assertThat(found.isDecorative()).isTrue();
    assertThat(found.model()).isEqualTo("model \"1\"\0");
    assertThat(found.promptVersion()).contains("3");
    assertThat(found.usage()).isEqualTo(new Usage(Long.MAX_VALUE, 1));
    assertThat(found.provider()).contains("openai");
    assertThat(found.rung()).contains("primary");
    assertThat(found.elapsed()).isZero();
    assertThat(found.costUsd()).isZero();
    assertThat(found.trail()).isEmpty();
  }

  @Test
  public void keepsWhatIsNotSetUnset() {
    cache().put("alice", KEY, CaptionReply.builder("m").build());

    CaptionReply found = cache().find("alice", KEY).orElseThrow();
    assertThat(found.texts()).isEmpty();
    assertThat(found.isDecorative()).isFalse();
    assertThat(found.promptVersion()).isEmpty();
    assertThat(found.provider()).isEmpty();
    assertThat(found.rung()).isEmpty();
    assertThat(found.usage()).isEqualTo(Usage.NONE);
  }

  @Test
  public void anotherAnswerReplacesTheFirst() {
    cache().put("alice", KEY, reply("first"));
    cache().put("alice", KEY, reply("second"));

    assertThat(text("alice", KEY)).isEqualTo("second");
  }

  @Test
  public void ownersAndKeysAreApart() {
    for (String owner : Samples.OWNERS) {
      cache().put(owner, KEY, reply(owner));
      cache().put(owner, KEY.substring(1), reply("other key"));
    }
    for (String owner : Samples.OWNERS) {
      assertThat(text(owner, KEY)).isEqualTo(owner);
      assertThat(text(owner, KEY.substring(1))).isEqualTo("other key");
    }
    assertThat(cache().find("nobody", KEY)).isEmpty();
    assertThat(cache().find("alice", KEY.substring(2))).isEmpty();
  }

  @Test
  public void forgetsWhatIsOldOfAllOwners() throws Exception {
    for (String owner : Samples.OWNERS) {
      cache().put(owner, KEY, reply(owner));
    }
    assertThat(cache().deleteBefore(LONG_AGO, 1000)).isZero();
    assertThat(text("alice", KEY)).isEqualTo("alice");

    assertThat(again().captionCache().deleteBefore(FAR_AHEAD, 1000))
        .isEqualTo(Samples.OWNERS.size());
    for (String owner : Samples.OWNERS) {
      assertThat(cache().find(owner, KEY)).isEmpty();
    }
    assertThat(cache().deleteBefore(FAR_AHEAD, 1000)).isZero();
    cache().put("alice", KEY, reply("anew"));
    assertThat(text("alice", KEY)).isEqualTo("anew");
  }

  @Test
  public void forgetsNoMoreThanItIsAskedTo() {
    for (int i = 0; i < 10; i++) {
      cache().put("alice", "key " + i, reply("x"));
    }

    assertThat(cache().deleteBefore(FAR_AHEAD, 7)).isEqualTo(7);
    assertThat(cache().deleteBefore(FAR_AHEAD, 7)).isEqualTo(3);
    for (int limit : new int[] {-1, 0, 1001}) {
      assertThatThrownBy(() -> cache().deleteBefore(FAR_AHEAD, limit))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  public void answersNothingThatIsTooOld() throws Exception {
    cache().put("alice", KEY, reply("old"));
    Instant put = now();
    pass(Duration.ofDays(1));
    cache().put("alice", "other", reply("young"));

    for (CaptionCache cache : List.of(cache(), again().captionCache())) {
      assertThat(cache.find("alice", KEY, Instant.MIN)).isPresent();
      assertThat(cache.find("alice", KEY, put)).isPresent();
      assertThat(cache.find("alice", KEY, put.plusNanos(1))).as("rounded up").isEmpty();
      assertThat(cache.find("alice", KEY, put.plusMillis(1))).isEmpty();
      assertThat(cache.find("alice", KEY, Instant.MAX)).isEmpty();
      assertThat(cache.find("alice", "other", put.plusMillis(1))).isPresent();
    }
    assertThat(text("alice", KEY)).as("who takes any age").isEqualTo("old");
  }

  @Test
  public void anAnswerThatIsPutAgainIsYoung() {
    cache().put("alice", KEY, reply("first"));
    cache().put("alice", "other", reply("other"));
    Instant put = now();
    pass(Duration.ofDays(1));
    cache().put("alice", KEY, reply("second"));

    assertThat(cache().find("alice", KEY, put.plusMillis(1))).isPresent();
    assertThat(cache().trim("alice", 1, 1000)).isEqualTo(1);
    assertThat(text("alice", KEY)).isEqualTo("second");
    assertThat(cache().find("alice", "other")).isEmpty();
    assertThat(cache().deleteBefore(put.plusMillis(1), 1000)).isZero();
  }

  @Test
  public void forgetsTheOldestOfAnOwnerBeyondABound() throws Exception {
    for (int i = 0; i < 10; i++) {
      for (String owner : Samples.OWNERS) {
        cache().put(owner, "key " + i, reply(owner));
      }
      pass(Duration.ofMillis(1));
    }

    assertThat(cache().trim("alice", 10, 1000)).isZero();
    assertThat(cache().trim("alice", 4, 2)).as("no more than it is asked to").isEqualTo(2);
    assertThat(again().captionCache().trim("alice", 4, 1000)).isEqualTo(4);
    assertThat(cache().trim("alice", 4, 1000)).isZero();

    for (String owner : Samples.OWNERS) {
      for (int i = 0; i < 10; i++) {
        boolean gone = owner.equals("alice") && i < 6;
        assertThat(cache().find(owner, "key " + i).isEmpty()).as(owner + " " + i).isEqualTo(gone);
      }
    }
    assertThat(cache().trim("nobody", 0, 1)).isZero();
  }

  /** Whatever has changed how many there are: the next bound is met exactly. */
  @Test
  public void knowsHowManyAnswersAnOwnerHas() throws Exception {
    for (int i = 0; i < 10; i++) {
      cache().put("alice", "key " + i, reply("first"));
      cache().put("alice", "key " + i, reply("second"));
      cache().put("bob", "key " + i, reply("bob's"));
      pass(Duration.ofMillis(1));
    }
    assertThat(cache().deleteBefore(Samples.NOON.plusMillis(3), 1000)).isEqualTo(6);
    assertThat(cache().trim("alice", 7, 1000)).isZero();
    assertThat(cache().trim("alice", 6, 1000)).isEqualTo(1);

    cache().deleteOwner("alice");
    cache().put("alice", KEY, reply("alone"));
    assertThat(again().captionCache().trim("alice", 1, 1000)).isZero();
    assertThat(cache().trim("alice", 0, 1000)).isEqualTo(1);
    assertThat(cache().trim("alice", 0, 1000)).isZero();
    assertThat(cache().trim("bob", 7, 1000)).isZero();
  }

  @Test
  public void boundsThatAreNoneAreRefused() {
    for (int limit : new int[] {-1, 0, 1001}) {
      assertThatThrownBy(() -> cache().trim("alice", 1, limit))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> cache().trim("alice", -1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  public void threadsThatPutAndTrimKeepTheBound() throws Exception {
    CaptionCache[] caches = {cache(), again().captionCache()};
    Contenders.run(
        8,
        i ->
            () -> {
              for (int n = 0; n < 20; n++) {
                caches[i % 2].put("alice", "key " + i + " " + n % 15, reply("by " + i));
                caches[i % 2].trim("alice", 20, 10);
              }
              return null;
            });

    assertThat(cache().trim("alice", 20, 1000)).isZero();
    int left = 0;
    for (int i = 0; i < 8; i++) {
      for (int n = 0; n < 15; n++) {
        left += cache().find("alice", "key " + i + " " + n).isPresent() ? 1 : 0;
      }
    }
    assertThat(left).isEqualTo(20);
  }

  @Test
  public void forgetsOneOwnerOnly() {
    for (String owner : Samples.OWNERS) {
      cache().put(owner, KEY, reply(owner));
      cache().put(owner, KEY.substring(1), reply(owner));
    }
    cache().deleteOwner("nobody");
    cache().deleteOwner("%");
    cache().deleteOwner("alice");

    for (String owner : Samples.OWNERS) {
      boolean gone = owner.equals("alice") || owner.equals("%");
      assertThat(cache().find(owner, KEY).isEmpty()).as(owner).isEqualTo(gone);
      assertThat(cache().find(owner, KEY.substring(1)).isEmpty()).as(owner).isEqualTo(gone);
    }
    cache().put("alice", KEY, reply("again"));
    assertThat(text("alice", KEY)).isEqualTo("again");
  }

  @Test
  public void manyThreadsPutAndFind() throws Exception {
    CaptionCache[] caches = {cache(), again().captionCache()};
    Contenders.run(
        8,
        i ->
            () -> {
              for (int n = 0; n < 20; n++) {
                caches[i % 2].put("alice", "shared" + n, reply("by " + i));
                caches[i % 2].put("alice", "own" + i, reply("text " + n));
                assertThat(caches[i % 2].find("alice", "own" + i).orElseThrow().texts())
                    .containsEntry(CaptionStyle.ALT, "text " + n);
              }
              return null;
            });

    for (int n = 0; n < 20; n++) {
      assertThat(text("alice", "shared" + n)).startsWith("by ");
    }
  }

  private CaptionCache cache() {
    return store().captionCache();
  }

  private String text(String owner, String key) {
    return cache().find(owner, key).orElseThrow().text(CaptionStyle.ALT).orElseThrow();
  }

  private static CaptionReply reply(String text) {
    return CaptionReply.builder("model").text(CaptionStyle.ALT, text).build();
  }
}
