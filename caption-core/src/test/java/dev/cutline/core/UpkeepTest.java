package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens by itself while an instance is open, and what does not after that. */
class UpkeepTest {
  private static final Duration AT_ONCE = Duration.ofNanos(1);
  private static final Duration RETENTION = Duration.ofDays(90);

  private final World world = new World();

  /** Of other tests. */
  private final Set<Thread> before = allUpkeepThreads().collect(Collectors.toSet());

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void reconcilesAgainAndAgain() throws InterruptedException {
    CountDownLatch fifth = new CountDownLatch(5);
    upkeep(operation -> countDown(fifth, operation, "records.unsettled"));

    assertThat(fifth.await(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void deletesAllThatIsTooOldInSmallPortions() throws InterruptedException {
    for (int i = 0; i < 45; i++) {
      world.process().upload(Upload.builder("owner " + i, World.PIXEL).build());
    }
    world.pass(RETENTION);
    CountDownLatch deletions = new CountDownLatch(45);
    AtomicInteger portions = new AtomicInteger();

    // One round of waiting, then as many portions as there are.
    upkeep(
        operation -> {
          if (operation.equals("records.createdBefore")) {
            portions.incrementAndGet();
          }
          countDown(deletions, operation, "records.delete");
        });

    assertThat(deletions.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(portions.get()).isGreaterThan(4);
  }

  @Test
  void goesOnAfterAFailure() throws InterruptedException {
    AtomicBoolean down = new AtomicBoolean(true);
    CountDownLatch healthy = new CountDownLatch(2);
    upkeep(
        operation -> {
          if (down.getAndSet(false)) {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "down");
          }
          countDown(healthy, operation, "records.tombstones");
        });

    assertThat(healthy.await(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void closingWaitsForWhatIsAtWorkAndNothingComesAfterIt() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Cutline cutline =
        upkeep(
            operation -> {
              begun.countDown();
              await(goOn);
            });
    assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
    Thread closer = new Thread(cutline::close);
    closer.start();
    // It waits for the thread, which waits for us.
    while (closer.getState() != Thread.State.WAITING && closer.isAlive()) {
      Thread.onSpinWait();
    }

    assertThat(closer.isAlive()).isTrue();
    goOn.countDown();
    closer.join();
    assertThat(upkeepThreads()).isEmpty();
    cutline.close();
  }

  @Test
  void closingDoesNotWaitForTheNextTime() {
    Cutline cutline =
        world.open(
            world
                .builder()
                .captioner("fake", new FakeCaptioner())
                .reconcileEvery(Duration.ofDays(7)));
    assertThat(upkeepThreads()).hasSize(1).allMatch(Thread::isDaemon);

    cutline.close();

    assertThat(upkeepThreads()).isEmpty();
  }

  @Test
  void nothingHappensByItselfUnlessAskedFor() {
    world.process();

    assertThat(upkeepThreads()).isEmpty();
  }

  private Cutline upkeep(Hook hook) {
    return world.open(
        world
            .builder(hook)
            .captioner("fake", new FakeCaptioner())
            .retention(RETENTION)
            .reconcileEvery(AT_ONCE));
  }

  private static void countDown(CountDownLatch latch, String operation, String counted) {
    if (operation.equals(counted)) {
      latch.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  private List<Thread> upkeepThreads() {
    return allUpkeepThreads().filter(thread -> !before.contains(thread)).toList();
  }

  private static Stream<Thread> allUpkeepThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("cutline-upkeep"));
  }
}
