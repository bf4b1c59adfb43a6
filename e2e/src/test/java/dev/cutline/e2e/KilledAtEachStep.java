package dev.cutline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.core.Step;
import dev.cutline.testsupport.corpus.Corpus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process killed with SIGKILL at each named step of upload and delete leaves nothing that cannot
 * be settled.
 */
abstract class KilledAtEachStep {
  /** Beyond any lease, and beyond the time that a tombstone stands. */
  private static final Duration LATER = TestHouse.LEASE.multipliedBy(10);

  @TempDir Path pictures;
  @TempDir Path logs;

  /** Returns empty stores; a process is killed on each of them, one as well as the other. */
  abstract List<Premises> premises();

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {
        "INSPECTED",
        "CLEANED",
        "RENDERED",
        "RECORDED",
        "ORIGINAL_STORED",
        "THUMBNAIL_STORED",
        "SQUARE_STORED",
        "STORED",
        "CAPTIONING",
        "CAPTIONED"
      })
  void anUploadKilledThereIsThereWholeOrNotAtAll(Step step) throws Exception {
    boolean wasStored = step.compareTo(Step.STORED) >= 0;
    for (Halted halted : halted("upload", step)) {
      reconcileAndSettleTombstones(halted.premises);
      try (TestHouse house = TestHouse.openLater(halted.premises, LATER)) {
        StoreAudit.check(
            halted.premises, house, CrashWorker.OWNER, halted.worker.mustBeThere(), Set.of());
        assertThat(StoreAudit.keys(house)).hasSize(wasStored ? 3 : 0);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"DELETING", "OBJECTS_DELETED", "DELETED"})
  void aDeletionKilledThereIsFinished(Step step) throws Exception {
    for (Halted halted : halted("delete", step)) {
      reconcileAndSettleTombstones(halted.premises);
      try (TestHouse house = TestHouse.openLater(halted.premises, LATER)) {
        StoreAudit.check(
            halted.premises,
            house,
            CrashWorker.OWNER,
            halted.worker.mustBeThere(),
            halted.worker.mustBeGone());
        assertThat(StoreAudit.keys(house)).isEmpty();
      }
    }
  }

  /** Stores, and who was killed at work on them. */
  private record Halted(Premises premises, WorkerProcess worker) {}

  private List<Halted> halted(String work, Step step) throws Exception {
    Files.write(pictures.resolve("cat.jpg"), Corpus.picture("photos/cat.jpg").bytes());
    List<Halted> all = new ArrayList<>();
    try {
      // They start side by side, which is most of what this takes.
      for (Premises each : premises()) {
        WorkerProcess worker =
            WorkerProcess.start(
                CrashWorker.class,
                each.settings(),
                logs.resolve("errors"),
                pictures.toString(),
                work,
                step.name());
        all.add(new Halted(each, worker));
      }
      for (Halted each : all) {
        each.worker.awaitHalt();
        each.worker.kill();
        reconcileWhileTheLeaseHolds(each.premises);
      }
    } finally {
      all.forEach(each -> each.worker.close());
    }
    return all;
  }

  /**
   * The dead process may be a living one for all that anybody knows: until its lease has run out,
   * hands off.
   */
  private static void reconcileWhileTheLeaseHolds(Premises premises) {
    try (TestHouse house = TestHouse.open(premises)) {
      int objects = StoreAudit.keys(house).size();
      house.cutline().reconcile();
      assertThat(StoreAudit.keys(house)).hasSize(objects);
    }
  }

  private static void reconcileAndSettleTombstones(Premises premises) {
    for (Duration later : List.of(LATER, LATER.multipliedBy(10))) {
      try (TestHouse house = TestHouse.openLater(premises, later)) {
        house.cutline().reconcile();
      }
    }
  }
}
