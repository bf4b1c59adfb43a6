package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cutline.ImageRecord;
import dev.cutline.Label;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills a process at every step and around every operation on a store, and lets another one settle
 * what is left.
 */
class CrashTest {
  private static final Set<Step> OF_DELETION =
      EnumSet.of(Step.DELETING, Step.OBJECTS_DELETED, Step.DELETED);

  private World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  /** The end of a process. An error, because nobody handles it. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Kills at one operation, before or after it takes effect. */
  private static final class Killer implements Hook {
    private final int at;
    private final boolean after;
    private final List<String> effects = new ArrayList<>();
    private int operations;

    Killer(int at, boolean after) {
      this.at = at;
      this.after = after;
    }

    @Override
    public void before(String operation) {
      operations++;
      if (!after && operations == at) {
        throw new Killed();
      }
    }

    @Override
    public void after(String operation) {
      effects.add(operation);
      if (after && operations == at) {
        throw new Killed();
      }
    }

    @Override
    public String toString() {
      return "killed " + (after ? "after " : "before ") + at + ": " + effects;
    }
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void aProcessKilledAtAnyStepLosesNothingAcknowledgedAndLeavesNothingUnknown(Step step) {
    ImageRecord before = world.process().upload(upload());
    List<Step> steps = new ArrayList<>();
    Cutline process =
        world.open(
            world
                .builder()
                .captioner("fake", new FakeCaptioner())
                .labels(FakeDetector.finding(Label.of("Boat", 0.9)))
                .listener(
                    new CutlineListener() {
                      @Override
                      public void step(StepEvent event) {
                        steps.add(event.step());
                        if (event.step() == step) {
                          throw new Killed();
                        }
                      }
                    }));
    boolean deletes = OF_DELETION.contains(step);

    Throwable end =
        catchThrowable(
            () -> {
              if (deletes) {
                process.delete("alice", before.id());
              } else {
                process.upload(upload());
              }
            });
    assertThat(end).isInstanceOf(Killed.class);
    settle();

    List<ImageRecord> left = world.stored("alice");
    if (deletes) {
      assertThat(left).isEmpty();
    } else {
      assertThat(left).hasSize(steps.contains(Step.STORED) ? 2 : 1).contains(before);
    }
  }

  @Test
  void aProcessKilledAroundAnyOperationOfAnUploadLeavesAllOrNothing() {
    Killer counter = new Killer(Integer.MAX_VALUE, false);
    world.process(counter).upload(upload());
    assertThat(counter.effects).containsSequence("records.create", "images.put");
    for (boolean after : new boolean[] {false, true}) {
      for (int at = 1; at <= counter.operations; at++) {
        anotherWorld();
        Killer killer = new Killer(at, after);
        assertThat(catchThrowable(() -> world.process(killer).upload(upload())))
            .isInstanceOf(Killed.class);

        settle();

        boolean stored = killer.effects.contains("records.update STORED");
        assertThat(world.stored("alice")).as("%s", killer).hasSize(stored ? 1 : 0);
      }
    }
  }

  @Test
  void aProcessKilledAroundAnyOperationOfADeletionLeavesAllOrNothing() {
    ImageRecord counted = world.process().upload(upload());
    Killer counter = new Killer(Integer.MAX_VALUE, false);
    world.process(counter).delete("alice", counted.id());
    assertThat(counter.effects)
        .containsSequence("records.update DELETING", "images.deleteByPrefix", "records.delete");
    for (boolean after : new boolean[] {false, true}) {
      for (int at = 1; at <= counter.operations; at++) {
        anotherWorld();
        ImageRecord record = world.process().upload(upload());
        Killer killer = new Killer(at, after);
        assertThat(catchThrowable(() -> world.process(killer).delete("alice", record.id())))
            .isInstanceOf(Killed.class);

        settle();

        boolean marked = killer.effects.contains("records.update DELETING");
        assertThat(world.stored("alice")).as("%s", killer).hasSize(marked ? 0 : 1);
      }
    }
  }

  @Test
  void aReconcilerKilledAroundAnyOperationIsFollowedByAnother() {
    Killer counter = new Killer(Integer.MAX_VALUE, false);
    halfDone();
    world.process(counter).reconcile();
    assertThat(counter.operations).isGreaterThan(6);
    for (boolean after : new boolean[] {false, true}) {
      for (int at = 1; at <= counter.operations; at++) {
        anotherWorld();
        ImageRecord kept = halfDone();
        Killer killer = new Killer(at, after);
        assertThat(catchThrowable(() -> world.process(killer).reconcile()))
            .isInstanceOf(Killed.class);

        settle();

        assertThat(world.stored("alice")).containsExactly(kept);
      }
    }
  }

  /**
   * Leaves half an upload and half a deletion, whose leases have run out, beside a picture that is
   * well.
   */
  private ImageRecord halfDone() {
    ImageRecord kept = world.process().upload(upload());
    ImageRecord deleted = world.process().upload(upload());
    Killer afterTheFirstObject = new Killer(2, true);
    assertThat(catchThrowable(() -> world.process(afterTheFirstObject).upload(upload())))
        .isInstanceOf(Killed.class);
    Killer onceMarked = new Killer(2, true);
    assertThat(catchThrowable(() -> world.process(onceMarked).delete("alice", deleted.id())))
        .isInstanceOf(Killed.class);
    world.leasesRunOut();
    return kept;
  }

  /**
   * Lets another process settle, once the leases have run out, and again once the tombstones have.
   */
  private void settle() {
    world.leasesRunOut();
    world.process().reconcile();
    world.assertSettled("alice");
    world.tombstonesRunOut();
    world.process().reconcile();
    world.assertSettled("alice");
    assertThat(world.records.tombstones(world.now(), 10)).isEmpty();
    assertThat(world.process().reconcile().isEmpty()).as("nothing is left to do").isTrue();
  }

  private void anotherWorld() {
    world.close();
    world = new World();
  }

  private static Upload upload() {
    return Upload.builder("alice", World.PIXEL).build();
  }
}
