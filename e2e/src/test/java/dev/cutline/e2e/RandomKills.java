package dev.cutline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.core.ReconcileReport;
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
 * Processes, each killed with SIGKILL at a random moment of its uploading and deleting, one after
 * the other on the same stores, while another process works there all the time and reconciles.
 */
abstract class RandomKills {
  @TempDir Path pictures;
  @TempDir Path logs;

  private int settled;

  abstract Premises premises();

  /**
   * Returns how many processes are killed at least; up to three times as many where the machine is
   * so busy that hardly one gets to work before it is killed.
   */
  abstract int kills();

  /** Returns how many threads each of them works with; so many moments are hit by one kill. */
  abstract int threads();

  /** Returns up to when they are killed, in milliseconds from when they were ready. */
  abstract int latestKill();

  @Test
  void nothingAcknowledgedIsLostAndNothingStoredIsUnknown() throws Exception {
    long seed = Long.getLong("cutline.test.seed", System.nanoTime());
    System.err.println(getClass().getSimpleName() + ": -Dcutline.test.seed=" + seed);
    Random random = new Random(seed);
    for (String picture :
        List.of(
            "photos/cat.jpg", "photos/marsh-birds.webp", "png/bilevel.png", "gif/interlaced.gif")) {
      Files.write(pictures.resolve(picture.replace('/', '-')), Corpus.picture(picture).bytes());
    }
    Premises premises = premises();
    Set<String> mustBeThere = new HashSet<>();
    Set<String> mustBeGone = new HashSet<>();
    try (WorkerProcess neighbour = start(premises, random, 1)) {
      neighbour.awaitReady();
      for (int kill = 0; kill < kills() || (kill < 3 * kills() && !enough(mustBeThere)); kill++) {
        try (WorkerProcess worker = start(premises, random, threads())) {
          worker.awaitReady();
          Thread.sleep(random.nextInt(latestKill()));
          worker.kill();
          mustBeThere.addAll(worker.mustBeThere());
          mustBeGone.addAll(worker.mustBeGone());
        }
        if (kill % 10 == 9) {
          reconcile(premises, Duration.ZERO);
        }
      }
      assertThat(neighbour.isAlive())
          .as("the neighbour is still at work; its errors are in " + logs)
          .isTrue();
      neighbour.kill();
      mustBeThere.addAll(neighbour.mustBeThere());
      mustBeGone.addAll(neighbour.mustBeGone());
    }
    assertThat(enough(mustBeThere)).as("%s: the workers had time to work", mustBeThere).isTrue();

    Duration later = TestHouse.LEASE.multipliedBy(10);
    reconcile(premises, later);
    reconcile(premises, later.multipliedBy(10));
    assertThat(settled).as("what kills left half done").isPositive();
    try (TestHouse house = TestHouse.openLater(premises, later)) {
      StoreAudit.check(premises, house, CrashWorker.OWNER, mustBeThere, mustBeGone);
    }
  }

  private boolean enough(Set<String> mustBeThere) {
    return mustBeThere.size() > kills() / 2;
  }

  private WorkerProcess start(Premises premises, Random random, int threads) throws Exception {
    return WorkerProcess.start(
        CrashWorker.class,
        premises.settings(),
        logs.resolve("errors"),
        pictures.toString(),
        "work",
        Integer.toString(random.nextInt(Integer.MAX_VALUE)),
        Integer.toString(threads));
  }

  private void reconcile(Premises premises, Duration later) {
    try (TestHouse house = TestHouse.openLater(premises, later)) {
      ReconcileReport report = house.cutline().reconcile();
      settled += report.undone() + report.finished();
    }
  }
}
