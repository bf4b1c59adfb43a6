package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.Settings;
import dev.cutline.SettingsSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which sections of the settings are strange enough to be told. */
class StraysTest {
  @Test
  void aSectionThatCanBeMeantForNobodyIsNamed() {
    assertThat(strays(Map.of("cutline.provider.opnai.api-key", "k")))
        .singleElement()
        .asString()
        .startsWith("cutline.provider.opnai.*: nobody reads these keys")
        .doesNotContain("api-key");
  }

  @Test
  void aRungThatMayBeNamedTomorrowIsNoFault() {
    assertThat(
            strays(
                Map.of(
                    "cutline.provider.primary.model", "m",
                    "cutline.provider.openai.model", "m",
                    "cutline.provider.backup.type", "openai",
                    "cutline.provider.backup.model", "m",
                    "cutline.providers", "primary")))
        .isEmpty();
  }

  @Test
  void aVariableOfTheEnvironmentIsReadAsItsKey() {
    Settings settings =
        Settings.layered(
            List.of(
                SettingsSource.ofEnvironment(
                    Map.of(
                        "CUTLINE_PROVIDER_PRIMARY_API_KEY", "k",
                        "CUTLINE_PROVIDER_PRIMRY_API_KEY", "k"))));

    assertThat(Strays.of(settings, List.of("primary"), Set.of()))
        .singleElement()
        .asString()
        .startsWith("cutline.provider.primry.*");
  }

  private static List<String> strays(Map<String, String> values) {
    return Strays.of(Settings.of(values), List.of("primary"), Set.of("openai", "palette"));
  }
}
