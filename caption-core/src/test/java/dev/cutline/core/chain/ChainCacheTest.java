package dev.cutline.core.chain;

import static dev.cutline.core.chain.ChainBed.outcomes;
import static dev.cutline.core.chain.ScriptedCaptioner.answers;
import static dev.cutline.core.chain.ScriptedCaptioner.fails;
import static dev.cutline.core.chain.ScriptedCaptioner.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.CaptionCache;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionStyle;
import dev.cutline.Reason;
import dev.cutline.StoreException;
import dev.cutline.Usage;
import dev.cutline.core.money.Prices;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChainCacheTest {
  private static final ChainOptions ALICE = ChainOptions.builder().owner("alice").build();

  private final ChainBed bed = new ChainBed();
  private final MapCache cache = new MapCache();
  private final ScriptedCaptioner first = model(answers("A cat"), answers("A dog"));

  @AfterEach
  void endThreads() throws InterruptedException {
    bed.time.wakeEverybody();
  }

  @Test
  void sameQuestionOfTheSameOwnerIsNotPaidTwice() {
    Prices prices = Prices.builder().image(BigDecimal.ONE).build();
    CaptionChain chain = cached().rung(first, rung -> rung.prices(prices)).chain();

    CaptionReply paid = ask(chain, ALICE);
    CaptionReply free = ask(chain, ALICE);

    assertThat(first.calls()).isOne();
    assertThat(paid.isCached()).isFalse();
    assertThat(paid.costUsd()).isEqualByComparingTo("1");
    assertThat(free.isCached()).isTrue();
    assertThat(free.costUsd()).isZero();
    assertThat(free.usage()).isEqualTo(Usage.NONE);
    assertThat(free.texts()).isEqualTo(paid.texts());
    assertThat(free.model()).isEqualTo("model-1");
    assertThat(free.rung()).contains("a");
    assertThat(free.provider()).contains("typea");
    assertThat(outcomes(free.trail())).containsExactly("a OK");
    assertThat(free.trail().get(0).sentSha256()).isEmpty();
    assertThat(free.trail().get(0).message()).contains("an earlier answer, used again");
  }

  @Test
  void otherOwnersPayForThemselves() {
    CaptionChain chain = cached().rung(first).chain();

    ask(chain, ALICE);
    CaptionReply bobs = ask(chain, ChainOptions.builder().owner("bob").build());

    assertThat(bobs.isCached()).isFalse();
    assertThat(first.calls()).isEqualTo(2);
  }

  @Test
  void nobodysQuestionsAreNotKept() {
    CaptionChain chain = cached().rung(first).chain();

    ask(chain, ChainOptions.ofDefaults());

    assertThat(cache.kept).isEmpty();
  }

  @Test
  void whoWantsANewAnswerGetsItAndItReplacesTheOld() {
    CaptionChain chain = cached().rung(first).chain();
    ask(chain, ALICE);

    CaptionReply fresh = ask(chain, ChainOptions.builder().owner("alice").useCache(false).build());
    CaptionReply after = ask(chain, ALICE);

    assertThat(fresh.text(CaptionStyle.CONCISE)).contains("A dog");
    assertThat(after.text(CaptionStyle.CONCISE)).contains("A dog");
    assertThat(after.isCached()).isTrue();
  }

  @Test
  void onlyAnswersThatMeetTheContractAreKept() {
    CaptionChain chain = cached().rung(model(answers("{}"))).chain();

    assertThat(bed.failure(chain).reason()).isEqualTo(Reason.MALFORMED_REPLY);

    assertThat(cache.kept).isEmpty();
  }

  @Test
  void keptAnswerThatNoLongerMeetsTheContractIsAskedForAgain() {
    CaptionChain chain = cached().rung(first).chain();
    ask(chain, ALICE);
    cache.kept.replaceAll(
        (key, reply) -> reply.toBuilder().text(CaptionStyle.CONCISE, "{}").build());

    CaptionReply reply = ask(chain, ALICE);

    assertThat(reply.isCached()).isFalse();
    assertThat(reply.text(CaptionStyle.CONCISE)).contains("A dog");
  }

  @Test
  void rungsWithTheSameFingerprintAnswerForEachOther() {
    ScriptedCaptioner second = model(answers("A dog"));
    CaptionChain chain = cached().rung(model(fails(Reason.UNAVAILABLE))).rung(second).chain();
    ask(chain, ALICE);

    CaptionReply reply = ask(chain, ALICE);

    assertThat(reply.isCached()).isTrue();
    assertThat(reply.rung()).contains("a");
    assertThat(second.calls()).isOne();
  }

  @Test
  void earlierAnswerIsGoodWhileTheServerAsksToBeLeftAlone() {
    ScriptedCaptioner limited =
        model(answers("A cat"), fails(Reason.RATE_LIMITED, Duration.ofMinutes(5)));
    CaptionChain chain = cached().rung(limited).chain();
    ask(chain, ALICE);
    bed.failure(chain);

    assertThat(ask(chain, ALICE).isCached()).isTrue();
  }

  @Test
  void answerToASmallerRenditionIsFoundAgain() {
    ScriptedCaptioner picky =
        model(fails(Reason.IMAGE_LIMIT), answers("A cat"), fails(Reason.IMAGE_LIMIT));
    CaptionChain chain = cached().rung(picky).chain();
    ask(chain, ALICE);

    CaptionReply again = ask(chain, ALICE);

    assertThat(outcomes(again.trail())).containsExactly("a IMAGE_LIMIT", "a OK");
    assertThat(again.isCached()).isTrue();
    assertThat(picky.calls()).isEqualTo(3);
  }

  @Test
  void brokenCacheCostsMoneyAndNotTheCaption() {
    cache.broken = true;
    CaptionChain chain = cached().rung(first).chain();

    assertThat(ask(chain, ALICE).text(CaptionStyle.CONCISE)).contains("A cat");
    assertThat(ask(chain, ALICE).text(CaptionStyle.CONCISE)).contains("A dog");
  }

  @Test
  void cacheWithADefectCostsNoMoreThanABrokenOne() {
    cache.defect = true;
    CaptionChain chain = cached().rung(first).chain();

    assertThat(ask(chain, ALICE).text(CaptionStyle.CONCISE)).contains("A cat");
    assertThat(ask(chain, ALICE).text(CaptionStyle.CONCISE)).contains("A dog");
  }

  @Test
  void cacheThatLacksAClassCostsNoMoreThanABrokenOne() {
    cache.linkage = true;
    CaptionChain chain = cached().rung(first).chain();

    assertThat(ask(chain, ALICE).text(CaptionStyle.CONCISE)).contains("A cat");
    assertThat(ask(chain, ALICE).text(CaptionStyle.CONCISE)).contains("A dog");
  }

  @Test
  void asksNobodyOnceTheCacheHasTakenAllTheTime() {
    cache.slow = () -> bed.time.pass(Duration.ofMinutes(1));
    CaptionChain chain = cached().rung(first).chain();

    assertThatThrownBy(() -> ask(chain, ALICE))
        .hasMessageContaining("no time was left")
        .isInstanceOfSatisfying(
            CaptionException.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
              assertThat(outcomes(failure.trail())).containsExactly("a SKIPPED");
            });
    assertThat(first.calls()).isZero();
  }

  private ChainBed cached() {
    bed.builder().cache(cache);
    return bed;
  }

  private CaptionReply ask(CaptionChain chain, ChainOptions options) {
    return chain.caption(bed.request().build(), options);
  }

  private static final class MapCache implements CaptionCache {
    private final Map<String, CaptionReply> kept = new HashMap<>();
    private boolean broken;
    private boolean defect;
    private boolean linkage;
    private Runnable slow = () -> {};

    @Override
    public Optional<CaptionReply> find(String owner, String key, Instant since) {
      slow.run();
      breakDown();
      return Optional.ofNullable(kept.get(owner + "/" + key));
    }

    @Override
    public void put(String owner, String key, CaptionReply reply) {
      breakDown();
      kept.put(owner + "/" + key, reply);
    }

    @Override
    public void deleteOwner(String owner) {
      kept.keySet().removeIf(key -> key.startsWith(owner + "/"));
    }

    @Override
    public int deleteBefore(Instant before, int limit) {
      throw new UnsupportedOperationException("the chain deletes nothing");
    }

    @Override
    public int trim(String owner, int keep, int limit) {
      throw new UnsupportedOperationException("the chain deletes nothing");
    }

    private void breakDown() {
      if (linkage) {
        throw new NoClassDefFoundError("com/vendor/Driver");
      }
      if (defect) {
        throw new IllegalStateException("a defect");
      }
      if (broken) {
        throw new StoreException(StoreException.Kind.UNAVAILABLE, "gone");
      }
    }
  }
}
