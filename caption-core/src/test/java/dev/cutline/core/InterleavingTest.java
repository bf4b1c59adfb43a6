package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.ImageRecord;
import dev.cutline.StorageState;
import dev.cutline.StoreException;
import dev.cutline.Tombstone;
import dev.cutline.VersionConflictException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Lets several processes upload, edit, delete and reconcile on the same stores, operation by
 * operation in random order, with some of them killed and others slower than their leases; and
 * looks after every operation.
 */
class InterleavingTest {
  private static final String PROPERTY = "cutline.test.seed";
  private static final int RUNS = 150;
  private static final int PROCESSES = 4;
  private static final int ACTIONS = 3;
  private static final String OWNER = "alice";

  @Test
  void whateverTheOrderNothingAcknowledgedIsLostAndNothingStoredIsUnknown() throws Exception {
    Long given = Long.getLong(PROPERTY);
    long first = given == null ? System.nanoTime() : given;
    for (int i = 0; i < (given == null ? RUNS : 1); i++) {
      long seed = first + i;
      try (World world = new World()) {
        new Run(world, new Random(seed)).go();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("with -D" + PROPERTY + "=" + seed + ": " + e.getMessage(), e);
      }
    }
  }

  /** One order of things. */
  private static final class Run {
    private final World world;
    private final Random random;
    private final Scheduler scheduler;
    private final Instant latest;
    private final Set<String> acknowledged = new HashSet<>();
    private final Set<String> doomed = new HashSet<>();
    private final Set<String> deleted = new HashSet<>();

    Run(World world, Random random) {
      this.world = world;
      this.random = random;
      this.scheduler = new Scheduler(random, this::look);
      // Within the life of a tombstone, which no single write outlasts.
      this.latest = world.now().plus(World.LEASE.multipliedBy(9));
    }

    void go() throws InterruptedException {
      for (int i = 0; i < PROCESSES; i++) {
        Scheduler.Runner process = scheduler.process();
        Cutline cutline = world.process(process, acknowledging());
        process.does(() -> live(cutline));
      }
      scheduler.run(random.nextInt(3) == 0 ? 0 : 0.01);
      settle();
    }

    private CutlineListener acknowledging() {
      return new CutlineListener() {
        @Override
        public void step(StepEvent event) {
          if (event.step() == Step.STORED) {
            acknowledged.add(event.imageId().orElseThrow());
          }
        }
      };
    }

    private void live(Cutline cutline) {
      for (int i = 0; i < ACTIONS; i++) {
        switch (random.nextInt(6)) {
          case 0, 1, 2 -> upload(cutline);
          case 3 -> delete(cutline);
          case 4 -> edit(cutline);
          default -> cutline.reconcile();
        }
      }
    }

    private void upload(Cutline cutline) {
      try {
        acknowledged.add(cutline.upload(Upload.builder(OWNER, World.PIXEL).build()).id());
      } catch (StoreException e) {
        assertThat(e).hasMessageContaining("taken for abandoned");
      } catch (NotFoundException e) {
        assertThat(doomed).as("deleted while being captioned").isNotEmpty();
      }
    }

    private void delete(Cutline cutline) {
      Optional<String> id = any();
      if (id.isPresent()) {
        doomed.add(id.get());
        try {
          cutline.delete(OWNER, id.get());
          deleted.add(id.get());
        } catch (NotFoundException e) {
          // Somebody else is deleting it.
        }
      }
    }

    private void edit(Cutline cutline) {
      Optional<String> id = any();
      if (id.isPresent()) {
        try {
          cutline.edit(OWNER, id.get(), Edit.builder().title("edited").build());
        } catch (NotFoundException | VersionConflictException e) {
          assertThat(doomed).contains(id.get());
        }
      }
    }

    private Optional<String> any() {
      List<String> ids = new ArrayList<>(acknowledged);
      return ids.isEmpty() ? Optional.empty() : Optional.of(ids.get(random.nextInt(ids.size())));
    }

    /** Looks at the stores between two operations, and lets some time pass. */
    private void look() {
      List<String> keys = world.keys();
      Set<String> buried = new HashSet<>();
      for (Tombstone tombstone : world.records.tombstones(Instant.MAX, 1000)) {
        buried.add(tombstone.id());
      }
      for (String key : keys) {
        String id = key.split("/", -1)[2];
        boolean known = world.records.find(OWNER, id).isPresent() || buried.contains(id);
        assertThat(known).as("%s has a record or a tombstone", key).isTrue();
      }
      for (String id : acknowledged) {
        if (!doomed.contains(id)) {
          ImageRecord record = world.records.find(OWNER, id).orElseThrow();
          assertThat(record.storageState()).isEqualTo(StorageState.STORED);
          assertThat(keys.stream().filter(key -> key.contains(id))).hasSize(3);
        }
      }
      if (random.nextInt(8) == 0 && world.now().isBefore(latest.minus(World.LEASE))) {
        world.pass(World.LEASE.multipliedBy(random.nextInt(4)).dividedBy(3));
      }
    }

    private void settle() {
      world.leasesRunOut();
      world.process().reconcile();
      // Not yet settled for good: a writer that hung in a put and died may have left an object,
      // which its tombstone knows.
      look();
      Set<String> left = new HashSet<>();
      world.stored(OWNER).forEach(record -> left.add(record.id()));
      assertThat(left.stream().filter(deleted::contains)).isEmpty();
      world.tombstonesRunOut();
      world.process().reconcile();
      world.assertSettled(OWNER);
      assertThat(world.records.tombstones(Instant.MAX, 10)).isEmpty();
    }
  }
}
