package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.CaptionCache;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionStyle;
import dev.cutline.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long answers are remembered, and how many. */
class CacheBoundsTest {
  private static final Duration AGE = Duration.ofDays(30);

  private final World world = new World();
  private final FakeCaptioner captioner = new FakeCaptioner();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void anAnswerIsUsedUntilItReachesItsAge() {
    Cutline cutline = world.open(builder().cacheMaxAge(AGE));
    upload(cutline, "alice", "a");
    world.pass(AGE.minusMillis(1));
    upload(cutline, "alice", "a");
    assertThat(captioner.requests).hasSize(1);

    world.pass(Duration.ofMillis(1));
    upload(cutline, "alice", "a");

    assertThat(captioner.requests).as("nobody has cleaned up, and still it is none").hasSize(2);
    world.pass(AGE.minusMillis(1));
    upload(cutline, "alice", "a");
    assertThat(captioner.requests).as("the new one has an age of its own").hasSize(2);
  }

  @Test
  void byDefaultAnAnswerIsUsedForAYear() {
    Cutline cutline = world.open(builder());
    upload(cutline, "alice", "a");
    world.pass(Duration.ofDays(365).minusMillis(1));
    upload(cutline, "alice", "a");
    assertThat(captioner.requests).hasSize(1);
    world.pass(Duration.ofMillis(1));
    upload(cutline, "alice", "a");
    assertThat(captioner.requests).hasSize(2);
  }

  @Test
  void withoutAnAgeAnyAnswerWillDo() {
    Cutline cutline = world.open(builder().cacheMaxAge(null));
    upload(cutline, "alice", "a");
    world.pass(Duration.ofDays(365_000));
    assertThat(cutline.reconcile().isEmpty()).isTrue();
    upload(cutline, "alice", "a");
    assertThat(captioner.requests).hasSize(1);
  }

  @Test
  void anAnswerDoesNotOutliveTheRetention() {
    Cutline cutline = world.open(builder().cacheMaxAge(AGE).retention(AGE.dividedBy(2)));
    upload(cutline, "alice", "a");
    world.pass(AGE.dividedBy(2));
    upload(cutline, "alice", "a");
    assertThat(captioner.requests).hasSize(2);
  }

  @Test
  void reconcileForgetsWhatHasReachedItsAge() {
    Cutline cutline = world.open(builder().cacheMaxAge(AGE));
    upload(cutline, "alice", "a");
    world.pass(Duration.ofMillis(1));
    upload(cutline, "bob", "a");
    world.pass(AGE.minusMillis(1));

    assertThat(cutline.reconcile().forgotten()).isEqualTo(1);

    assertThat(world.records.captionCache().trim("alice", 0, 1000)).isZero();
    assertThat(world.records.captionCache().trim("bob", 0, 1000)).isEqualTo(1);
  }

  @Test
  void anOwnerHasNoMoreAnswersThanTheBoundAndKeepsTheNewest() {
    Cutline cutline = world.open(builder().cacheMaxEntries(3));
    for (int i = 0; i < 5; i++) {
      upload(cutline, "alice", "context " + i);
      world.pass(Duration.ofMillis(1));
    }
    upload(cutline, "bob", "his own");
    assertThat(captioner.requests).hasSize(6);

    for (int i = 2; i < 5; i++) {
      upload(cutline, "alice", "context " + i);
    }
    upload(cutline, "bob", "his own");
    assertThat(captioner.requests).as("the newest three are there").hasSize(6);
    upload(cutline, "alice", "context 1");
    assertThat(captioner.requests).as("the oldest are not").hasSize(7);
    assertThat(world.records.captionCache().trim("alice", 0, 1000)).isEqualTo(3);
  }

  @Test
  void aLoweredBoundIsReachedInSmallSteps() {
    Cutline before = world.open(builder().cacheMaxEntries(null));
    for (int i = 0; i < 30; i++) {
      upload(before, "alice", "context " + i);
      world.pass(Duration.ofMillis(1));
    }
    Cutline after = world.open(builder().cacheMaxEntries(2));

    upload(after, "alice", "one more");
    CaptionCache cache = world.records.captionCache();
    assertThat(cache.trim("alice", 21, 1)).as("ten went").isZero();
    assertThat(cache.trim("alice", 20, 1)).as("and no more").isEqualTo(1);
    for (int i = 0; i < 3; i++) {
      upload(after, "alice", "more " + i);
    }

    assertThat(cache.trim("alice", 2, 1)).isZero();
  }

  @Test
  void anAnswerStaysKeptWhenTheOldestCannotBeForgotten() {
    CaptionCache store = world.records.captionCache();
    CaptionCache bounded = new BoundedCache(new WithoutTrim(store), world::now, null, 1);

    bounded.put("alice", "key", reply());
    bounded.put("alice", "other", reply());

    assertThat(bounded.find("alice", "key")).isPresent();
    assertThat(bounded.find("alice", "other")).isPresent();
  }

  private static CaptionReply reply() {
    return CaptionReply.builder("model").text(CaptionStyle.ALT, "A cat").build();
  }

  private CutlineBuilder builder() {
    return world.builder().captioner("fake", captioner);
  }

  private static void upload(Cutline cutline, String owner, String context) {
    cutline.upload(Upload.builder(owner, World.PIXEL).context(context).build());
  }

  /** A cache that cannot forget by number just now. */
  private record WithoutTrim(CaptionCache cache) implements CaptionCache {
    @Override
    public Optional<CaptionReply> find(String owner, String key, Instant since) {
      return cache.find(owner, key, since);
    }

    @Override
    public void put(String owner, String key, CaptionReply reply) {
      cache.put(owner, key, reply);
    }

    @Override
    public void deleteOwner(String owner) {
      cache.deleteOwner(owner);
    }

    @Override
    public int deleteBefore(Instant before, int limit) {
      return cache.deleteBefore(before, limit);
    }

    @Override
    public int trim(String owner, int keep, int limit) {
      throw new StoreException(StoreException.Kind.UNAVAILABLE, "gone");
    }
  }
}
