package dev.cutline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.testsupport.corpus.Corpus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hundred processes, each killed with SIGKILL at a random moment of its uploading and deleting,
 * one after the other on one home, while another process works there all the time and reconciles.
 */
class RandomKillsIT {
  private static final int KILLS = 100;

  @TempDir Path home;
  @TempDir Path pictures;
  @TempDir Path logs;

  @Test
  void nothingAcknowledgedIsLostAndNothingStoredIsUnknown() throws Exception {
    long seed = Long.getLong("cutline.test.seed", System.nanoTime());
    System.err.println("RandomKillsIT: -Dcutline.test.seed=" + seed);
    Random random = new Random(seed);
    for (String picture :
        List.of(
            "photos/cat.jpg", "photos/marsh-birds.webp", "png/bilevel.png", "gif/interlaced.gif")) {
      Files.write(pictures.resolve(picture.replace('/', '-')), Corpus.picture(picture).bytes());
    }
    Set<String> mustBeThere = new HashSet<>();
    Set<String> mustBeGone = new HashSet<>();
    try (WorkerProcess neighbour = start("work", random)) {
      neighbour.awaitReady();
      for (int kill = 0; kill < KILLS; kill++) {
        try (WorkerProcess worker = start("work", random)) {
          worker.awaitReady();
          Thread.sleep(random.nextInt(250));
          worker.kill();
          mustBeThere.addAll(worker.mustBeThere());
          mustBeGone.addAll(worker.mustBeGone());
        }
        if (kill % 10 == 9) {
          reconcileNow();
        }
      }
      assertThat(neighbour.isAlive())
          .as("the neighbour is still at work; its errors are in " + logs)
          .isTrue();
      neighbour.kill();
      mustBeThere.addAll(neighbour.mustBeThere());
      mustBeGone.addAll(neighbour.mustBeGone());
    }
    assertThat(mustBeThere).as("the workers had time to work").hasSizeGreaterThan(KILLS / 2);

    Duration later = TestHouse.LEASE.multipliedBy(10);
    reconcile(later);
    reconcile(later.multipliedBy(10));
    try (TestHouse house = TestHouse.openLater(home, later)) {
      StoreAudit.check(house, CrashWorker.OWNER, mustBeThere, mustBeGone);
    }
  }

  private WorkerProcess start(String mode, Random random) throws Exception {
    return WorkerProcess.start(
        home,
        pictures,
        logs.resolve("errors"),
        mode,
        Long.toString(random.nextInt(Integer.MAX_VALUE)));
  }

  private void reconcileNow() {
    reconcile(Duration.ZERO);
  }

  private void reconcile(Duration later) {
    try (TestHouse house = TestHouse.openLater(home, later)) {
      house.cutline().reconcile();
    }
  }
}
