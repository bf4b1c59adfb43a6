package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionState;
import dev.cutline.CaptionStyle;
import dev.cutline.CaptionVersion;
import dev.cutline.CaptionVersion.Author;
import dev.cutline.ImageRecord;
import dev.cutline.Label;
import dev.cutline.Reason;
import dev.cutline.StoreException;
import dev.cutline.VersionConflictException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Which captions are shown, and what becomes of them when models, rules and persons write one after
 * the other.
 */
class CaptionVersionsTest {
  private final World world = new World();
  private final FakeCaptioner captioner = new FakeCaptioner();
  private final Cutline cutline = world.open(world.builder().captioner("fake", captioner));

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aNewerAnswerOfAModelIsShownAndTheOlderOneStaysAVersion() {
    String id = upload().id();
    world.pass(Duration.ofMinutes(1));
    captioner.answers("two");

    ImageRecord record = cutline.recaption("alice", id, Recaption.ofDefaults());

    assertThat(record.caption(CaptionStyle.CONCISE)).contains("Boat number two on calm water");
    assertThat(record.lastCaptionNumber()).isEqualTo(6);
    assertThat(record.updatedAt()).isEqualTo(World.NOON.plusSeconds(60));
    assertThat(cutline.versions("alice", id))
        .extracting(CaptionVersion::number)
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(record.captions()).extracting(CaptionVersion::number).containsExactly(4L, 5L, 6L);
  }

  @Test
  void aPersonsTextIsShownWhateverModelsWriteLater() {
    String id = upload().id();
    ImageRecord edited = edit(id, CaptionStyle.CONCISE, "My boat");
    assertThat(edited.caption(CaptionStyle.CONCISE)).contains("My boat");

    captioner.answers("two");
    ImageRecord again = cutline.recaption("alice", id, Recaption.ofDefaults());

    assertThat(again.caption(CaptionStyle.CONCISE)).contains("My boat");
    assertThat(again.caption(CaptionStyle.CREATIVE).orElseThrow()).contains("two");
    assertThat(again.caption(CaptionStyle.CONCISE, "en").orElseThrow().author())
        .isEqualTo(Author.HUMAN);
    assertThat(cutline.versions("alice", id))
        .as("the model's words are kept too")
        .anyMatch(v -> v.style() == CaptionStyle.CONCISE && v.text().contains("two"));
  }

  @Test
  void aNewerTextOfAPersonTakesThePlaceOfAnOlderOne() {
    String id = upload().id();
    edit(id, CaptionStyle.CONCISE, "My boat");

    assertThat(edit(id, CaptionStyle.CONCISE, "Our boat").caption(CaptionStyle.CONCISE))
        .contains("Our boat");
  }

  @Test
  void aDecorativePictureHasAnEmptyAltText() {
    String id = upload().id();

    ImageRecord record = edit(id, CaptionStyle.ALT, "  ");

    CaptionVersion alt = record.caption(CaptionStyle.ALT, "en").orElseThrow();
    assertThat(alt.text()).isEmpty();
    assertThat(alt.isDecorative()).isTrue();
    assertThat(record.altText()).isEmpty();
  }

  @Test
  void revertShowsAnEarlierTextAsAPersonsDecision() {
    String id = upload().id();
    captioner.answers("two");
    cutline.recaption("alice", id, Recaption.ofDefaults());

    ImageRecord reverted = cutline.revert("alice", id, 1);

    CaptionVersion shown = reverted.caption(CaptionStyle.CONCISE, "en").orElseThrow();
    assertThat(shown.text()).isEqualTo("Boat number one on calm water");
    assertThat(shown.author()).isEqualTo(Author.HUMAN);
    assertThat(shown.number()).isEqualTo(7);
    captioner.answers("three");
    ImageRecord again = cutline.recaption("alice", id, Recaption.ofDefaults());
    assertThat(again.caption(CaptionStyle.CONCISE)).contains("Boat number one on calm water");
    assertThat(again.caption(CaptionStyle.ALT).orElseThrow()).contains("three");
  }

