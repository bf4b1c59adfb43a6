package dev.cutline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptionRequestTest {
  private static final ImageData IMAGE = ImageData.of(new byte[] {1}, ImageFormat.PNG, 1, 1);

  @Test
  void startsWithEverythingInEnglish() {
    CaptionRequest request = CaptionRequest.builder(IMAGE).build();

    assertThat(request.styles()).containsExactly(CaptionStyle.values());
    assertThat(request.language()).isEqualTo("en");
    assertThat(request.context()).isEmpty();
    assertThat(request.labels()).isEmpty();
    assertThat(request.deadline().remaining())
        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));
    assertThat(request.isCancelled()).isFalse();
  }

  @Test
  void keepsEverythingInABuilderOfItsOwn() {
    Cancellation cancellation = new Cancellation();
    CaptionRequest request =
        CaptionRequest.builder(IMAGE)
            .styles(Set.of(CaptionStyle.ALT))
            .language("PT-br")
            .context("a dog")
            .labels(List.of(Label.of("Dog", 0.9)))
            .deadline(Deadline.after(Duration.ofHours(1)))
            .cancellation(cancellation)
            .build();

    CaptionRequest copy = request.toBuilder().build();

    assertThat(copy).usingRecursiveComparison().isEqualTo(request);
    assertThat(copy.language()).isEqualTo("pt-BR");
    AtomicInteger ran = new AtomicInteger();
    copy.onCancel(ran::incrementAndGet);
    cancellation.cancel();
    assertThat(ran).hasValue(1);
    assertThat(request.isCancelled()).isTrue();
  }

  @Test
  void doesNotChangeWithWhatItWasMadeOf() {
    EnumSet<CaptionStyle> styles = EnumSet.of(CaptionStyle.ALT);
    CaptionRequest request = CaptionRequest.builder(IMAGE).styles(styles).context("  ").build();
    styles.add(CaptionStyle.CREATIVE);

    assertThat(request.styles()).containsExactly(CaptionStyle.ALT);
    assertThat(request.context()).isEmpty();
    assertThatThrownBy(() -> request.styles().add(CaptionStyle.CONCISE))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(request).hasToString("[ALT] in en of PNG 1x1, 1 bytes");
  }

  @Test
  void wantsAtLeastOneStyle() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CaptionRequest.builder(IMAGE).styles(Set.of()));
  }

  @ParameterizedTest
  @CsvSource({"en, en", "DE, de", "PT-br, pt-BR", "zh-hant-tw, zh-Hant-TW", "FI, fi", "ID, id"})
  void spellsLanguagesAsBcp47Does(String tag, String canonical) {
    Locale before = Locale.getDefault();
    try {
      for (Locale locale : List.of(Locale.ROOT, Locale.forLanguageTag("tr-TR"))) {
        Locale.setDefault(locale);
        assertThat(LanguageTags.canonical(tag)).isEqualTo(canonical);
        assertThat(LanguageTags.primary(tag)).isEqualTo(canonical.replaceFirst("-.*", ""));
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "und", "en_US", "english language", "x-private", "e", "-", "de-"})
  void refusesWhatIsNoLanguage(String tag) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CaptionRequest.builder(IMAGE).language(tag))
        .withMessage("not a BCP 47 language tag: \"" + tag + "\"");
  }

  @Test
  void capabilitiesNameLanguagesByTheirPrimaryTagInOrder() {
    Capabilities capabilities =
        Capabilities.builder()
            .languages(Set.of("pt-BR", "DE", "en"))
            .styles(Set.of(CaptionStyle.ALT, CaptionStyle.CONCISE))
            .formats(Set.of(ImageFormat.WEBP, ImageFormat.JPEG))
            .build();

    assertThat(capabilities.languages()).containsExactly("de", "en", "pt");
    assertThat(capabilities.styles()).containsExactly(CaptionStyle.CONCISE, CaptionStyle.ALT);
    assertThat(capabilities.formats()).containsExactly(ImageFormat.JPEG, ImageFormat.WEBP);
    assertThat(capabilities.speaks("PT-pt")).isTrue();
    assertThat(capabilities.speaks("fr")).isFalse();
    assertThat(Capabilities.builder().build().speaks("fr")).isTrue();
  }

  @Test
  void capabilitiesRefuseWhatNobodyCouldMeet() {
    Capabilities.Builder builder = Capabilities.builder();

    assertThatIllegalArgumentException().isThrownBy(() -> builder.formats(Set.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.styles(Set.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxBytes(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxLongEdge(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxPixels(-1));
  }

  @Test
  void labelsAndUsageRefuseWhatMakesNoSense() {
    assertThatIllegalArgumentException().isThrownBy(() -> Label.of(" ", 0.5));
    assertThatIllegalArgumentException().isThrownBy(() -> Label.of("a", 1.01));
    assertThatIllegalArgumentException().isThrownBy(() -> Label.of("a", Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> new Usage(-1, 0));
    assertThat(new Usage(1, 2).plus(new Usage(10, 20))).isEqualTo(new Usage(11, 22));
    assertThatIllegalArgumentException().isThrownBy(() -> LabelRequest.builder(IMAGE).maxLabels(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LabelRequest.builder(IMAGE).minConfidence(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> RecordQuery.builder("a").limit(1001));
  }
}
