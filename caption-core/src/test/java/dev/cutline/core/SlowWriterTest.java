package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.ImageRecord;
import dev.cutline.StorageState;
import dev.cutline.StoreException;
import dev.cutline.VersionConflictException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writers that take longer than their lease, and stores that fail in the midst. */
class SlowWriterTest {
  private static final Upload UPLOAD = Upload.builder("alice", World.PIXEL).build();

  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aWriterThatIsTakenForDeadInTheMidstOfAnObjectTakesItBack(int object) {
    Cutline slow =
        world.process(
            beforePut(
                object,
                () -> {
                  world.leasesRunOut();
                  ReconcileReport report = world.process().reconcile();
                  assertThat(report.undone()).isEqualTo(1);
                  assertThat(world.keys()).isEmpty();
                }));

    assertThatThrownBy(() -> slow.upload(UPLOAD))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("taken for abandoned")
        .hasMessageContaining("upload it again")
        .hasCauseInstanceOf(VersionConflictException.class);

    assertThat(world.keys()).isEmpty();
    assertThat(world.stored("alice")).isEmpty();
    assertThat(slow.upload(UPLOAD).storageState()).isEqualTo(StorageState.STORED);
  }

  @Test
  void whatAWriterLeftThatHungInAPutAndDiedGoesWithItsTombstone() {
    class Dead extends Error {
      private static final long serialVersionUID = 1L;
    }
    Cutline slow =
        world.process(
            new Hook() {
              @Override
              public void before(String operation) {
                if (operation.equals("images.put")) {
                  world.leasesRunOut();
                  world.process().reconcile();
                }
              }

              @Override
              public void after(String operation) {
                if (operation.equals("images.put")) {
                  throw new Dead();
                }
              }
            });
    assertThatThrownBy(() -> slow.upload(UPLOAD)).isInstanceOf(Dead.class);
    assertThat(world.keys()).hasSize(1);
    assertThat(world.records.tombstones(world.now(), 10)).isEmpty();

    world.tombstonesRunOut();
    ReconcileReport report = world.process().reconcile();

    assertThat(report.buried()).isEqualTo(1);
    assertThat(report.objectsDeleted()).isEqualTo(1);
    world.assertSettled("alice");
  }

  @Test
  void aWriterThatNobodyMissedGoesOn() {
    AtomicInteger reconciled = new AtomicInteger();
    Cutline slow =
        world.process(
            beforePut(
                2,
                () -> {
                  world.leasesRunOut();
                  reconciled.incrementAndGet();
                }));

    assertThat(slow.upload(UPLOAD).storageState()).isEqualTo(StorageState.STORED);

    assertThat(reconciled).hasValue(1);
    world.assertSettled("alice");
  }

  @Test
  void aWriterRenewsItsLeaseSoThatASlowUploadIsNotTakenForDead() {
    List<ReconcileReport> reports = new ArrayList<>();
    Cutline slow =
        world.process(
            operation -> {
              if (operation.equals("images.put")) {
                world.pass(World.LEASE.multipliedBy(3).dividedBy(4));
                reports.add(world.process().reconcile());
              }
            });

    ImageRecord record = slow.upload(UPLOAD);

    assertThat(record.storageState()).isEqualTo(StorageState.STORED);
    assertThat(reports).hasSize(3).allMatch(ReconcileReport::isEmpty);
    world.assertSettled("alice");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void anUploadThatFailsInTheImageStoreIsTakenBackAtOnce(int object) {
    StoreException full = new StoreException(StoreException.Kind.FULL, "full");
    Cutline cutline =
        world.process(
            beforePut(
                object,
                () -> {
                  throw full;
                }));

    assertThatThrownBy(() -> cutline.upload(UPLOAD)).isSameAs(full).hasNoSuppressedExceptions();

    world.assertSettled("alice");
    assertThat(world.stored("alice")).isEmpty();
  }

  @Test
  void anUploadIsTakenBackEvenWhenItsThreadIsInterrupted() {
    StoreException failure = new StoreException(StoreException.Kind.UNAVAILABLE, "interrupted");
    List<Boolean> interrupts = new ArrayList<>();
    Cutline cutline =
        world.process(
            operation -> {
              if (operation.equals("images.put")) {
                Thread.currentThread().interrupt();
                throw failure;
              }
              interrupts.add(Thread.currentThread().isInterrupted());
            });

    assertThatThrownBy(() -> cutline.upload(UPLOAD)).isSameAs(failure);

    assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    assertThat(interrupts).doesNotContain(true);
    world.assertSettled("alice");
  }

  @Test
  void whatCannotBeTakenBackIsLeftToReconcile() {
    StoreException gone = new StoreException(StoreException.Kind.UNAVAILABLE, "gone");
    AtomicInteger puts = new AtomicInteger();
    Cutline cutline =
        world.process(
            operation -> {
              if (operation.equals("images.put") && puts.incrementAndGet() < 2) {
                return;
              }
              if (puts.get() >= 2) {
                throw gone;
              }
            });

    assertThatThrownBy(() -> cutline.upload(UPLOAD)).isSameAs(gone);
    assertThat(world.keys()).hasSize(1);
    assertThat(world.process().reconcile().isEmpty()).as("the lease still holds").isTrue();

    world.leasesRunOut();
    assertThat(world.process().reconcile().undone()).isEqualTo(1);
    world.assertSettled("alice");
  }

  @Test
  void anAcknowledgementWhoseAnswerWasLostIsOneAllTheSame() {
    StoreException lost = new StoreException(StoreException.Kind.UNAVAILABLE, "connection reset");
    AtomicInteger lose = new AtomicInteger(1);
    Cutline cutline =
        world.process(
            new Hook() {
              @Override
              public void before(String operation) {}

              @Override
              public void after(String operation) {
                if (operation.equals("records.update STORED") && lose.getAndDecrement() == 1) {
                  throw lost;
                }
              }
            });

    ImageRecord record = cutline.upload(UPLOAD);

    assertThat(record.storageState()).isEqualTo(StorageState.STORED);
    world.assertSettled("alice");
    assertThat(world.stored("alice")).hasSize(1);
  }

  @Test
  void aLeaseShorterThanASecondIsRefused() {
    assertThatThrownBy(
            () ->
                world
                    .builder()
                    .captioner("fake", new FakeCaptioner())
                    .lease(Duration.ofMillis(999))
                    .build())
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Hook beforePut(int object, Runnable action) {
    AtomicInteger puts = new AtomicInteger();
    Consumer<String> counter =
        operation -> {
          if (operation.equals("images.put") && puts.incrementAndGet() == object) {
            action.run();
          }
        };
    return counter::accept;
  }
}
