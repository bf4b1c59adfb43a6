package dev.cutline.core.chain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HedgeAllowanceTest {
  @Test
  void neverHasAllowedMoreThanAFifthAboveWhatThePercentileExpects() {
    HedgeAllowance allowance = new HedgeAllowance(95);
    int taken = 0;

    for (int calls = 1; calls <= 1000; calls++) {
      allowance.call();
      taken += allowance.take() ? 1 : 0;
      assertThat(taken).isLessThanOrEqualTo((int) (0.06 * calls + 1e-9));
    }

    assertThat(taken).isBetween(59, 60);
  }

  @Test
  void savesUpTen() {
    HedgeAllowance allowance = new HedgeAllowance(95);
    for (int i = 0; i < 1000; i++) {
      allowance.call();
    }

    for (int i = 0; i < 10; i++) {
      assertThat(allowance.take()).isTrue();
    }
    assertThat(allowance.take()).isFalse();
  }
}
