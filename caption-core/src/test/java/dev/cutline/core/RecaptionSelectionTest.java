package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionState;
import dev.cutline.CaptionStyle;
import dev.cutline.ImageRecord;
import dev.cutline.Reason;
import dev.cutline.RecordQuery;
import dev.cutline.core.chain.Rung;
import dev.cutline.core.money.Prices;
import dev.cutline.core.money.RunBudget;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which captions are asked for again, and that the others are left alone. */
class RecaptionSelectionTest {
  private static final RecordQuery ALICE = RecordQuery.builder("alice").limit(2).build();
  private static final Prices DIME = Prices.builder().image(new BigDecimal("0.1")).build();

  private final World world = new World();
  private final FakeCaptioner captioner = new FakeCaptioner();
  private final List<String> queries = new ArrayList<>();
  private final Cutline cutline =
      world.open(
          world
              .builder(
                  operation -> {
                    synchronized (queries) {
                      queries.add(operation);
                    }
                  })
              .rung(Rung.builder("model", "fake", captioner).prices(DIME).build()));

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void allByAModelWithAPromptThatNoPersonTouched() {
    ImageRecord old = upload("old", "en");
    ImageRecord touched = upload("touched", "en");
    cutline.edit(
        "alice", touched.id(), Edit.builder().caption(CaptionStyle.CONCISE, "en", "Mine").build());
    captioner.answers(request -> by("fake-2", "7", request));
    upload("other model", "en");
    captioner.answers(request -> by("fake-1", "8", request));
    upload("other prompt", "en");
    cutline.upload(Upload.builder("bob", World.PIXEL).build());
    RecaptionSelection.Builder selection =
        RecaptionSelection.builder(ALICE).model("fake-1").promptVersion("7");

    assertThat(chosen(selection.untouched(true))).containsExactly(old.id() + " [en]");
    assertThat(chosen(selection.untouched(false)))
        .containsExactly(touched.id() + " [en]", old.id() + " [en]");
  }

  @Test
  void onlyTheLanguagesThatMatchAreChosen() {
    ImageRecord both = upload("both", "en", "de");
    captioner.answers(request -> by("fake-2", "7", request));
    cutline.recaption("alice", both.id(), Recaption.builder().languages(List.of("de")).build());

    assertThat(chosen(RecaptionSelection.builder(ALICE).model("fake-1")))
        .containsExactly(both.id() + " [en]");
    assertThat(chosen(RecaptionSelection.builder(ALICE).provider("fake")))
        .containsExactly(both.id() + " [en, de]");
    assertThat(chosen(RecaptionSelection.builder(ALICE).languages(List.of("fr", "de"))))
        .containsExactly(both.id() + " [fr, de]");
    assertThat(chosen(RecaptionSelection.builder(ALICE).model("fake-2").languages(List.of("fr"))))
        .isEmpty();
    assertThat(chosen(RecaptionSelection.builder(ALICE).where((r, tag) -> tag.equals("de"))))
        .containsExactly(both.id() + " [de]");
  }

  @Test
  void whatIsStaleIsMendedAndIsNotStaleThen() {
    ImageRecord old = upload("old", "en");
    FakeCaptioner younger = new FakeCaptioner().fingerprint("younger");
    Cutline later =
        world.open(
            world
                .builder()
                .languages(List.of("en", "de"))
                .rung(Rung.builder("model", "fake", younger).prices(DIME).build()));
    RecaptionSelection.Builder selection =
        RecaptionSelection.builder(ALICE).stale(later::staleness);

    assertThat(chosen(RecaptionSelection.builder(ALICE).stale(cutline::staleness))).isEmpty();
    assertThat(chosen(selection)).containsExactly(old.id() + " [en, de]");
    assertThat(chosen(selection.languages(List.of("de", "fr"))))
        .containsExactly(old.id() + " [de]");
    RecaptionSelection stale = selection.languages(List.of()).build();
    try (Stream<ImageRecord> run = later.recaptionAll(stale, Recaption.ofDefaults(), 2)) {
      assertThat(run.count()).isEqualTo(1);
    }
    assertThat(chosen(RecaptionSelection.builder(ALICE).stale(later::staleness))).isEmpty();
  }

