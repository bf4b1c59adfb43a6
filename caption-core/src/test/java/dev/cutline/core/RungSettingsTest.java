package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.Captioner;
import dev.cutline.InvalidSettingsException;
import dev.cutline.Settings;
import dev.cutline.core.chain.Rung;
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

  private Rung rung(Map<String, String> values) {
    Problems problems = new Problems();
    RungSettings settings = RungSettings.read(Settings.of(values), "a", problems);
    problems.raise();
    return settings.rung(captioner);
  }
}