  @Test
  void revertToWhatIsShownAlreadyHoldsItFast() {
    String id = upload().id();
    ImageRecord held = cutline.revert("alice", id, 1);
    assertThat(held.caption(CaptionStyle.CONCISE, "en").orElseThrow().author())
        .isEqualTo(Author.HUMAN);

    assertThat(cutline.revert("alice", id, 1)).as("nothing more to do").isEqualTo(held);
  }

  @Test
  void revertToAVersionThatIsNotThereIsRefused() {
    String id = upload().id();

    assertThatThrownBy(() -> cutline.revert("alice", id, 99))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("99");
  }

  @Test
  void aFailedRecaptionSpoilsNothing() {
    ImageRecord before = upload();
    captioner.fails(new CaptionException(Reason.REFUSED, "not this one"));

    ImageRecord after = cutline.recaption("alice", before.id(), Recaption.ofDefaults());

    assertThat(after.captions()).isEqualTo(before.captions());
    assertThat(after.captionState()).isEqualTo(CaptionState.CAPTIONED);
    assertThat(after.run("en").orElseThrow().failure()).contains(Reason.REFUSED);
    assertThat(after.runs()).as("the last run of each language").hasSize(1);
  }

  @Test
  void aDescriptionByRuleDoesNotTakeThePlaceOfAModelsText() {
    FakeCaptioner rule = FakeCaptioner.byRule();
    rule.answers("rule");
    Cutline both =
        world.open(world.builder().captioner("fake", captioner).captioner("palette", rule));
    ImageRecord before = both.upload(Upload.builder("alice", World.PIXEL).build());
    captioner.fails(new CaptionException(Reason.UNAVAILABLE, "down"));

    ImageRecord after = both.recaption("alice", before.id(), Recaption.ofDefaults());

    assertThat(after.captions()).isEqualTo(before.captions());
    assertThat(after.captionState()).isEqualTo(CaptionState.CAPTIONED);
    assertThat(after.run("en").orElseThrow().provider()).contains("palette");
    assertThat(both.versions("alice", before.id())).hasSize(6);
  }

  @Test
  void aModelsTextTakesThePlaceOfADescriptionByRule() {
    FakeCaptioner rule = FakeCaptioner.byRule();
    Cutline byRule = world.open(world.builder().captioner("palette", rule));
    ImageRecord before = byRule.upload(Upload.builder("alice", World.PIXEL).build());
    assertThat(before.captionState()).isEqualTo(CaptionState.DESCRIBED);

    captioner.answers("model");
    ImageRecord after = cutline.recaption("alice", before.id(), Recaption.ofDefaults());

    assertThat(after.captionState()).isEqualTo(CaptionState.CAPTIONED);
    assertThat(after.caption(CaptionStyle.CONCISE).orElseThrow()).contains("model");
  }

  @Test
  void aNewerDescriptionByRuleTakesThePlaceOfAnOlderOneOfARungThatIsGone() {
    Cutline old = world.open(world.builder().captioner("olden", FakeCaptioner.byRule()));
    ImageRecord before = old.upload(Upload.builder("alice", World.PIXEL).build());
    FakeCaptioner rule = FakeCaptioner.byRule();
    rule.answers("new");
    Cutline now = world.open(world.builder().captioner("palette", rule));

    ImageRecord after = now.recaption("alice", before.id(), Recaption.ofDefaults());

    assertThat(after.caption(CaptionStyle.CONCISE).orElseThrow()).contains("new");
    assertThat(after.captionState()).isEqualTo(CaptionState.DESCRIBED);
  }