  @Test
  void whatAQueryAsksForHoldsAsWell() {
    ImageRecord tagged =
        cutline.upload(Upload.builder("alice", World.PIXEL).tags(List.of("cats")).build());
    upload("untagged", "en");

    assertThat(chosen(RecaptionSelection.builder(ALICE.toBuilder().tag("cats").build())))
        .containsExactly(tagged.id() + " [en]");
    assertThat(
            chosen(
                RecaptionSelection.builder(
                    ALICE.toBuilder().captionState(CaptionState.FAILED).build())))
        .isEmpty();
  }

  @Test
  void aPageIsReadOnlyOnceItIsNeeded() {
    for (int i = 0; i < 7; i++) {
      upload("n" + i, "en");
    }
    queries.clear();
    try (Stream<RecaptionSelection.Chosen> all =
        cutline.chosen(RecaptionSelection.builder(ALICE).build())) {
      assertThat(all.limit(3).count()).isEqualTo(3);
    }
    assertThat(queries).as("two pages of two").containsExactly("records.query", "records.query");
    assertThat(chosen(RecaptionSelection.builder(ALICE))).hasSize(7).doesNotHaveDuplicates();
  }

  @Test
  void asksAgainForWhatIsChosenAndForNothingElse() {
    ImageRecord first = upload("first", "en", "de");
    captioner.answers(request -> by("fake-2", "7", request));
    ImageRecord second = upload("second", "en");
    captioner.requests.clear();
    RecaptionSelection selection = RecaptionSelection.builder(ALICE).model("fake-1").build();

    List<ImageRecord> done = recaptionAll(selection, Recaption.ofDefaults());

    assertThat(done).extracting(ImageRecord::id).containsExactly(first.id());
    assertThat(captioner.requests).extracting(CaptionRequest::language).containsExactly("en", "de");
    assertThat(done.get(0).caption(CaptionStyle.CONCISE, "de").orElseThrow().model())
        .contains("fake-2");
    assertThat(cutline.find("alice", second.id()).orElseThrow().version())
        .isEqualTo(second.version());
    assertThat(recaptionAll(selection, Recaption.ofDefaults())).as("nothing is left").isEmpty();
  }

  @Test
  void whatARunThatWasInterruptedHasDoneIsNotDoneAgain() {
    for (int i = 0; i < 5; i++) {
      upload("n" + i, "en");
    }
    world.pass(Duration.ofMinutes(1));
    RecaptionSelection selection =
        RecaptionSelection.builder(ALICE).notAskedSince(world.now()).build();
    captioner.requests.clear();
    try (Stream<ImageRecord> run = cutline.recaptionAll(selection, Recaption.ofDefaults(), 1)) {
      assertThat(run.limit(2).count()).isEqualTo(2);
    }
    int before = captioner.requests.size();
    assertThat(before).isBetween(2, 3);

    List<ImageRecord> rest = recaptionAll(selection, Recaption.ofDefaults());

    assertThat(before + rest.size()).isBetween(5, 6);
    assertThat(captioner.requests).hasSize(before + rest.size());
    assertThat(chosen(RecaptionSelection.builder(ALICE).notAskedSince(world.now()))).isEmpty();
  }

  @Test
  void whatFailedIsTriedAgainByTheSameRun() {
    ImageRecord record = upload("one", "en");
    captioner.fails(new dev.cutline.CaptionException(Reason.REFUSED, "no"));
    RecaptionSelection selection =
        RecaptionSelection.builder(ALICE).notAskedSince(world.now().plusSeconds(1)).build();
    world.pass(Duration.ofMinutes(1));

    assertThat(recaptionAll(selection, Recaption.ofDefaults())).hasSize(1);
    assertThat(chosen(RecaptionSelection.builder(ALICE).notAskedSince(World.NOON.plusSeconds(1))))
        .containsExactly(record.id() + " [en]");
  }

