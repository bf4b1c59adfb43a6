package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.Capabilities;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionState;
import dev.cutline.CaptionStyle;
import dev.cutline.ImageRecord;
import dev.cutline.Label;
import dev.cutline.Reason;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a detector does that moderates: it flags pictures, or refuses them. */
class ModerationTest {
  private static final Label WEAPONS =
      Label.builder("Weapons", 0.88).parents(List.of("Violence", Label.MODERATION)).build();

  private final World world = new World();
  private final FakeCaptioner captioner = new FakeCaptioner();
  private final FakeDetector flagging = FakeDetector.finding(Label.of("Boat", 0.9), WEAPONS);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aFlaggedPictureIsMarkedForReviewAndNoModelIsTold() {
    ImageRecord record = upload(builder(flagging));

    assertThat(record.captionState()).isEqualTo(CaptionState.CAPTIONED);
    assertThat(record.needsReview()).isTrue();
    assertThat(record.notes()).containsExactly("review: moderation found Weapons");
    assertThat(record.labels()).contains(WEAPONS);
    assertThat(captioner.requests)
        .singleElement()
        .satisfies(request -> assertThat(request.labels()).containsExactly(Label.of("Boat", 0.9)));
  }

  @Test
  void isMarkedEvenIfCaptionsAreNotJudged() {
    assertThat(upload(builder(flagging).grounding(false)).needsReview()).isTrue();
  }

  @Test
  void aNewCaptionDoesNotTakeTheMarkAwayButAPersonDoesForGood() {
    Cutline cutline = world.open(builder(flagging));
    captioner.answers(request -> says("A dog on a boat"));
    String id = upload(cutline).id();
    captioner.answers(request -> says("A boat is moored"));

    ImageRecord again = cutline.recaption("alice", id, Recaption.ofDefaults());
    assertThat(again.needsReview()).isTrue();
    assertThat(again.notes()).contains("review: moderation found Weapons");

    Edit looked = Edit.builder().caption(CaptionStyle.CONCISE, "en", "A toy gun").build();
    assertThat(cutline.edit("alice", id, looked).needsReview()).isFalse();
    captioner.answers(request -> says("A boat lies moored"));
    assertThat(cutline.recaption("alice", id, Recaption.ofDefaults()).needsReview()).isFalse();
  }

  @Test
  void aRefusedPictureIsKeptAndNobodyIsAskedToCaptionIt() {
    FakeDetector blocking =
        FakeDetector.failing(new CaptionException(Reason.REFUSED, "blocked by moderation: Gore"));

    ImageRecord record = upload(builder(blocking));

    assertThat(captioner.requests).isEmpty();
    assertThat(record.captionState()).isEqualTo(CaptionState.FAILED);
    assertThat(record.run("en").orElseThrow().failure()).contains(Reason.REFUSED);
    assertThat(record.notes()).containsExactly("labels: REFUSED, blocked by moderation: Gore");
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"REFUSED", "INVALID_IMAGE", "IMAGE_LIMIT"},
      mode = EnumSource.Mode.EXCLUDE)
  void aPictureThatAGateCouldNotLookAtWaitsForIt(Reason reason) {
    FakeDetector gate = failing(reason).asGate();
    Cutline cutline = world.open(builder(gate));

    ImageRecord record = upload(cutline);

    assertThat(captioner.requests).isEmpty();
    assertThat(record.captionState()).isEqualTo(CaptionState.PENDING);
    assertThat(record.run("en").orElseThrow().failure().orElseThrow().isPassing()).isTrue();
    assertThat(record.notes()).containsExactly("labels: " + reason + ", no eyes");

    gate.finds(Label.of("Boat", 0.9));
    ImageRecord again = cutline.recaption("alice", record.id(), Recaption.ofDefaults());
    assertThat(again.captionState()).isEqualTo(CaptionState.CAPTIONED);
    assertThat(again.notes()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"INVALID_IMAGE", "IMAGE_LIMIT"})
  void aPictureThatAGateCannotLookAtFails(Reason reason) {
    ImageRecord record = upload(builder(failing(reason).asGate()));

    assertThat(captioner.requests).isEmpty();
    assertThat(record.captionState()).isEqualTo(CaptionState.FAILED);
    assertThat(record.run("en").orElseThrow().failure()).contains(reason);
  }

  @Test
  void nobodyPassesAGateByKeepingThePictureFromIt() {
    FakeDetector gate = FakeDetector.finding(Label.of("Boat", 0.9)).asGate();
    FakeCaptioner local = new FakeCaptioner(Capabilities.builder().local(true).build());

    ImageRecord record =
        world
            .open(world.builder().captioner("fake", local).labels(gate))
            .upload(Upload.builder("alice", World.PIXEL).localOnly(true).build());

    assertThat(gate.requests).as("it must not leave").isEmpty();
    assertThat(local.requests).isEmpty();
    assertThat(record.captionState()).isEqualTo(CaptionState.FAILED);
    assertThat(record.run("en").orElseThrow().failure()).contains(Reason.REFUSED);
    assertThat(record.notes()).singleElement().asString().startsWith("labels: REFUSED, local-only");
  }

  @Test
  void aDetectorThatIsNoGateStopsNobodyByFailing() {
    ImageRecord record = upload(builder(failing(Reason.UNAVAILABLE)));

    assertThat(record.captionState()).isEqualTo(CaptionState.CAPTIONED);
    assertThat(record.notes()).containsExactly("labels: UNAVAILABLE, no eyes");
  }

  private static FakeDetector failing(Reason reason) {
    return FakeDetector.failing(new CaptionException(reason, "no eyes"));
  }

  private static CaptionReply says(String text) {
    return CaptionReply.builder("fake-1").text(CaptionStyle.ALT, text).build();
  }

  private CutlineBuilder builder(FakeDetector detector) {
    return world.builder().captioner("fake", captioner).labels(detector);
  }

  private ImageRecord upload(CutlineBuilder builder) {
    return upload(world.open(builder));
  }

  private static ImageRecord upload(Cutline cutline) {
    return cutline.upload(
        Upload.builder("alice", World.PIXEL).styles(Set.of(CaptionStyle.ALT)).build());
  }
}
