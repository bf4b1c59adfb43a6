package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.Captioner;
import dev.cutline.InvalidSettingsException;
import dev.cutline.Settings;
import dev.cutline.core.chain.Rung;
import dev.cutline.core.money.Prices;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each key of a rung's section becomes. */
class RungSettingsTest {
  private final Captioner captioner = new FakeCaptioner();

  @Test
  void hedgesPastThePercentileThatIsSet() {
    assertThat(rung(Map.of("cutline.provider.a.hedge", "95")).hedge()).hasValue(95);
    assertThat(rung(Map.of()).hedge()).isEmpty();
  }

  @Test
  void percentileIsOneThatSaysSomething() {
    assertThatThrownBy(() -> rung(Map.of("cutline.provider.a.hedge", "5")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("cutline.provider.a.hedge")
        .hasMessageContaining("50");
  }

  @Test
  void breakerIsOnUnlessSwitchedOff() {
    assertThat(rung(Map.of()).hasBreaker()).isTrue();
    assertThat(rung(Map.of("cutline.provider.a.breaker", "false")).hasBreaker()).isFalse();
  }

  @Test
  void aPriceThatNobodySetIsTheVendorsOfSomeDay() {
    Rung rung = rung(openai(Map.of()));

    assertThat(rung.prices().input()).isEqualByComparingTo("0.10");
    assertThat(rung.prices().output()).isEqualByComparingTo("0.50");
    assertThat(rung.prices().listedOn()).contains(LocalDate.of(2026, 9, 22));
    assertThat(rung.isCostKnown()).isTrue();
  }

  @Test
  void aPriceThatIsSetWinsOverTheVendors() {
    Rung input = rung(openai(Map.of("cutline.provider.a.price.input", "0.08")));
    Rung both =
        rung(
            openai(
                Map.of(
                    "cutline.provider.a.price.input", "0",
                    "cutline.provider.a.price.output", "0")));

    assertThat(input.prices().input()).isEqualByComparingTo("0.08");
    assertThat(input.prices().output()).isEqualByComparingTo("0.50");
    assertThat(input.prices().listedOn()).as("the other one is the vendor's").isPresent();
    assertThat(both.prices().areZero()).isTrue();
    assertThat(both.prices().listedOn()).isEmpty();
    assertThat(both.isCostKnown()).as("free, as somebody said").isTrue();
  }

  @Test
  void aServerElsewhereHasNoPriceUnlessSomebodySaysSo() {
    Map<String, String> endpoint = Map.of("cutline.provider.a.endpoint", "http://10.0.0.1:8000/v1");
    Map<String, String> dialect = Map.of("cutline.provider.a.dialect", "openrouter");
    Map<String, String> hour =
        Map.of(
            "cutline.provider.a.endpoint", "http://10.0.0.1:8000/v1",
            "cutline.provider.a.price.hour", "1.2");

    assertThat(rung(openai(endpoint)).prices()).isSameAs(Prices.NONE);
    assertThat(rung(openai(dialect)).prices()).isSameAs(Prices.NONE);
    assertThat(rung(openai(dialect)).isCostKnown()).isFalse();
    assertThat(rung(openai(hour)).prices().hour()).isEqualByComparingTo("1.2");
    assertThat(rung(openai(hour)).prices().input()).isZero();
    assertThat(rung(openai(Map.of("cutline.provider.a.dialect", "OpenAI"))).isCostKnown()).isTrue();
  }

  @Test
  void aBudgetMayCountByTheVendorsPrice() {
    assertThat(rung(openai(Map.of("cutline.provider.a.daily-budget", "2.5"))).dailyBudget())
        .contains(new BigDecimal("2.5"));
  }

  @Test
  void aReferenceThatLeadsNowhereIsTheProvidersToTell() {
    Rung rung =
        rung(
            Map.of(
                "cutline.provider.a.type", "openai",
                "cutline.provider.a.model", "env:NO_SUCH_VARIABLE_OF_OURS"));

    assertThat(rung.prices()).isSameAs(Prices.NONE);
  }

  private static Map<String, String> openai(Map<String, String> more) {
    Map<String, String> values = new HashMap<>(more);
    values.put("cutline.provider.a.type", "openai");
    values.put("cutline.provider.a.model", "gpt-6-luna");
    return values;
  }

  private Rung rung(Map<String, String> values) {
    Problems problems = new Problems();
    RungSettings settings = RungSettings.read(Settings.of(values), "a", problems);
    problems.raise();
    return settings.rung(captioner);
  }
}
