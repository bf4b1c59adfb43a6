package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cutline.ImageRecord;
import dev.cutline.StorageState;
import dev.cutline.StoreException;
import dev.cutline.Tombstone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is older than the retention goes, and nothing else, whoever is killed or at work. */
class RetentionTest {
  private static final Duration RETENTION = Duration.ofDays(90);

  private World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void withoutARetentionNothingGetsTooOld() {
    List<String> operations = new ArrayList<>();
    Cutline cutline = world.process(operations::add);
    cutline.upload(upload("alice"));
    world.pass(Duration.ofDays(36_500));
    operations.clear();

    ReconcileReport report = cutline.reconcile();

    assertThat(report.expired()).isZero();
    assertThat(report.forgotten()).as("answers have an age of their own").isEqualTo(1);
    assertThat(world.stored("alice")).hasSize(1);
    assertThat(operations).doesNotContain("records.createdBefore");
  }

  @Test
  void deletesWhatIsAsOldAsTheRetentionOfAllOwnersAsAUserWould() {
    List<Step> steps = new ArrayList<>();
    Cutline cutline = keeping(RETENTION, Hook.NONE, noting(steps));
    List<String> old = new ArrayList<>();
    for (String owner : List.of("alice", "bob", "Carol O'Hara")) {
      old.add(cutline.upload(upload(owner)).id());
    }
    world.pass(Duration.ofMillis(1));
    ImageRecord younger = cutline.upload(upload("alice"));
    world.pass(RETENTION.minusMillis(2));
    assertThat(cutline.reconcile().isEmpty()).as("a millisecond too early").isTrue();
    steps.clear();

    world.pass(Duration.ofMillis(1));
    ReconcileReport report = cutline.reconcile();

    assertThat(report.expired()).isEqualTo(3);
    assertThat(report.objectsDeleted()).isEqualTo(9);
    assertThat(report.left()).isZero();
    assertThat(report.toString()).contains("3 pictures too old, 3 answers too old, 0 left");
    assertThat(steps.subList(0, 3))
        .containsExactly(Step.DELETING, Step.OBJECTS_DELETED, Step.DELETED);
    assertThat(world.stored("alice")).containsExactly(younger);
    world.assertSettled("alice", "bob", "Carol O'Hara");
    assertThat(world.records.tombstones(world.now().plus(Duration.ofDays(1)), 10))
        .extracting(Tombstone::id)
        .containsExactlyInAnyOrderElementsOf(old);
    assertThat(cutline.reconcile().isEmpty()).isTrue();
  }

  @Test
  void anEditMakesNoPictureYounger() {
    Cutline cutline = keeping(RETENTION, Hook.NONE);
    ImageRecord record = cutline.upload(upload("alice"));
    world.pass(RETENTION);
    cutline.edit("alice", record.id(), Edit.builder().title("still here").build());

    assertThat(cutline.reconcile().expired()).isEqualTo(1);
    assertThat(cutline.find("alice", record.id())).isEmpty();
  }

  @Test
  void rememberedAnswersGoAtTheSameAge() {
    FakeCaptioner captioner = new FakeCaptioner();
    Cutline cutline = world.open(world.builder().retention(RETENTION).captioner("a", captioner));
    cutline.upload(upload("alice"));
    world.pass(RETENTION.dividedBy(2));
    cutline.upload(upload("bob"));
    assertThat(captioner.requests).hasSize(2);
    world.pass(RETENTION.dividedBy(2));

    assertThat(cutline.reconcile().forgotten()).isEqualTo(1);

    cutline.upload(upload("bob"));
    assertThat(captioner.requests).as("remembered for bob").hasSize(2);
    cutline.upload(upload("alice"));
    assertThat(captioner.requests).as("asked anew for alice").hasSize(3);
  }

  @Test
  void deletesMoreThanAPage() {
    Cutline cutline = keeping(RETENTION, Hook.NONE);
    for (int i = 0; i < 250; i++) {
      cutline.upload(upload("owner " + i % 150));
      world.pass(Duration.ofMillis(i % 2));
    }
    world.pass(RETENTION);

    ReconcileReport report = cutline.reconcile();

    assertThat(report.expired()).isEqualTo(250);
    assertThat(report.forgotten()).isEqualTo(150);
    assertThat(world.keys()).isEmpty();
  }

  @Test
  void aWriterWithALeaseIsLeftAloneHoweverOldItsPicture() {
    Duration shorterThanALease = World.LEASE.dividedBy(2);
    AtomicInteger tried = new AtomicInteger();
    Cutline reconciling = keeping(shorterThanALease, Hook.NONE);
    Cutline slow =
        world.process(
            operation -> {
              if (operation.equals("images.put") && tried.getAndIncrement() == 1) {
                world.pass(shorterThanALease.plusSeconds(1));
                assertThat(reconciling.reconcile().isEmpty()).isTrue();
              }
            });

    ImageRecord record = slow.upload(upload("alice"));

    assertThat(tried).hasValue(3);
    assertThat(record.storageState()).isEqualTo(StorageState.STORED);
    assertThat(reconciling.reconcile().expired()).as("once it is stored").isEqualTo(1);
    world.assertSettled("alice");
  }

  @Test
  void aDeletionOfSomebodyAtWorkIsLeftToThem() {
    Cutline reconciling = keeping(RETENTION, Hook.NONE);
    ImageRecord record = reconciling.upload(upload("alice"));
    world.pass(RETENTION);
    Cutline user =
        world.process(
            operation -> {
              if (operation.equals("images.deleteByPrefix")) {
                ReconcileReport report = reconciling.reconcile();
                assertThat(report.expired() + report.finished()).isZero();
                assertThat(world.keys()).hasSize(3);
              }
            });

    user.delete("alice", record.id());

    world.assertSettled("alice");
  }

