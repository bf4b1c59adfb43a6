package dev.cutline.core.chain;

import static dev.cutline.core.chain.ScriptedCaptioner.answers;
import static dev.cutline.core.chain.ScriptedCaptioner.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cutline.core.money.Prices;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RungTest {
  private final ScriptedCaptioner captioner = model(answers("A cat"));

  @Test
  void hasSensibleDefaults() {
    Rung rung = Rung.builder("primary", "openai", captioner).build();

    assertThat(rung.timeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(rung.firstTimeout()).isEmpty();
    assertThat(rung.maxConcurrency()).isEmpty();
    assertThat(rung.hedge()).isEmpty();
    assertThat(rung.prices()).isSameAs(Prices.NONE);
    assertThat(rung.onRefused()).isEqualTo(Rung.OnRefused.STOP);
    assertThat(rung).hasToString("primary (openai)");
  }

  @Test
  void refusesWhatCannotBeAndNamesIt() {
    Rung.Builder rung = Rung.builder("primary", "openai", captioner);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rung.builder("My Rung", "openai", captioner))
        .withMessageContaining("\"My Rung\"");
    assertThatIllegalArgumentException().isThrownBy(() -> Rung.builder("primary", " ", captioner));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rung.timeout(Duration.ZERO))
        .withMessage("timeout of rung primary is positive, not PT0S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rung.firstTimeout(Duration.ofSeconds(-1)));
    assertThatIllegalArgumentException().isThrownBy(() -> rung.maxConcurrency(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rung.hedge(49.9))
        .withMessage("hedge of rung primary is 50 to 99.9, not 49.9");
    assertThatIllegalArgumentException().isThrownBy(() -> rung.hedge(100));
    assertThatIllegalArgumentException().isThrownBy(() -> rung.hedge(Double.NaN));
  }

  @Test
  void chainRefusesTwoRungsOfOneNameAndNoneAtAll() {
    Rung rung = Rung.builder("primary", "openai", captioner).build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> CaptionChain.builder().rung(rung).rung(rung))
        .withMessage("two rungs are named \"primary\"");
    assertThatIllegalArgumentException().isThrownBy(() -> CaptionChain.builder().build());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CaptionChain.builder().deadline(Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> CaptionChain.builder().maxThreads(0));
  }
}
