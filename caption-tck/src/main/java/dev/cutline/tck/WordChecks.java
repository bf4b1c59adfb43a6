package dev.cutline.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.ImageRecord;
import dev.cutline.Label;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pages of what holds words. */
abstract class WordChecks extends QueryChecks {
  WordChecks(RecordStoreContract contract) {
    super(contract);
  }

  @Test
  public void findsWordsWhereverTheyStand() {
    ImageRecord title = stored(next().title("lighthouse"));
    ImageRecord description = stored(next().description("by the Lighthouse"));
    ImageRecord tag = stored(next().tags(List.of("old lighthouse")));
    ImageRecord label = stored(next().labels(List.of(Label.of("Lighthouse", 0.9))));
    ImageRecord caption = stored(next().captions(List.of(caption("en", "A lighthouse."))));
    ImageRecord other =
        stored(next().captions(List.of(caption("en", "A tower"), caption("de", "Lighthouse"))));
    stored(next().context("lighthouse").fileName("lighthouse.jpg").notes(List.of("lighthouse")));

    assertThat(ids(text("lighthouse")))
        .containsExactlyInAnyOrder(
            title.id(), description.id(), tag.id(), label.id(), caption.id(), other.id());
  }

  @Test
  public void captionsThatAreNotShownAreNotFound() {
    ImageRecord record = stored(next().captions(List.of(caption("en", "a first text"))));
    store()
        .update(
            record.toBuilder().captions(List.of(caption("en", "a second text"))).build(),
            List.of(Samples.version(1, "first"), Samples.version(2, "second")));

    assertThat(ids(text("first"))).isEmpty();
    assertThat(ids(text("second"))).containsExactly(record.id());
  }

  @Test
  public void everyWordHasToOccurAndTheLastMayBeAStart() {
    ImageRecord record = stored(next().title("A red fox").description("jumps over fences"));

    for (String found :
        List.of(
            "red",
            "red fox",
            "fox red",
            "jumps fox",
            "red fe",
            "fox f",
            "RED OV",
            "a",
            "r",
            "red red",
            "fences fences",
            "fox jumps over a red fence")) {
      assertThat(ids(text(found))).as("<%s>", found).containsExactly(record.id());
    }
    for (String none : List.of("re fox", "ed", "red foxes", "fo red", "redfox", "blue", "red b")) {
      assertThat(ids(text(none))).as("<%s>", none).isEmpty();
    }
  }

  @Test
  public void accentsAndCaseDoNotMatter() {
    ImageRecord accents = plain("Caf\u00e9 CR\u00c8ME \u0130stanbul \uFB01sh");

    for (String found :
        List.of("cafe", "CAFE\u0301", "cr\u00e8m", "istanbul", "fish", "\uFF26ISH", "\uFB01")) {
      assertThat(ids(text(found))).as("<%s>", found).containsExactly(accents.id());
    }
  }

  @Test
  public void findsEveryScript() {
    ImageRecord chinese = plain("\u7d05\u3044\u732b\u3068\u72ac");
    ImageRecord hebrew = plain("\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd");
    ImageRecord thai = plain("\u0e41\u0e21\u0e27");
    ImageRecord greek = plain("\u039f\u03b4\u03cc\u03c2");
    ImageRecord beyond = plain("\uD835\uDC00\uD801\uDC00 gothic \uD800\uDF30");

    assertThat(ids(text("\u732b"))).containsExactly(chinese.id());
    assertThat(ids(text("\u732b\u72ac"))).containsExactly(chinese.id());
    assertThat(ids(text("\u732b \u9ce5"))).isEmpty();
    assertThat(ids(text("\u05e2\u05d5"))).containsExactly(hebrew.id());
    assertThat(ids(text("\u0e41\u0e21\u0e27"))).containsExactly(thai.id());
    assertThat(ids(text("\u039f\u03b4\u03cc"))).containsExactly(greek.id());
    assertThat(ids(text("gothic \uD800\uDF30"))).containsExactly(beyond.id());
  }

  @Test
  public void operatorsAreMereText() {
    ImageRecord words = plain("NEAR the AND not OR title:sea x-ray 100% c++ o'clock col_a");
    ImageRecord sea = plain("sea");

    for (String found :
        List.of(
            "NEAR",
            "near and",
            "AND",
            "OR",
            "NOT",
            "title:sea",
            "x-ray",
            "\"near\" \"the\"",
            "(near",
            "near)",
            "100%",
            "c++",
            "o'clock",
            "-ray",
            "+near",
            "^near",
            "{near}: the",
            "near*the",
            "NEAR(the and)",
            "near\0the",
            "col_a",
            "not near",
            "sea -the")) {
      assertThat(ids(text(found))).as("<%s>", found).containsExactly(words.id());
    }
    assertThat(ids(text("sea OR near"))).containsExactly(words.id());
    assertThat(ids(text("sea"))).containsExactly(sea.id(), words.id());
    for (String none : List.of("sea NOT near zzz", "s*a", "sea\" OR \"zzz", "n*r", "_ear", "e%")) {
      assertThat(ids(text(none))).as("<%s>", none).isEmpty();
    }
  }

  @Test
  public void aTextWithoutWordsAsksForNothing() {
    ImageRecord record = plain("title");
    for (String text : List.of("", " ", "!?", "\"", "*", "-", "\uD83D\uDE80", "\0")) {
      assertThat(ids(text(text))).as("<%s>", text).containsExactly(record.id());
    }
  }

  @Test
  public void findsVeryLongWords() {
    String word = "x".repeat(100);
    ImageRecord record = plain(word + " end");

    assertThat(ids(text(word))).containsExactly(record.id());
    assertThat(ids(text(word + " end"))).containsExactly(record.id());
    assertThat(ids(text(word.substring(0, 40)))).containsExactly(record.id());
    assertThat(ids(text(word.substring(0, 63) + "y"))).isEmpty();
    assertThat(ids(text("word ".repeat(3_000)))).isEmpty();
  }
}