  @Test
  void whatIsChangedBetweenLookingAndMarkingWaitsForTheNextTime() {
    Cutline other = world.process();
    ImageRecord record = other.upload(upload("alice"));
    AtomicBoolean changed = new AtomicBoolean();
    Cutline cutline =
        keeping(
            RETENTION,
            operation -> {
              if (operation.equals("records.update DELETING") && !changed.getAndSet(true)) {
                other.edit("alice", record.id(), Edit.builder().title("mine").build());
              }
            });
    world.pass(RETENTION);

    assertThat(cutline.reconcile().expired()).isZero();
    assertThat(world.stored("alice").get(0).title()).contains("mine");
    assertThat(cutline.reconcile().expired()).isEqualTo(1);
    world.assertSettled("alice");
  }

  @Test
  void whatAStoreRefusesToDeleteIsReportedAndGoneTheNextTime() {
    AtomicBoolean down = new AtomicBoolean(true);
    Cutline cutline =
        keeping(
            RETENTION,
            operation -> {
              if (down.get() && operation.equals("images.deleteByPrefix")) {
                throw new StoreException(StoreException.Kind.UNAVAILABLE, "down");
              }
            });
    ImageRecord first = cutline.upload(upload("alice"));
    ImageRecord second = cutline.upload(upload("alice"));
    world.pass(RETENTION);

    ReconcileReport failed = cutline.reconcile();

    assertThat(failed.left()).as("one does not keep the other").isEqualTo(2);
    assertThat(failed.expired()).isZero();
    assertThat(cutline.find("alice", first.id())).as("not to be seen any more").isEmpty();
    assertThat(cutline.find("alice", second.id())).isEmpty();
    down.set(false);
    world.leasesRunOut();
    assertThat(cutline.reconcile().finished()).isEqualTo(2);
    world.assertSettled("alice");
  }

  @Test
  void aProcessKilledAroundAnyOperationIsFollowedByAnother() {
    int operations = around(Integer.MAX_VALUE, false);
    assertThat(operations).isGreaterThan(8);
    for (boolean after : new boolean[] {false, true}) {
      for (int at = 1; at <= operations; at++) {
        around(at, after);
      }
    }
  }

  /**
   * Kills a process that deletes two pictures around one of its operations, lets another finish,
   * and returns how many operations the first came to.
   */
  private int around(int at, boolean after) {
    world.close();
    world = new World();
    world.process().upload(upload("alice"));
    world.process().upload(upload("bob"));
    world.pass(RETENTION);
    ImageRecord kept = world.process().upload(upload("alice"));
    Mortal mortal = new Mortal(at, after);
    Cutline first = keeping(RETENTION, mortal);

    Throwable end = catchThrowable(first::reconcile);

    assertThat(end == null).isEqualTo(at == Integer.MAX_VALUE);
    world.leasesRunOut();
    keeping(RETENTION, Hook.NONE).reconcile();
    String where = (after ? "killed after " : "killed before ") + at;
    assertThat(world.stored("alice")).as(where).containsExactly(kept);
    assertThat(world.stored("bob")).as(where).isEmpty();
    world.assertSettled("alice", "bob");
    world.tombstonesRunOut();
    keeping(RETENTION, Hook.NONE).reconcile();
    assertThat(world.records.tombstones(world.now(), 10)).isEmpty();
    assertThat(world.records.captionCache().deleteBefore(kept.createdAt(), 10))
        .as("no answer is older")
        .isZero();
    return mortal.operations;
  }

  @Test
  void manyAtOnceDeleteEachOnceBesideANeighbourAtWork() {
    for (int i = 0; i < 120; i++) {
      world.process().upload(upload("alice"));
    }
    world.pass(RETENTION);
    CompletableFuture<Void> neighbour =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 30; i++) {
                world.process().upload(upload("bob"));
              }
            });
    List<CompletableFuture<ReconcileReport>> reconcilers =
        Stream.generate(() -> keeping(RETENTION, Hook.NONE))
            .limit(4)
            .map(process -> CompletableFuture.supplyAsync(process::reconcile))
            .toList();

    int expired = reconcilers.stream().mapToInt(report -> report.join().expired()).sum();
    neighbour.join();

    assertThat(expired).isEqualTo(120);
    assertThat(world.stored("alice")).isEmpty();
    assertThat(world.stored("bob")).hasSize(30);
    world.assertSettled("alice", "bob");
  }

  private Cutline keeping(Duration retention, Hook hook, CutlineListener... listeners) {
    CutlineBuilder builder =
        world.builder(hook).captioner("fake", new FakeCaptioner()).retention(retention);
    List.of(listeners).forEach(builder::listener);
    return world.open(builder);
  }

  private static CutlineListener noting(List<Step> steps) {
    return new CutlineListener() {
      @Override
      public void step(StepEvent event) {
        steps.add(event.step());
      }
    };
  }

  private static Upload upload(String owner) {
    return Upload.builder(owner, World.PIXEL).build();
  }

  /** Ends a process before or after one of its operations. */
  private static final class Mortal implements Hook {
    private final int at;
    private final boolean after;
    private int operations;

    Mortal(int at, boolean after) {
      this.at = at;
      this.after = after;
    }

    @Override
    public void before(String operation) {
      operations++;
      if (!after && operations == at) {
        throw new AssertionError("killed");
      }
    }

    @Override
    public void after(String operation) {
      if (after && operations == at) {
        throw new AssertionError("killed");
      }
    }
  }
}
