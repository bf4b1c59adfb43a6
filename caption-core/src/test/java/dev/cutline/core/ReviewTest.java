package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionStyle;
import dev.cutline.ImageRecord;
import dev.cutline.Label;
import dev.cutline.Reason;
import dev.cutline.RecordQuery;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which pictures a person is asked to look at. */
class ReviewTest {
  private final World world = new World();
  private final FakeCaptioner captioner = new FakeCaptioner();
  private final FakeDetector boat =
      FakeDetector.finding(Label.builder("Boat", 0.9).parents(List.of("Vehicle")).build());

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aCaptionThatLabelsSupportNeedsNoReview() {
    ImageRecord record = upload(open());

    assertThat(record.needsReview()).isFalse();
    assertThat(record.notes()).isEmpty();
  }

  @Test
  void aCaptionThatNamesWhatNoLabelSupportsNeedsReviewAndSaysWhy() {
    says("A dog beside a parked car");
    Cutline cutline = open();

    ImageRecord record = upload(cutline);

    assertThat(record.needsReview()).isTrue();
    assertThat(record.notes()).containsExactly("review: no label supports dog, car");
    assertThat(cutline.query(RecordQuery.builder("alice").needsReview(true).build()).items())
        .extracting(ImageRecord::id)
        .containsExactly(record.id());
  }

  @Test
  void aBetterCaptionTakesTheMarkAway() {
    says("A dog beside a parked car");
    Cutline cutline = open();
    String id = upload(cutline).id();
    says("A car carries a dog and a boat");
    assertThat(cutline.recaption("alice", id, Recaption.ofDefaults()).needsReview()).isTrue();
    says("A boat beside a parked car is moored");
    cutline.recaption("alice", id, Recaption.ofDefaults());
    says("A boat is moored");

    ImageRecord record = cutline.recaption("alice", id, Recaption.ofDefaults());

    assertThat(record.needsReview()).isFalse();
    assertThat(record.notes()).isEmpty();
  }

  @Test
  void aPersonsEditTakesTheMarkAndItsReasonAway() {
    says("A dog beside a parked car");
    Cutline cutline = open();
    String id = upload(cutline).id();

    ImageRecord record =
        cutline.edit(
            "alice", id, Edit.builder().caption(CaptionStyle.ALT, "en", "My boat").build());

    assertThat(record.needsReview()).isFalse();
    assertThat(record.notes()).isEmpty();
  }

  @Test
  void whatAPersonWroteIsNotJudged() {
    Cutline cutline = open();
    String id = upload(cutline).id();
    Edit.Builder edit = Edit.builder();
    for (CaptionStyle style : CaptionStyle.values()) {
      edit.caption(style, "en", "My dog and my horse");
    }
    cutline.edit("alice", id, edit.build());
    says("A dog beside a parked car");

    assertThat(cutline.recaption("alice", id, Recaption.ofDefaults()).needsReview()).isFalse();
  }

  @Test
  void withoutLabelsThereIsNoVerdict() {
    says("A dog beside a parked car");
    Cutline cutline = world.open(world.builder().captioner("fake", captioner));

    assertThat(upload(cutline).needsReview()).isFalse();
  }

  @Test
  void labelsThatCouldNotBeHadAreNoVerdictEither() {
    says("A dog beside a parked car");
    FakeDetector failing = FakeDetector.failing(new CaptionException(Reason.UNAVAILABLE, "down"));

    ImageRecord record =
        upload(world.open(world.builder().captioner("fake", captioner).labels(failing)));

    assertThat(record.needsReview()).isFalse();
    assertThat(record.notes()).singleElement().asString().startsWith("labels: ");
  }

