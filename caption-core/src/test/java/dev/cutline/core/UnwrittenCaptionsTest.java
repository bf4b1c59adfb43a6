package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionState;
import dev.cutline.CaptionStyle;
import dev.cutline.CaptionVersion;
import dev.cutline.CaptionVersion.Author;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.ImageRecord;
import dev.cutline.Label;
import dev.cutline.Reason;
import dev.cutline.StoreException;
import dev.cutline.StoreException.Kind;
import dev.cutline.core.chain.ChainListener;
import dev.cutline.core.chain.Rung;
import dev.cutline.core.money.Prices;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What somebody has answered is not lost when the record store fails, and not paid for again. */
class UnwrittenCaptionsTest {
  private World world = new World();
  private final AtomicInteger pauses = new AtomicInteger();

  /** Counts and fails; one for each process, as a store fails for all that a process does. */
  private final Failing failing = new Failing();

  private FakeCaptioner captioner = new FakeCaptioner();
  private String failingOperation = "";
  private int failingTimes;
  private boolean failingDone;

  @AfterEach
  void close() {
    world.close();
  }

  /** A store that fails on demand. */
  private static final class Failing implements Hook {
    private String operation = "";
    private Kind kind = Kind.UNAVAILABLE;
    private boolean foreign;
    private boolean done;
    private int left;
    private int failed;

    /**
     * Lets an operation fail so many times.
     *
     * @param done whether it has happened all the same, and nobody was told
     */
    void at(String operation, int times, boolean done) {
      this.operation = operation;
      this.left = times;
      this.done = done;
    }

    void everything() {
      at("", Integer.MAX_VALUE, false);
    }

    void nothing() {
      left = 0;
    }

    @Override
    public void before(String now) {
      if (!done) {
        fail(now);
      }
    }

    @Override
    public void after(String now) {
      if (done) {
        fail(now);
      }
    }

    private void fail(String now) {
      if (left > 0 && now.startsWith(operation)) {
        left--;
        failed++;
        throw foreign ? new IllegalStateException("a defect") : new StoreException(kind, "gone");
      }
    }
  }

  @Test
  void aStoreThatIsGoneForAMomentCostsNothing() {
    Cutline cutline = failingOnceAnswered("records.update", 3, false);

    ImageRecord record = upload(cutline);

    assertThat(record.captionState()).isEqualTo(CaptionState.CAPTIONED);
    assertThat(world.stored("alice")).containsExactly(record);
    assertThat(pauses).hasValue(3);
    assertThat(captioner.requests).hasSize(1);
    world.assertSettled("alice");
  }

  @Test
  void aStoreThatCannotBeReadForAMomentCostsNothing() {
    Cutline person = world.process();
    captioner.answers(
        request -> {
          // Somebody else writes meanwhile, so that the record has to be read again.
          person.edit(
              "alice", world.stored("alice").get(0).id(), Edit.builder().title("Boat").build());
          failing.at("records.find", 3, false);
          return FakeCaptioner.reply(request, "one");
        });

    ImageRecord record = upload(open());

    assertThat(failing.failed).isEqualTo(3);
    assertThat(record.captionState()).isEqualTo(CaptionState.CAPTIONED);
    assertThat(record.title()).contains("Boat");
  }

  @Test
  void whatWasWrittenWithoutTellingIsNotWrittenTwice() {
    ImageRecord record = upload(failingOnceAnswered("records.update", 1, true));

    assertThat(failing.failed).isEqualTo(1);
    assertThat(record.captions()).hasSize(3);
    assertThat(world.records.captionVersions("alice", record.id())).hasSize(3);
  }

