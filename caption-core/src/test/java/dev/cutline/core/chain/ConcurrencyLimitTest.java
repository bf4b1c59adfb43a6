package dev.cutline.core.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.core.chain.ConcurrencyLimit.Turn;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitTest {
  private final ConcurrencyLimit limit = new ConcurrencyLimit(2);

  @Test
  void letsInAsManyAsItIsSetTo() {
    assertThat(come(limit.enter())).isTrue();
    assertThat(come(limit.enter())).isTrue();
    assertThat(come(limit.enter())).isFalse();
  }

  @Test
  void givesTurnsInTheOrderOfComing() {
    limit.enter();
    limit.enter();
    Turn third = limit.enter();
    Turn fourth = limit.enter();

    limit.exit();
    assertThat(come(third)).isTrue();
    assertThat(come(fourth)).isFalse();
    limit.exit();
    assertThat(come(fourth)).isTrue();
  }

  @Test
  void whoLeavesTheQueueGetsNoTurnAndHoldsNobodyUp() {
    limit.enter();
    limit.enter();
    Turn impatient = limit.enter();
    Turn patient = limit.enter();

    limit.leaveQueue(impatient);
    limit.exit();

    assertThat(come(impatient)).isFalse();
    assertThat(come(patient)).isTrue();
  }

  @Test
  void turnThatCameWhileItsOwnerLeftIsHandedOn() {
    limit.enter();
    limit.enter();
    Turn impatient = limit.enter();
    Turn patient = limit.enter();

    limit.exit();
    limit.leaveQueue(impatient);

    assertThat(come(patient)).isTrue();
  }

  @Test
  void roomThatNobodyWaitsForIsFreeAgain() {
    limit.enter();
    limit.enter();
    limit.exit();
    limit.exit();

    assertThat(come(limit.enter())).isTrue();
    assertThat(come(limit.enter())).isTrue();
    assertThat(come(limit.enter())).isFalse();
  }

  private static boolean come(Turn turn) {
    return turn.come().isDone();
  }
}
