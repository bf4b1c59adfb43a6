package dev.cutline.core.chain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HedgeAllowanceTest {
  @Test
  void allowsTwiceAsManyAsThePercentileExpects() {
    HedgeAllowance allowance = new HedgeAllowance(95);
    int taken = 0;

    for (int i = 0; i < 1000; i++) {
      allowance.call();
      taken += allowance.take() ? 1 : 0;
    }

    assertThat(taken).isBetween(100, 110);
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