  @Test
  void whatTheStoreDoesNotTakeIsInTheExceptionAndWrittenLater() {
    Cutline cutline = failingOnceAnswered("records.update", Integer.MAX_VALUE, false);

    CaptionsNotWrittenException thrown = refused(cutline);

    assertThat(thrown.isKept()).isTrue();
    assertThat(thrown.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(thrown)
        .hasMessageContaining(thrown.record().id())
        .hasMessageContaining("(gone)")
        .hasMessageContaining("reconcile writes them");
    assertThat(thrown.record().caption(CaptionStyle.CONCISE))
        .contains("Boat number one on calm water");
    assertThat(failing.failed).isEqualTo(StoreRetry.TRIES);
    ImageRecord before = world.stored("alice").get(0);
    assertThat(before.captionState()).isEqualTo(CaptionState.PENDING);
    assertThat(before.version()).isEqualTo(thrown.record().version());
    // The cache would help, too, so it is taken away.
    world.records.captionCache().deleteOwner("alice");

    ReconcileReport report = world.process().reconcile();

    assertThat(report.captioned()).isEqualTo(1);
    assertThat(report.left()).isZero();
    assertThat(report.toString()).contains("1 captions written late");
    ImageRecord after = world.stored("alice").get(0);
    assertThat(after.captionState()).isEqualTo(CaptionState.CAPTIONED);
    assertThat(after.captions()).isEqualTo(thrown.record().captions());
    assertThat(after.runs().get(0).trail()).isEqualTo(thrown.record().runs().get(0).trail());
    assertThat(after.labels()).isEqualTo(List.of(Label.of("Boat", 0.9)));
    assertThat(
            world.records.captionVersions("alice", after.id()).stream()
                .map(CaptionVersion::costUsd)
                .reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo("0.1");
    assertThat(captioner.requests).hasSize(1);
    world.assertSettled("alice");
    assertThat(world.process().reconcile().isEmpty()).isTrue();
  }

  @Test
  void aFullStoreIsNotAskedAgain() {
    failing.kind = Kind.FULL;
    CaptionsNotWrittenException thrown =
        refused(failingOnceAnswered("records.update", Integer.MAX_VALUE, false));

    assertThat(thrown.kind()).isEqualTo(Kind.FULL);
    assertThat(failing.failed).isEqualTo(1);
    assertThat(thrown.isKept()).isTrue();
  }

  @Test
  void whereNoStoreTakesThemTheCallerHasThemAndTheCacheSavesTheMoney() {
    Cutline cutline = failingOnceAnswered("", Integer.MAX_VALUE, false);

    CaptionsNotWrittenException thrown = refused(cutline);

    assertThat(thrown.isKept()).isFalse();
    assertThat(thrown).hasMessageContaining("in this result only");
    assertThat(thrown.record().altText()).contains("A small boat, number one, on calm water");
    failing.nothing();
    assertThat(cutline.reconcile().isEmpty()).isTrue();

    ImageRecord again =
        cutline.recaption(
            "alice", thrown.record().id(), Recaption.builder().useCache(true).build());

    assertThat(again.captionState()).isEqualTo(CaptionState.CAPTIONED);
    assertThat(captioner.requests).hasSize(1);
  }

  @Test
  void whenNobodyHasAnsweredThereIsNothingToKeep() {
    captioner.answers(
        request -> {
          failing.everything();
          throw new CaptionException(Reason.UNAUTHORIZED, "who are you");
        });
    Cutline cutline = open();

    assertThatThrownBy(() -> upload(cutline))
        .isExactlyInstanceOf(StoreException.class)
        .hasMessage("gone");
    failing.nothing();
    world.assertSettled("alice");
  }

  @Test
  void captionsOfADeletedPictureAreDropped() {
    CaptionsNotWrittenException thrown =
        refused(failingOnceAnswered("records.update", Integer.MAX_VALUE, false));
    Cutline other = world.process();
    other.delete("alice", thrown.record().id());

    ReconcileReport report = other.reconcile();

    assertThat(report.captioned()).isZero();
    assertThat(report.left()).isZero();
    assertThat(world.keys()).isEmpty();
  }

  @Test
  void captionsThatWaitGoWithTheirOwner() {
    refused(failingOnceAnswered("records.update", Integer.MAX_VALUE, false));
    assertThat(world.keys()).hasSize(4);

    world.process().deleteAll("alice");

    assertThat(world.keys()).isEmpty();
  }

  @Test
  void whatHasComeSinceStaysShown() {
    CaptionsNotWrittenException thrown =
        refused(failingOnceAnswered("records.update", Integer.MAX_VALUE, false));
    String id = thrown.record().id();
    world.pass(Duration.ofMillis(1));
    Cutline other =
        world.open(world.builder().captioner("fake", new FakeCaptioner().answers("two")));
    other.recaption("alice", id, Recaption.ofDefaults());
    other.edit(
        "alice", id, Edit.builder().caption(CaptionStyle.ALT, "en", "My boat, at last").build());

    assertThat(other.reconcile().captioned()).isEqualTo(1);

    ImageRecord record = world.stored("alice").get(0);
    assertThat(record.caption(CaptionStyle.CONCISE)).contains("Boat number two on calm water");
    assertThat(record.altText()).contains("My boat, at last");
    assertThat(record.run("en").orElseThrow().at()).isEqualTo(world.now());
    assertThat(world.records.captionVersions("alice", id))
        .as("kept as versions all the same: 3 of the second, 1 by hand, 3 late")
        .hasSize(7)
        .last()
        .satisfies(version -> assertThat(version.text()).contains("number one"));
    assertThat(record.lastCaptionNumber()).isEqualTo(7);
  }

  @Test
  void aPersonsTextStaysShown() {
    CaptionsNotWrittenException thrown =
        refused(failingOnceAnswered("records.update", Integer.MAX_VALUE, false));
    Cutline other = world.process();
    other.edit(
        "alice",
        thrown.record().id(),
        Edit.builder().caption(CaptionStyle.ALT, "en", "My boat, at last").build());

    assertThat(other.reconcile().captioned()).isEqualTo(1);

    ImageRecord record = world.stored("alice").get(0);
    assertThat(record.altText()).contains("My boat, at last");
    assertThat(record.caption(CaptionStyle.ALT, "en").orElseThrow().author())
        .isEqualTo(Author.HUMAN);
    assertThat(record.caption(CaptionStyle.CONCISE)).contains("Boat number one on calm water");
  }

  @Test
  void severalThatWaitForOneRecordAreAllWrittenInTheirOrder() {
    ImageRecord record = upload(world.process());
    Cutline cutline = failingOnceAnswered("records.update", Integer.MAX_VALUE, false);
    for (String word : List.of("four", "five")) {
      world.pass(Duration.ofMillis(1));
      answering(word);
      assertThatThrownBy(() -> cutline.recaption("alice", record.id(), Recaption.ofDefaults()))
          .isInstanceOf(CaptionsNotWrittenException.class);
      failing.nothing();
    }

    assertThat(world.process().reconcile().captioned()).isEqualTo(2);

    assertThat(world.stored("alice").get(0).caption(CaptionStyle.CONCISE))
        .contains("Boat number five on calm water");
    assertThat(world.records.captionVersions("alice", record.id())).hasSize(9);
  }

  @Test
  void twoReconcilersWriteThemOnce() {
    CaptionsNotWrittenException thrown =
        refused(failingOnceAnswered("records.update", Integer.MAX_VALUE, false));
    Cutline fast = world.process();
    AtomicInteger asked = new AtomicInteger();
    Cutline slow =
        world.process(
            operation -> {
              if (operation.startsWith("records.update") && asked.getAndIncrement() == 0) {
                fast.reconcile();
              }
            });

    slow.reconcile();

    assertThat(asked).hasPositiveValue();
    assertThat(world.records.captionVersions("alice", thrown.record().id())).hasSize(3);
    world.assertSettled("alice");
  }

  @Test
  void reconcileLeavesThemWhereTheStoreStillFails() {
    Cutline cutline = failingOnceAnswered("records.update", Integer.MAX_VALUE, false);
    refused(cutline);

    ReconcileReport report = cutline.reconcile();

    assertThat(report.captioned()).isZero();
    assertThat(report.left()).isEqualTo(1);
    failing.nothing();
    assertThat(cutline.reconcile().captioned()).isEqualTo(1);
    world.assertSettled("alice");
  }

  @Test
  void oneRecordThatIsDamagedDoesNotHoldUpTheOthers() {
    for (int i = 0; i < 3; i++) {
      Cutline cutline = failingOnceAnswered("records.update", Integer.MAX_VALUE, false);
      String context = "picture " + i;
      assertThatThrownBy(
              () -> cutline.upload(Upload.builder("alice", World.PIXEL).context(context).build()))
          .isInstanceOf(CaptionsNotWrittenException.class);
      failing.nothing();
    }
    failing.kind = Kind.CORRUPT;
    failing.at("records.find", 1, false);

    ReconcileReport report = open().reconcile();

    assertThat(report.captioned()).isEqualTo(2);
    assertThat(report.left()).isEqualTo(1);
  }

  @Test
  void whatAnotherVersionHasKeptIsLeftToIt() {
    String key = ObjectKeys.ofUnwritten("alice") + "0-0";
    byte[] bytes = {'C', 'U', 'T', 'C', 'A', 'P', 0, 99, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    world.images.put(key, ImageData.of(bytes, ImageFormat.PNG, 1, 1));

    ReconcileReport report = world.process().reconcile();

    assertThat(report.left()).isEqualTo(1);
    assertThat(world.images.get(key)).isPresent();
  }

  @Test
  void aStoreThatFailsInAnyOtherWayLosesNothing() {
    failing.foreign = true;
    Cutline cutline = failingOnceAnswered("records.update", 1, false);

    assertThat(refused(cutline)).hasCauseInstanceOf(IllegalStateException.class);

    assertThat(cutline.reconcile().captioned()).isEqualTo(1);
    world.assertSettled("alice");
  }

  @Test
  void whatNobodyCanReadIsDropped() {
    refused(failingOnceAnswered("records.update", Integer.MAX_VALUE, false));
    world.images.put(
        ObjectKeys.ofUnwritten("alice") + "0-0",
        ImageData.of(new byte[] {1, 2, 3}, ImageFormat.PNG, 1, 1));

    ReconcileReport report = world.process().reconcile();

    assertThat(report.captioned()).isEqualTo(1);
    world.assertSettled("alice");
  }

  /**
   * An interrupt that comes with the answer finds it paid: it is written before the thread ends.
   */
  @Test
  void anInterruptDoesNotLoseWhatIsPaid() {
    Hook refusesTheInterrupted =
        operation -> {
          if (Thread.currentThread().isInterrupted()) {
            throw new StoreException(Kind.UNAVAILABLE, "interrupted");
          }
        };
    Cutline cutline =
        world.open(
            builder(refusesTheInterrupted)
                .chainListener(
                    new ChainListener() {
                      @Override
                      public OfRequest request(CaptionRequest request) {
                        return new OfRequest() {
                          @Override
                          public void answered(CaptionReply reply) {
                            Thread.currentThread().interrupt();
                          }
                        };
                      }
                    }));

    ImageRecord record = upload(cutline);

    assertThat(Thread.interrupted()).as("the status is kept for the caller").isTrue();
    assertThat(record.captionState()).isEqualTo(CaptionState.CAPTIONED);
    assertThat(world.stored("alice")).containsExactly(record);
    assertThat(pauses).hasValue(0);
  }

  /** Wherever the process ends once the model has answered: nobody pays for the answer again. */
  @Test
  void aProcessKilledAfterTheAnswerHasNotPaidInVain() {
    for (boolean after : new boolean[] {false, true}) {
      world.close();
      world = new World();
      captioner = new FakeCaptioner();
      Cutline process =
          open(
              new Hook() {
                @Override
                public void before(String operation) {
                  if (!captioner.requests.isEmpty() && !after) {
                    throw new Killed();
                  }
                }

                @Override
                public void after(String operation) {
                  if (!captioner.requests.isEmpty()) {
                    throw new Killed();
                  }
                }
              });
      assertThat(catchThrowable(() -> upload(process))).isInstanceOf(Killed.class);

      Cutline next = open(Hook.NONE);
      ImageRecord record = world.stored("alice").get(0);
      next.recaption("alice", record.id(), Recaption.builder().useCache(true).build());

      assertThat(world.stored("alice").get(0).captionState()).isEqualTo(CaptionState.CAPTIONED);
      assertThat(captioner.requests).as("killed after it was written: %s", after).hasSize(1);
    }
  }

  /** The end of a process. An error, because nobody handles it. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private Cutline failingOnceAnswered(String operation, int times, boolean done) {
    answering("one");
    failingOperation = operation;
    failingTimes = times;
    failingDone = done;
    return open();
  }

  private void answering(String word) {
    captioner.answers(
        request -> {
          failing.at(failingOperation, failingTimes, failingDone);
          return FakeCaptioner.reply(request, word);
        });
  }

  private Cutline open() {
    return open(failing);
  }

  private Cutline open(Hook hook) {
    return world.open(builder(hook));
  }

  private CutlineBuilder builder(Hook hook) {
    return world
        .builder(hook)
        .labels(FakeDetector.finding(Label.of("Boat", 0.9)))
        .storeRetry(new StoreRetry(pause -> pauses.incrementAndGet(), () -> 0, () -> 1))
        .rung(
            Rung.builder("fake", "fake", captioner)
                .prices(Prices.builder().image(new BigDecimal("0.1")).build())
                .build());
  }

  private static CaptionsNotWrittenException refused(Cutline cutline) {
    return catchThrowableOfType(CaptionsNotWrittenException.class, () -> upload(cutline));
  }

  private static ImageRecord upload(Cutline cutline) {
    return cutline.upload(Upload.builder("alice", World.PIXEL).build());
  }
}