  @Test
  void oneLanguageMayFailWhileAnotherIsThere() {
    captioner.answers(
        request -> {
          if (request.language().equals("de")) {
            throw new CaptionException(Reason.UNAVAILABLE, "no German today");
          }
          return FakeCaptioner.reply(request, "one");
        });

    ImageRecord record =
        cutline.upload(Upload.builder("alice", World.PIXEL).languages(List.of("en", "de")).build());

    assertThat(record.captionState()).isEqualTo(CaptionState.PENDING);
    assertThat(record.caption(CaptionStyle.CONCISE)).isPresent();
    assertThat(record.run("en").orElseThrow().failure()).isEmpty();
    assertThat(record.run("de").orElseThrow().failure()).contains(Reason.UNAVAILABLE);
    assertThat(cutline.versions("alice", record.id()))
        .extracting(CaptionVersion::language)
        .containsExactly("en", "en", "en");

    captioner.answers(
        request -> {
          assertThat(request.language()).as("English is remembered").isEqualTo("de");
          return CaptionReply.builder("fake-1")
              .text(CaptionStyle.CONCISE, "Ein Boot auf ruhigem Wasser")
              .text(CaptionStyle.CREATIVE, "Ein Boot ruht am Abend auf ruhigem Wasser.")
              .text(CaptionStyle.ALT, "Ein kleines Boot auf ruhigem Wasser")
              .build();
        });
    ImageRecord again =
        cutline.recaption("alice", record.id(), Recaption.builder().useCache(true).build());
    assertThat(again.captionState()).isEqualTo(CaptionState.CAPTIONED);
    assertThat(again.lastCaptionNumber())
        .as("what is known already is no new version")
        .isEqualTo(6);
  }

  @Test
  void recaptionMayAddStylesAndLanguages() {
    ImageRecord before =
        cutline.upload(
            Upload.builder("alice", World.PIXEL).styles(Set.of(CaptionStyle.CONCISE)).build());

    ImageRecord after =
        cutline.recaption(
            "alice",
            before.id(),
            Recaption.builder().styles(Set.of(CaptionStyle.ALT)).languages(List.of("FR")).build());

    assertThat(after.styles()).isEqualTo(EnumSet.of(CaptionStyle.CONCISE, CaptionStyle.ALT));
    assertThat(after.languages()).containsExactly("en", "fr");
    assertThat(after.caption(CaptionStyle.ALT, "fr")).isPresent();
    assertThat(after.caption(CaptionStyle.CONCISE, "en")).isPresent();
  }

  @Test
  void recaptionAsksForLabelsOnlyWhereThereAreNone() {
    FakeDetector detector = FakeDetector.finding(Label.of("Boat", 0.9));
    Cutline labelling = world.open(world.builder().captioner("fake", captioner).labels(detector));
    String unlabelled = upload().id();

    labelling.recaption("alice", unlabelled, Recaption.ofDefaults());
    ImageRecord twice = labelling.recaption("alice", unlabelled, Recaption.ofDefaults());

    assertThat(detector.requests).hasSize(1);
    assertThat(twice.labels()).hasSize(1);
    assertThat(captioner.requests.get(2).labels()).hasSize(1);
  }