  @Test
  void aCreativeTextMayHaveItsImages() {
    captioner.answers(
        request ->
            CaptionReply.builder("fake-1")
                .text(CaptionStyle.CREATIVE, "A tiger of a storm prowls the harbour.")
                .text(CaptionStyle.ALT, "A boat in a harbour.")
                .build());

    ImageRecord record =
        open()
            .upload(
                Upload.builder("alice", World.PIXEL)
                    .styles(Set.of(CaptionStyle.CREATIVE, CaptionStyle.ALT))
                    .build());

    assertThat(record.needsReview()).isFalse();
  }

  @Test
  void anotherLanguageIsNotJudged() {
    captioner.answers(
        request ->
            CaptionReply.builder("fake-1")
                .text(CaptionStyle.ALT, "Ein Hund neben einem Auto.")
                .build());

    ImageRecord record =
        open()
            .upload(
                Upload.builder("alice", World.PIXEL)
                    .styles(Set.of(CaptionStyle.ALT))
                    .languages(List.of("de"))
                    .build());

    assertThat(record.needsReview()).isFalse();
  }

  @Test
  void aDescriptionByRuleIsNotJudged() {
    FakeCaptioner rule = FakeCaptioner.byRule();
    rule.answers(request -> reply("A dog beside a parked car"));

    ImageRecord record =
        upload(world.open(world.builder().captioner("palette", rule).labels(boat)));

    assertThat(record.needsReview()).isFalse();
  }

  @Test
  void twoModelAnswersThatSpeakOfDifferentThingsNeedReview() {
    says("A dog runs along a beach");
    Cutline cutline = world.open(world.builder().captioner("fake", captioner));
    String id = upload(cutline).id();
    says("Red car parked in a narrow lane");

    ImageRecord record = cutline.recaption("alice", id, Recaption.ofDefaults());

    assertThat(record.needsReview()).isTrue();
    assertThat(record.notes())
        .containsExactly("review: a model said something quite different before");
    says("Red car in a narrow lane");
    assertThat(cutline.recaption("alice", id, Recaption.ofDefaults()).needsReview())
        .as("the third one agrees with the second")
        .isFalse();
  }

  @Test
  void aFailedRecaptionLeavesTheMarkAsItIs() {
    says("A dog beside a parked car");
    Cutline cutline = open();
    ImageRecord before = upload(cutline);
    captioner.fails(new CaptionException(Reason.UNAVAILABLE, "down"));

    ImageRecord after = cutline.recaption("alice", before.id(), Recaption.ofDefaults());

    assertThat(after.needsReview()).isTrue();
    assertThat(after.notes()).isEqualTo(before.notes());
  }

  @Test
  void aFailedRecaptionLeavesTheMarkOfTwoThatDisagreeAsItIs() {
    says("A dog runs along a beach");
    Cutline cutline = world.open(world.builder().captioner("fake", captioner));
    String id = upload(cutline).id();
    says("Red car parked in a narrow lane");
    ImageRecord before = cutline.recaption("alice", id, Recaption.ofDefaults());
    captioner.fails(new CaptionException(Reason.UNAVAILABLE, "down"));

    ImageRecord after = cutline.recaption("alice", id, Recaption.ofDefaults());

    assertThat(before.needsReview()).isTrue();
    assertThat(after.needsReview()).isTrue();
    assertThat(after.notes()).isEqualTo(before.notes());
  }

  @Test
  void switchedOffNothingIsMarked() {
    says("A dog beside a parked car");
    Cutline cutline =
        world.open(world.builder().captioner("fake", captioner).labels(boat).grounding(false));

    assertThat(upload(cutline).needsReview()).isFalse();
  }

  private Cutline open() {
    return world.open(world.builder().captioner("fake", captioner).labels(boat));
  }

  private static ImageRecord upload(Cutline cutline) {
    return cutline.upload(Upload.builder("alice", World.PIXEL).build());
  }

  private void says(String text) {
    captioner.answers(request -> reply(text));
  }

  private static CaptionReply reply(String text) {
    CaptionReply.Builder reply = CaptionReply.builder("fake-1");
    for (CaptionStyle style : CaptionStyle.values()) {
      reply.text(style, text);
    }
    return reply.build();
  }
}
