package dev.cutline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.core.CutlineListener;
import dev.cutline.core.Step;
import dev.cutline.testsupport.corpus.Corpus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process killed with SIGKILL at each named step of upload and delete leaves nothing that cannot
 * be settled.
 */
class KilledAtEachStepIT {
  /** Beyond any lease, and beyond the time that a tombstone stands. */
  private static final Duration LATER = TestHouse.LEASE.multipliedBy(10);

  @TempDir Path home;
  @TempDir Path pictures;
  @TempDir Path logs;

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
    try (WorkerProcess worker = halted("upload", step)) {
      boolean wasStored = step.compareTo(Step.STORED) >= 0;
      reconcileWhileTheLeaseHolds();
      try (TestHouse house = TestHouse.openLater(home, LATER)) {
        house.cutline().reconcile();
        settleTombstones();
        StoreAudit.check(house, CrashWorker.OWNER, worker.mustBeThere(), Set.of());
        assertThat(house.images().list("", null, 10).items()).hasSize(wasStored ? 3 : 0);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"DELETING", "OBJECTS_DELETED", "DELETED"})
  void aDeletionKilledThereIsFinished(Step step) throws Exception {
    try (WorkerProcess worker = halted("delete", step)) {
      reconcileWhileTheLeaseHolds();
      try (TestHouse house = TestHouse.openLater(home, LATER)) {
        house.cutline().reconcile();
        settleTombstones();
        StoreAudit.check(house, CrashWorker.OWNER, worker.mustBeThere(), worker.mustBeGone());
        assertThat(house.images().list("", null, 10).items()).isEmpty();
      }
    }
  }

  private WorkerProcess halted(String work, Step step) throws Exception {
    Files.write(pictures.resolve("cat.jpg"), Corpus.picture("photos/cat.jpg").bytes());
    WorkerProcess worker =
        WorkerProcess.start(home, pictures, logs.resolve("errors"), work, step.name());
    worker.awaitHalt();
    worker.kill();
    return worker;
  }

  /**
   * The dead process may be a living one for all that anybody knows: until its lease has run out,
   * hands off.
   */
  private void reconcileWhileTheLeaseHolds() {
    try (TestHouse house = TestHouse.open(home, new CutlineListener() {})) {
      int objects = house.images().list("", null, 10).items().size();
      house.cutline().reconcile();
      assertThat(house.images().list("", null, 10).items()).hasSize(objects);
    }
  }

  private void settleTombstones() {
    try (TestHouse house = TestHouse.openLater(home, LATER.multipliedBy(10))) {
      house.cutline().reconcile();
    }
  }
}
