package dev.cutline.core.money;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.Usage;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The list as it is shipped. */
class PriceListTest {
  private final PriceList list = PriceList.load();

  @Test
  void everyRowSaysWhatItCostsSinceWhenAndWhoSaysSo() {
    assertThat(list.rows()).isNotEmpty();
    for (PriceList.Row row : list.rows()) {
      assertThat(row.prices().input()).as(row.toString()).isPositive();
      assertThat(row.prices().output()).as(row.toString()).isGreaterThan(row.prices().input());
      assertThat(row.prices().listedOn().orElseThrow())
          .as(row.toString())
          .isBetween(LocalDate.of(2025, 1, 1), LocalDate.of(2026, 11, 21));
      assertThat(row.source()).isNotBlank();
    }
  }

  @Test
  void noModelStandsThereTwice() {
    List<String> models = list.rows().stream().map(row -> row.type() + " " + row.model()).toList();

    assertThat(models).doesNotHaveDuplicates();
    assertThat(list.rows().stream().map(PriceList.Row::type).collect(Collectors.toSet()))
        .isSubsetOf(Set.of("anthropic", "openai", "gemini", "bedrock"));
  }

  @ParameterizedTest
  @CsvSource({
    "openai, gpt-6-luna, 0.10, 0.50, 2026-09-22",
    "openai, gpt-5.4-mini-2026-03-17, 0.75, 4.50, 2026-03-18",
    "anthropic, claude-haiku-4-5, 1, 5, 2026-07-29",
    "anthropic, claude-haiku-4-5-20251001, 1, 5, 2026-07-29",
    "anthropic, claude-haiku-5-5, 0.10, 0.50, 2026-11-20",
  })
  void modelsAndTheirSnapshotsAreKnown(
      String type, String model, String input, String output, String checked) {
    Prices prices = list.find(type, model).orElseThrow().prices();

    assertThat(prices.input()).isEqualByComparingTo(input);
    assertThat(prices.output()).isEqualByComparingTo(output);
    assertThat(prices.listedOn()).contains(LocalDate.parse(checked));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gpt-6-luna-pro",
        "gpt-6-lun",
        "gpt-6-luna-2026",
        "gpt-5.6-luna",
        "",
        "gpt-6-LUNA"
      })
  void whatOnlyLooksLikeOneIsNotGuessed(String model) {
    assertThat(list.find("openai", model)).isEmpty();
  }

  @Test
  void aModelOfAnotherVendorIsAnotherModel() {
    assertThat(list.find("huggingface", "gpt-6-luna")).isEmpty();
  }

  @Test
  void tokensAreCountedAsTheModelCountsThem() {
    Usage usual = TokenEstimate.usual().of(750_000, 400, 3);
    Usage wordy =
        list.find("anthropic", "claude-haiku-5-5").orElseThrow().tokens().of(750_000, 400, 3);
    Usage flat =
        list.find("gemini", "gemini-3.5-flash-lite").orElseThrow().tokens().of(750_000, 400, 3);

    assertThat(usual).isEqualTo(new Usage(1000 + 500 + 100, 140));
    assertThat(wordy).isEqualTo(new Usage(1000 + 780, 182));
    assertThat(flat).isEqualTo(new Usage(1120 + 600, 140));
  }
}
