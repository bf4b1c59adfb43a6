package dev.cutline.core.chain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentOutcomesTest {
  private final RecentOutcomes recent = new RecentOutcomes();

  @Test
  void saysNothingOfFewerThanTwenty() {
    add(true, 19);
    assertThat(recent.halfFailed()).isFalse();
    add(true, 1);
    assertThat(recent.halfFailed()).isTrue();
  }

  @Test
  void nineInTwentyAreFewerThanHalf() {
    add(true, 9);
    add(false, 11);
    assertThat(recent.halfFailed()).isFalse();
  }

  @Test
  void looksAtTheLastTwentyOnly() {
    add(true, 10);
    add(false, 10);
    assertThat(recent.halfFailed()).isTrue();
    add(false, 1);
    assertThat(recent.halfFailed()).isFalse();
    add(true, 1);
    assertThat(recent.halfFailed()).as("9 of them, for another failure has gone").isFalse();
  }

  @Test
  void countsFromNothingOnceCleared() {
    add(true, 13);
    recent.clear();
    add(true, 9);
    add(false, 11);
    assertThat(recent.halfFailed()).isFalse();
    add(false, 9);
    add(true, 9);
    assertThat(recent.halfFailed()).isFalse();
    add(true, 1);
    assertThat(recent.halfFailed()).isTrue();
  }

  private void add(boolean failed, int times) {
    for (int i = 0; i < times; i++) {
      recent.add(failed);
    }
  }
}
