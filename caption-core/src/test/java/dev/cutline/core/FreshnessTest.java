package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.CaptionException;
import dev.cutline.CaptionStyle;
import dev.cutline.CaptionVersion;
import dev.cutline.CaptionVersion.Author;
import dev.cutline.ImageRecord;
import dev.cutline.Reason;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which captions today's settings would have otherwise. */
class FreshnessTest {
  private final World world = new World();
  private final Cutline yesterday = open("model-a|prompt 1");
  private final ImageRecord record = yesterday.upload(Upload.builder("alice", World.PIXEL).build());

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void nothingIsStaleWhileTheSettingsStayAsTheyAre() {
    for (Cutline cutline : List.of(yesterday, open("model-a|prompt 1"))) {
      assertThat(cutline.staleness(record).isStale()).isFalse();
      assertThat(cutline.staleness(record).reasons()).isEmpty();
      assertThat(cutline.versions("alice", record.id()))
          .hasSize(3)
          .noneMatch(cutline::isStale)
          .allMatch(version -> version.origin().isPresent());
    }
  }

  @Test
  void anotherModelOrPromptMakesWhatIsThereStaleAndSaysWhoWroteIt() {
    Cutline today = open("model-b|prompt 1");

    assertThat(today.staleness(record).isStale()).isTrue();
    assertThat(today.staleness(record).reasons())
        .containsExactly("en is by fake-1 with prompt 7, which is not asked so today");
    assertThat(today.versions("alice", record.id())).allMatch(today::isStale);
    assertThat(open("model-a|prompt 2").staleness(record).isStale()).isTrue();
  }

  @Test
  void whatAnyRungOfTodayWouldWriteIsFresh() {
    Cutline today =
        world.open(
            world
                .builder()
                .captioner("fake", new FakeCaptioner().fingerprint("model-b"))
                .captioner("other", new FakeCaptioner().fingerprint("model-a|prompt 1")));

    assertThat(today.staleness(record).isStale()).isFalse();
  }

  @Test
  void theRemedyMakesItFreshAndAsksOnceOnly() {
    FakeCaptioner captioner = new FakeCaptioner().fingerprint("model-b").answers("two");
    Cutline today = world.open(world.builder().captioner("fake", captioner));

    ImageRecord mended = today.recaption("alice", record.id(), today.staleness(record).remedy());

    assertThat(today.staleness(mended).isStale()).isFalse();
    assertThat(mended.caption(CaptionStyle.CONCISE).orElseThrow()).contains("two");
    assertThat(today.versions("alice", record.id())).filteredOn(today::isStale).hasSize(3);
    today.recaption("alice", record.id(), today.staleness(record).remedy());
    assertThat(captioner.requests).as("the second time it remembers").hasSize(1);
  }

  @Test
  void theSameWordsOfAnotherModelAreFreshOnceItHasSaidThem() {
    Cutline today = open("model-b");

    ImageRecord mended = today.recaption("alice", record.id(), today.staleness(record).remedy());

    assertThat(mended.caption(CaptionStyle.CONCISE))
        .isEqualTo(record.caption(CaptionStyle.CONCISE));
    assertThat(today.staleness(mended).isStale()).isFalse();
    ImageRecord back =
        yesterday.recaption("alice", record.id(), yesterday.staleness(mended).remedy());
    assertThat(yesterday.staleness(back).isStale()).as("from memory, in the same words").isFalse();
  }

  @Test
  void whatAPersonWroteIsNeverStale() {
    Edit.Builder edit = Edit.builder();
    for (CaptionStyle style : CaptionStyle.values()) {
      edit.caption(style, "en", "My boat");
    }
    ImageRecord edited = yesterday.edit("alice", record.id(), edit.build());
    Cutline today = open("model-b");

    assertThat(today.staleness(edited).isStale()).isFalse();
    assertThat(today.versions("alice", record.id()))
        .filteredOn(today::isStale)
        .hasSize(3)
        .allMatch(version -> version.author() == Author.MODEL);
  }

