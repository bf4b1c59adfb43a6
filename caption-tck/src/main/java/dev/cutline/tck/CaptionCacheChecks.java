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
