package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.CaptionStyle;
import dev.cutline.ImageRecord;
import dev.cutline.RecordQuery;
import dev.cutline.StoreException;
import dev.cutline.core.store.FileImageStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeletionTest {
  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void deletesObjectsAndRecordAndLeavesATombstone() {
    Cutline cutline = world.process();
    ImageRecord gone = cutline.upload(upload("alice"));
    ImageRecord kept = cutline.upload(upload("alice"));

    cutline.delete("alice", gone.id());

    assertThat(cutline.find("alice", gone.id())).isEmpty();
    assertThat(world.stored("alice")).containsExactly(kept);
    world.assertSettled("alice");
    world.tombstonesRunOut();
    assertThat(world.records.tombstones(world.now(), 10)).hasSize(1);
    assertThat(cutline.reconcile().buried()).isEqualTo(1);
  }

  @Test
  void whatIsNotThereIsNotFound() {
    Cutline cutline = world.process();
    String id = cutline.upload(upload("alice")).id();
    cutline.delete("alice", id);

    assertNotFound(() -> cutline.delete("alice", id));
    assertNotFound(() -> cutline.delete("alice", "no-such-id"));
    assertNotFound(() -> cutline.edit("alice", id, Edit.builder().title("x").build()));
    assertNotFound(() -> cutline.versions("alice", id));
    assertNotFound(() -> cutline.revert("alice", id, 1));
    assertNotFound(() -> cutline.recaption("alice", id, Recaption.ofDefaults()));
    assertThat(cutline.open("alice", id, Rendition.ORIGINAL)).isEmpty();
    assertThat(cutline.presign("alice", id, Rendition.ORIGINAL, Duration.ofHours(1))).isEmpty();
  }

  @Test
  void ownersAreApart() {
    Cutline cutline = world.process();
    for (String other : List.of("bob", "Alice", "alice ", "alice/..", "../alice", "ALICE", "al%")) {
      ImageRecord record = cutline.upload(upload("alice"));
      String id = record.id();

      assertThat(cutline.find(other, id)).isEmpty();
      assertThat(cutline.query(RecordQuery.builder(other).build()).items()).isEmpty();
      assertNotFound(() -> cutline.delete(other, id));
      assertNotFound(() -> cutline.edit(other, id, Edit.builder().title("x").build()));
      assertNotFound(() -> cutline.versions(other, id));
      assertNotFound(() -> cutline.revert(other, id, 1));
      assertNotFound(() -> cutline.recaption(other, id, Recaption.ofDefaults()));
      assertThat(cutline.deleteAll(other)).isZero();
      for (Rendition rendition : Rendition.values()) {
        assertThat(cutline.open(other, id, rendition)).isEmpty();
        assertThat(cutline.presign(other, id, rendition, Duration.ofHours(1))).isEmpty();
      }
      assertThat(cutline.find("alice", id)).contains(record);
      cutline.delete("alice", id);
    }
  }

  @Test
  void deleteAllDeletesEverythingOfOneOwnerWithWhatIsRemembered() {
    FakeCaptioner captioner = new FakeCaptioner();
    Cutline cutline = world.open(world.builder().captioner("fake", captioner));
    for (int i = 0; i < 120; i++) {
      cutline.upload(upload("alice"));
    }
    ImageRecord his = cutline.upload(upload("bob"));
    assertThat(captioner.requests).hasSize(2);

    assertThat(cutline.deleteAll("alice")).isEqualTo(120);

    assertThat(cutline.query(RecordQuery.builder("alice").build()).items()).isEmpty();
    assertThat(world.stored("bob")).containsExactly(his);
    world.assertSettled("bob");
    cutline.upload(upload("alice"));
    assertThat(captioner.requests).as("asked anew").hasSize(3);
    assertThat(cutline.deleteAll("carol")).isZero();
  }

  @Test
  void whatTheImageStoreRefusesToDeleteIsGoneForUsersAndFinishedLater() {
    AtomicBoolean down = new AtomicBoolean(true);
    Cutline cutline =
        world.process(
            operation -> {
              if (down.get() && operation.equals("images.deleteByPrefix")) {
                throw new StoreException(StoreException.Kind.UNAVAILABLE, "down");
              }
            });
    String id = cutline.upload(upload("alice")).id();

    assertThatThrownBy(() -> cutline.delete("alice", id)).isInstanceOf(StoreException.class);

    assertThat(cutline.find("alice", id)).isEmpty();
    assertThat(world.keys()).hasSize(3);
    world.leasesRunOut();
    ReconcileReport failed = cutline.reconcile();
    assertThat(failed.left()).isEqualTo(1);
    assertThat(failed.finished()).isZero();
    assertThat(failed.isEmpty()).isFalse();
    down.set(false);
    world.leasesRunOut();
    ReconcileReport report = cutline.reconcile();
    assertThat(report.finished()).isEqualTo(1);
    assertThat(report.objectsDeleted()).isEqualTo(3);
    assertThat(report.toString()).contains("1 deletions finished, 3 objects deleted");
    world.assertSettled("alice");
  }

  @Test
  void aTombstoneThatCannotBeBuriedStays() {
    AtomicBoolean down = new AtomicBoolean();
    Cutline cutline =
        world.process(
            operation -> {
              if (down.get() && operation.equals("images.deleteByPrefix")) {
                throw new StoreException(StoreException.Kind.UNAVAILABLE, "down");
              }
            });
    for (int i = 0; i < 101; i++) {
      cutline.delete("alice", cutline.upload(upload("alice")).id());
    }
    world.tombstonesRunOut();
    down.set(true);
    ReconcileReport failed = cutline.reconcile();
    assertThat(failed.left()).as("tries until the store is taken for down").isEqualTo(10);
    assertThat(failed.buried()).isZero();
    down.set(false);
    assertThat(cutline.reconcile().buried()).as("more than a page").isEqualTo(101);
  }

  @Test
  void tombstonesThatCannotBeBuriedHoldUpNoOther() {
    AtomicInteger failures = new AtomicInteger();
    Cutline cutline =
        world.process(
            operation -> {
              if (operation.equals("images.deleteByPrefix") && failures.getAndDecrement() > 0) {
                throw new StoreException(StoreException.Kind.UNAVAILABLE, "no such right");
              }
            });
    for (int i = 0; i < 103; i++) {
      cutline.delete("alice", cutline.upload(upload("alice")).id());
    }
    world.tombstonesRunOut();
    failures.set(3);

    ReconcileReport report = cutline.reconcile();

    assertThat(report.left()).isEqualTo(3);
    assertThat(report.buried()).as("more than a page besides").isEqualTo(100);
    assertThat(world.records.tombstones(world.now(), 10)).hasSize(3);
  }

  @Test
  void reconcileSettlesMoreThanAPage() {
    Cutline killed =
        world.process(
            operation -> {
              if (operation.equals("images.put")) {
                throw new AssertionError("killed");
              }
            });
    for (int i = 0; i < 150; i++) {
      assertThatThrownBy(() -> killed.upload(upload("alice"))).isInstanceOf(AssertionError.class);
    }
    world.leasesRunOut();

    assertThat(world.process().reconcile().undone()).isEqualTo(150);
    world.assertSettled("alice");
  }

  @Test
  void reconcileCostsAFewSmallQueriesWhenThereIsNothingToDo() {
    world.process().upload(upload("alice"));
    List<String> operations = new ArrayList<>();

    assertThat(world.process(operations::add).reconcile().isEmpty()).isTrue();

    assertThat(operations)
        .containsExactly("records.unsettled", "records.tombstones", "images.list");
  }

  @Test
  void manyReconcilersAtOnceDoEachThingOnce() {
    Cutline killed =
        world.process(
            new Hook() {
              @Override
              public void before(String operation) {}

              @Override
              public void after(String operation) {
                if (operation.equals("images.put")) {
                  throw new AssertionError("killed");
                }
              }
            });
    for (int i = 0; i < 60; i++) {
      assertThatThrownBy(() -> killed.upload(upload("alice"))).isInstanceOf(AssertionError.class);
    }
    world.leasesRunOut();
    AtomicInteger kept = new AtomicInteger();
    CompletableFuture<Void> uploading =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 30; i++) {
                world.process().upload(upload("bob"));
                kept.incrementAndGet();
              }
            });
    List<CompletableFuture<ReconcileReport>> reconcilers =
        Stream.generate(world::process)
            .limit(4)
            .map(process -> CompletableFuture.supplyAsync(process::reconcile))
            .toList();

    int undone = reconcilers.stream().mapToInt(report -> report.join().undone()).sum();
    uploading.join();

    assertThat(undone).isEqualTo(60);
    assertThat(world.stored("bob")).hasSize(kept.get());
    world.assertSettled("alice", "bob");
  }

  @Test
  void everythingIsSoWithFilesToo(@TempDir Path folder) throws IOException {
    try (World files = new World(FileImageStore.open(folder))) {
      Cutline cutline = files.process();
      ImageRecord kept = cutline.upload(upload("Alice O'Hara"));
      ImageRecord gone = cutline.upload(upload("Alice O'Hara"));
      cutline.edit(
          "Alice O'Hara",
          kept.id(),
          Edit.builder().caption(CaptionStyle.ALT, "en", "mine").build());
      cutline.delete("Alice O'Hara", gone.id());

      files.assertSettled("Alice O'Hara");
      try (Stream<Path> paths = Files.walk(folder)) {
        assertThat(paths.filter(Files::isRegularFile)).hasSize(3);
      }
    }
  }

  private static Upload upload(String owner) {
    return Upload.builder(owner, World.PIXEL).build();
  }

  private static void assertNotFound(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(NotFoundException.class);
  }
}