  @Test
  void aLanguageOfTheSettingsThatWasNeverAskedForIsStaleUntilItIs() {
    Cutline today =
        world.open(
            world
                .builder()
                .languages(List.of("de", "en"))
                .captioner("fake", new FakeCaptioner().fingerprint("model-a|prompt 1")));

    Staleness staleness = today.staleness(record);
    assertThat(staleness.reasons()).containsExactly("de was never asked for");
    assertThat(staleness.remedy().languages()).containsExactly("de");
    ImageRecord mended = today.recaption("alice", record.id(), staleness.remedy());
    assertThat(mended.languages()).containsExactly("en", "de");
    assertThat(today.staleness(mended).isStale()).isFalse();
  }

  @Test
  void aStyleOfTheSettingsThatWasNeverAskedForIsStaleUntilItIs() {
    ImageRecord few =
        yesterday.upload(
            Upload.builder("alice", World.PIXEL).styles(EnumSet.of(CaptionStyle.ALT)).build());

    Staleness staleness = yesterday.staleness(few);
    assertThat(staleness.reasons())
        .containsExactly("concise was never asked for", "creative was never asked for");
    ImageRecord mended = yesterday.recaption("alice", few.id(), staleness.remedy());
    assertThat(mended.captions()).hasSize(3);
    assertThat(yesterday.staleness(mended).isStale()).isFalse();
  }

  @Test
  void fewerStylesAndOtherLanguagesThanBeforeMakeNothingStale() {
    Cutline today =
        world.open(
            world
                .builder()
                .styles(Set.of(CaptionStyle.ALT))
                .captioner("fake", new FakeCaptioner().fingerprint("model-a|prompt 1")));
    ImageRecord more =
        yesterday.upload(
            Upload.builder("alice", World.PIXEL).languages(List.of("en", "fr")).build());

    assertThat(today.staleness(more).isStale()).isFalse();
  }

  @Test
  void whatWasAskedForAndFailedIsUnfinishedAndNotStale() {
    FakeCaptioner failing =
        new FakeCaptioner()
            .fingerprint("model-a|prompt 1")
            .fails(new CaptionException(Reason.UNAVAILABLE, "down"));
    Cutline today = world.open(world.builder().captioner("fake", failing));
    ImageRecord pending = today.upload(Upload.builder("bob", World.PIXEL).build());

    assertThat(pending.captions()).isEmpty();
    assertThat(today.staleness(pending).isStale()).isFalse();
    assertThat(today.staleness(pending).remedy().useCache()).isFalse();
  }

  @Test
  void ofWhomNobodyNotedTheOriginTheTypeDecides() {
    CaptionVersion.Builder old =
        CaptionVersion.builder(1, CaptionStyle.ALT, "en", "A boat", Author.MODEL)
            .createdAt(World.NOON);

    assertThat(yesterday.isStale(old.provider("fake").build())).isFalse();
    assertThat(yesterday.isStale(old.provider("gone").build())).isTrue();
    assertThat(yesterday.isStale(old.provider(null).build())).isFalse();
    CaptionVersion.Builder bySomebody =
        CaptionVersion.builder(1, CaptionStyle.ALT, "en", "A boat", Author.HUMAN)
            .createdAt(World.NOON);
    assertThat(yesterday.isStale(bySomebody.provider("gone").build())).isFalse();
  }

  @Test
  void theOriginTellsNothingOfWhatItIsTheHashOf() {
    assertThat(record.captions())
        .allSatisfy(caption -> assertThat(caption.origin().orElseThrow()).matches("[0-9a-f]{16}"));
  }

  private Cutline open(String fingerprint) {
    return world.open(
        world.builder().captioner("fake", new FakeCaptioner().fingerprint(fingerprint)));
  }
}
