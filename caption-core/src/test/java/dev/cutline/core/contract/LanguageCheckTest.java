package dev.cutline.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionStyle;
import dev.cutline.LanguageTags;
import dev.cutline.Reason;
import dev.cutline.Usage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageCheckTest {
  private static final LanguageCheck CHECK = new LanguageCheck();
  private static final LanguageTable TABLE = LanguageTable.load();
  private static final List<Caption> CAPTIONS = captions();

  /** Caught, of all captions in another language; measured, and not to get worse. */
  private static final double LEAST_RECALL = 0.83;

  /** The same for English ones, which models fall back to; captions full of names included. */
  private static final double LEAST_RECALL_OF_ENGLISH = 0.87;

  @Test
  void noCaptionIsTurnedDownInItsOwnLanguage() {
    for (Caption caption : CAPTIONS) {
      assertThat(fault(caption.text(), caption.language())).as(caption.toString()).isEmpty();
    }
  }

  @Test
  void noGoodAnswerOfTheContractIsTurnedDown() throws IOException {
    OutputContractTest.answers()
        .filter(row -> !row.expected().startsWith("!"))
        .forEach(
            row -> assertThat(fault(row.expected(), row.language())).as(row.toString()).isEmpty());
  }

  @Test
  void mostCaptionsInAnotherLanguageAreCaught() {
    Set<String> asked = CAPTIONS.stream().map(Caption::language).collect(Collectors.toSet());
    int[] all = new int[2];
    int[] english = new int[2];
    int[] otherScript = new int[2];
    for (Caption caption : CAPTIONS) {
      for (String language : asked) {
        if (!caption.isShort() && canBeTold(caption.language(), language)) {
          int caught = fault(caption.text(), language).isEmpty() ? 0 : 1;
          count(all, caught);
          if (caption.language().equals("en")) {
            count(english, caught);
          }
          if (isOtherScript(caption.language(), language) && !caption.hasNames()) {
            count(otherScript, caught);
          }
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "language check: caught %d of %d, English %d of %d, in another script %d of %d%n",
        all[0],
        all[1],
        english[0],
        english[1],
        otherScript[0],
        otherScript[1]);
    assertThat(share(all)).isGreaterThan(LEAST_RECALL);
    assertThat(share(english)).isGreaterThan(LEAST_RECALL_OF_ENGLISH);
    assertThat(share(otherScript)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"da, nb", "nb, sv", "sv, da", "id, ms", "ms, id", "sr-Latn, hr"})
  void languagesThatACaptionCannotBeToldFromPass(String written, String asked) {
    for (Caption caption : CAPTIONS) {
      if (caption.language().equals(written)) {
        assertThat(fault(caption.text(), asked)).as(caption.toString()).isEmpty();
      }
    }
  }

  @Test
  void textsThatSayLittleAloneAreCaughtTogether() {
    String concise = "Selfie at sunset";
    String alt = "Cheerful Rosie under palm leaves";
    assertThat(fault(concise, "de")).isEmpty();
    assertThat(fault(alt, "de")).isEmpty();

    assertThat(CHECK.fault(List.of(concise, alt), "de")).contains("en");
  }

  @Test
  void oneTextInAnotherLanguageSpoilsTheAnswer() {
    CaptionReply reply =
        CaptionReply.builder("m")
            .text(CaptionStyle.CONCISE, "A red bus in the rain")
            .text(CaptionStyle.CREATIVE, "Der Regen trommelt auf den roten Bus und auf die Straße.")
            .text(CaptionStyle.ALT, "Ein roter Bus wartet im Regen an der Haltestelle.")
            .usage(new Usage(7, 3))
            .build();

    CaptionException failure =
        catchThrowableOfType(
            CaptionException.class,
            () -> OutputContract.check(reply, EnumSet.allOf(CaptionStyle.class), "de-AT"));

    assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_REPLY);
    assertThat(failure).hasMessage("written in en instead of de-AT");
    assertThat(failure.usage()).isEqualTo(new Usage(7, 3));
  }

  @Test
  void decorativePictureHasNoLanguage() {
    CaptionReply reply = CaptionReply.builder("m").decorative(true).build();

    assertThat(OutputContract.check(reply, Set.of(CaptionStyle.ALT), "ja").isDecorative()).isTrue();
  }

  @Property(tries = 2000)
  void captionsOfOneLanguageAreNeverTurnedDownTogether(@ForAll("answers") List<Caption> texts) {
    String language = texts.get(0).language();

    assertThat(CHECK.fault(texts.stream().map(Caption::text).toList(), language)).isEmpty();
  }

  @Property(tries = 1000)
  void whatIsWrongAloneIsWrongInCompany(
      @ForAll("text") String text,
      @ForAll("text") String company,
      @ForAll("language") String language) {
    if (fault(text, language).isPresent()) {
      assertThat(CHECK.fault(List.of(company, text), language)).isPresent();
    }
  }

  /** Captions and anything else, halves of surrogates included. */
  @Provide
  Arbitrary<String> text() {
    return Arbitraries.oneOf(Arbitraries.of(CAPTIONS).map(Caption::text), Arbitraries.strings());
  }

  @Provide
  Arbitrary<String> language() {
    return Arbitraries.of(CAPTIONS.stream().map(Caption::language).distinct().toList());
  }

  @Provide
  Arbitrary<List<Caption>> answers() {
    return language()
        .flatMap(
            language ->
                Arbitraries.of(
                        CAPTIONS.stream().filter(c -> c.language().equals(language)).toList())
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(3));
  }

  private static Optional<String> fault(String text, String language) {
    return CHECK.fault(List.of(text), language);
  }

  private static boolean canBeTold(String one, String other) {
    return !row(one).equals(row(other));
  }

  private static boolean isOtherScript(String one, String other) {
    return row(one).scripts().stream().noneMatch(row(other).scripts()::contains);
  }

  private static LanguageTable.Row row(String language) {
    return TABLE.row(LanguageTags.primary(language)).orElseThrow();
  }

  private static void count(int[] counts, int caught) {
    counts[0] += caught;
    counts[1]++;
  }

  private static double share(int[] counts) {
    return (double) counts[0] / counts[1];
  }

  private static List<Caption> captions() {
    try (InputStream file =
        LanguageCheckTest.class.getResourceAsStream("languages-of-captions.tsv")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .map(fields -> new Caption(fields[0], fields[1], fields.length > 2 ? fields[2] : ""))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A row of the table.
   *
   * @param kind n or s, as the table says, or nothing
   */
  record Caption(String language, String text, String kind) {
    boolean hasNames() {
      return kind.equals("n");
    }

    boolean isShort() {
      return kind.equals("s");
    }
  }
}