  @Test
  void recaptionOfAPictureWhoseOriginalIsLostSaysSo() {
    ImageRecord record = upload();
    world.images.delete(ObjectKeys.of("alice", record.id(), Rendition.ORIGINAL, record.format()));

    assertThatThrownBy(() -> cutline.recaption("alice", record.id(), Recaption.ofDefaults()))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.CORRUPT))
        .hasMessageContaining("original.jpg");
  }

  @Test
  void aPersonWhoEditsWhileTheModelThinksWins() {
    ImageRecord before = upload();
    captioner.answers(
        request -> {
          edit(before.id(), CaptionStyle.CONCISE, "My boat");
          cutline.edit(
              "alice", before.id(), Edit.builder().title("Title").tags(List.of("tag")).build());
          return FakeCaptioner.reply(request, "two");
        });

    ImageRecord after = cutline.recaption("alice", before.id(), Recaption.ofDefaults());

    assertThat(after.caption(CaptionStyle.CONCISE)).contains("My boat");
    assertThat(after.caption(CaptionStyle.ALT).orElseThrow()).contains("two");
    assertThat(after.title()).contains("Title");
    assertThat(after.tags()).containsExactly("tag");
    assertThat(cutline.versions("alice", before.id()))
        .extracting(CaptionVersion::number)
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
  }

  @Test
  void aPictureThatIsDeletedWhileTheModelThinksStaysDeleted() {
    AtomicReference<String> id = new AtomicReference<>();
    captioner.answers(
        request -> {
          id.set(world.stored("alice").get(0).id());
          cutline.delete("alice", id.get());
          return FakeCaptioner.reply(request, "one");
        });

    assertThatThrownBy(this::upload).isInstanceOf(NotFoundException.class);

    assertThat(cutline.find("alice", id.get())).isEmpty();
    world.assertSettled("alice");
  }

  @Test
  void manyWhoEditAtOnceLoseNothing() {
    String id = upload().id();
    List<CompletableFuture<ImageRecord>> edits =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> edit(id, CaptionStyle.CONCISE, "text " + i)))
            .toList();
    edits.forEach(CompletableFuture::join);

    assertThat(cutline.versions("alice", id))
        .filteredOn(v -> v.author() == Author.HUMAN)
        .extracting(CaptionVersion::text)
        .containsExactlyInAnyOrder(
            "text 0", "text 1", "text 2", "text 3", "text 4", "text 5", "text 6", "text 7");
  }

  @Test
  void anEditExpectsTheVersionThatItSaw() {
    ImageRecord seen = upload();
    cutline.edit("alice", seen.id(), Edit.builder().title("first").build());

    assertThatThrownBy(
            () ->
                cutline.edit(
                    "alice",
                    seen.id(),
                    Edit.builder().title("second").expectedVersion(seen.version()).build()))
        .isInstanceOf(VersionConflictException.class);
    ImageRecord now = cutline.find("alice", seen.id()).orElseThrow();
    assertThat(now.title()).contains("first");
    assertThat(
            cutline
                .edit(
                    "alice",
                    seen.id(),
                    Edit.builder().title("third").expectedVersion(now.version()).build())
                .title())
        .contains("third");
  }

  @Test
  void anEditChangesWhatItNamesAndClearsWhatItEmpties() {
    ImageRecord record =
        cutline.upload(
            Upload.builder("alice", World.PIXEL)
                .title("title")
                .description("description")
                .tags(List.of("tag"))
                .build());

    ImageRecord nothing = cutline.edit("alice", record.id(), Edit.builder().build());
    assertThat(nothing).as("not even written").isEqualTo(record);

    ImageRecord cleared =
        cutline.edit(
            "alice",
            record.id(),
            Edit.builder().title(" ").description("").tags(List.of()).build());
    assertThat(cleared.title()).isEmpty();
    assertThat(cleared.description()).isEmpty();
    assertThat(cleared.tags()).isEmpty();
    assertThat(cleared.captions()).isEqualTo(record.captions());
  }

  @Test
  void aPersonsTextSettlesThatSomebodyHasLooked() {
    ImageRecord record = upload();
    world.records.update(record.toBuilder().needsReview(true).build(), List.of());

    ImageRecord titled = cutline.edit("alice", record.id(), Edit.builder().title("x").build());
    assertThat(titled.needsReview()).isTrue();
    assertThat(edit(record.id(), CaptionStyle.ALT, "A boat").needsReview()).isFalse();
  }

  @Test
  void aPersonMayCaptionWhatNoModelWould() {
    captioner.fails(new CaptionException(Reason.REFUSED, "no"));
    ImageRecord record = upload();
    assertThat(record.captionState()).isEqualTo(CaptionState.FAILED);

    edit(record.id(), CaptionStyle.CONCISE, "My boat");
    edit(record.id(), CaptionStyle.CREATIVE, "My boat at dusk.");
    assertThat(edit(record.id(), CaptionStyle.ALT, "A boat").captionState())
        .isEqualTo(CaptionState.CAPTIONED);
  }

  @Test
  void anEditTakesOneTextForEachStyleAndLanguage() {
    Edit.Builder builder = Edit.builder().caption(CaptionStyle.ALT, "EN", "one");

    assertThatThrownBy(() -> builder.caption(CaptionStyle.ALT, "en", "two"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.caption(CaptionStyle.CONCISE, "en", " "))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.caption(CaptionStyle.CONCISE, "english!", "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(builder.caption(CaptionStyle.ALT, "de", "zwei").build().captions()).hasSize(2);
  }

  private ImageRecord upload() {
    return cutline.upload(Upload.builder("alice", World.PIXEL).build());
  }

  private ImageRecord edit(String id, CaptionStyle style, String text) {
    return cutline.edit("alice", id, Edit.builder().caption(style, "en", text).build());
  }
}
