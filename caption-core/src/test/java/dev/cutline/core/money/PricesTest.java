package dev.cutline.core.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cutline.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PricesTest {
  private static final BigDecimal MINUS = new BigDecimal("-0.01");

  @Test
  void chargesTokensPicturesAndTimeTogether() {
    Prices prices =
        Prices.builder()
            .input(new BigDecimal("3"))
            .output(new BigDecimal("15"))
            .image(new BigDecimal("0.001"))
            .hour(new BigDecimal("1.8"))
            .build();

    BigDecimal cost = prices.cost(new Usage(1600, 90), 1, Duration.ofSeconds(2));

    // 0.0048 + 0.00135 + 0.001 + 0.001
    assertThat(cost).isEqualByComparingTo("0.00815");
  }

  @Test
  void roundsUpToABillionth() {
    Prices prices = Prices.builder().input(new BigDecimal("0.0004")).build();

    assertThat(prices.cost(new Usage(1, 0), 0, Duration.ZERO)).isEqualByComparingTo("0.000000001");
  }

  @Test
  void chargesNothingByDefault() {
    assertThat(Prices.NONE.cost(new Usage(5, 5), 1, Duration.ofHours(1)))
        .isEqualTo(BigDecimal.ZERO);
  }

  @Test
  void writesRoundAmountsWithoutAnExponent() {
    Prices prices = Prices.builder().image(BigDecimal.TEN).build();

    assertThat(prices.cost(Usage.NONE, 10, Duration.ZERO)).hasToString("100");
  }

  @Test
  void refusesNegativePricesAndNamesThem() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Prices.builder().input(MINUS))
        .withMessage("price of input is not negative: -0.01");
    assertThatIllegalArgumentException().isThrownBy(() -> Prices.builder().output(MINUS));
    assertThatIllegalArgumentException().isThrownBy(() -> Prices.builder().image(MINUS));
    assertThatIllegalArgumentException().isThrownBy(() -> Prices.builder().hour(MINUS));
  }
}