  @Test
  void endsWithTheBudgetAndKeepsTheCaptionsThatAreThere() {
    for (int i = 0; i < 20; i++) {
      upload("n" + i, "en");
    }
    captioner.requests.clear();
    RunBudget budget = RunBudget.of(new BigDecimal("0.55"));

    List<ImageRecord> done =
        recaptionAll(
            RecaptionSelection.builder(ALICE).build(), Recaption.builder().budget(budget).build());

    assertThat(captioner.requests).hasSize(5);
    assertThat(budget.total()).isEqualByComparingTo("0.5");
    assertThat(done)
        .filteredOn(r -> r.run("en").orElseThrow().failure().isPresent())
        .isNotEmpty()
        .allMatch(r -> r.run("en").orElseThrow().failure().orElseThrow() == Reason.BUDGET_SPENT)
        .allMatch(r -> r.captionState() == CaptionState.CAPTIONED);
    assertThat(done.size()).as("the rest was not begun").isLessThan(20);
  }

  @Test
  void noMoreAreAtWorkThanWereAllowed() {
    for (int i = 0; i < 12; i++) {
      upload("n" + i, "en");
    }
    AtomicInteger atWork = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch three = new CountDownLatch(3);
    captioner.answers(
        request -> {
          most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
          three.countDown();
          try {
            three.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          atWork.decrementAndGet();
          return FakeCaptioner.reply(request, "again");
        });
    try (Stream<ImageRecord> run =
        cutline.recaptionAll(
            RecaptionSelection.builder(ALICE).build(), Recaption.ofDefaults(), 3)) {
      assertThat(run.map(ImageRecord::id)).hasSize(12).doesNotHaveDuplicates();
    }
    assertThat(most).hasValue(3);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                cutline.recaptionAll(
                    RecaptionSelection.builder(ALICE).build(), Recaption.ofDefaults(), 0));
  }

  @Test
  void aPictureThatIsDeletedMeanwhileIsLeftOut() {
    ImageRecord gone = upload("gone", "en");
    ImageRecord stays = upload("stays", "en");
    RecaptionSelection selection =
        RecaptionSelection.builder(RecordQuery.builder("alice").build())
            .where(
                (record, language) -> {
                  if (record.id().equals(gone.id())) {
                    cutline.delete("alice", gone.id());
                  }
                  return true;
                })
            .build();

    assertThat(recaptionAll(selection, Recaption.ofDefaults()))
        .extracting(ImageRecord::id)
        .containsExactly(stays.id());
  }

  @Test
  void anEstimateOfAStoredPictureNeedsItsRecordOnly() {
    ImageRecord record = upload("four hundred", "en", "de");
    Estimate all = cutline.estimate(record, Recaption.ofDefaults(), cutline.history("alice"));
    Estimate one =
        cutline.estimate(
            record,
            Recaption.builder().languages(List.of("fr")).styles(Set.of(CaptionStyle.ALT)).build(),
            cutline.history("alice"));

    assertThat(all.calls()).isEqualTo(2);
    assertThat(all.costUsd()).isEqualByComparingTo("0.2");
    assertThat(all.inputTokens()).isEqualTo(2 * (1 + 500 + 3));
    assertThat(one.calls()).isEqualTo(1);
    assertThat(one.outputTokens()).isEqualTo(60);
    assertThat(one.time()).as("the rung's own median").isLessThan(Duration.ofSeconds(3));
  }

  private List<ImageRecord> recaptionAll(RecaptionSelection selection, Recaption options) {
    try (Stream<ImageRecord> run = cutline.recaptionAll(selection, options, 4)) {
      return run.toList();
    }
  }

  private List<String> chosen(RecaptionSelection.Builder selection) {
    try (Stream<RecaptionSelection.Chosen> all = cutline.chosen(selection.build())) {
      return all.map(each -> each.record().id() + " " + each.languages()).toList();
    }
  }

  private ImageRecord upload(String context, String... languages) {
    return cutline.upload(
        Upload.builder("alice", World.PIXEL)
            .context(context)
            .languages(List.of(languages))
            .build());
  }

  private static CaptionReply by(String model, String promptVersion, CaptionRequest request) {
    CaptionReply.Builder reply = CaptionReply.builder(model).promptVersion(promptVersion);
    FakeCaptioner.reply(request, "other").texts().forEach(reply::text);
    return reply.build();
  }
}
