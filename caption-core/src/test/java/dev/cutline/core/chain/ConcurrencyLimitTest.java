package dev.cutline.core.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.core.chain.ConcurrencyLimit.Turn;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitTest {
  private final ConcurrencyLimit limit = new ConcurrencyLimit(2);

  @Test
  void letsInAsManyAsItIsSetTo() {
    assertThat(come(enter())).isTrue();
    assertThat(come(enter())).isTrue();
    assertThat(come(enter())).isFalse();
  }

  @Test
  void givesTurnsInTheOrderOfComing() {
    enter();
    enter();
    Turn third = enter();
    Turn fourth = enter();

    limit.exit();
    assertThat(come(third)).isTrue();
    assertThat(come(fourth)).isFalse();
    limit.exit();
    assertThat(come(fourth)).isTrue();
  }

  @Test
  void whoLeavesTheQueueGetsNoTurnAndHoldsNobodyUp() {
    enter();
    enter();
    Turn impatient = enter();
    Turn patient = enter();

    limit.leaveQueue(impatient);
    limit.exit();

    assertThat(come(impatient)).isFalse();
    assertThat(come(patient)).isTrue();
  }

  @Test
  void turnThatCameWhileItsOwnerLeftIsHandedOn() {
    enter();
    enter();
    Turn impatient = enter();
    Turn patient = enter();

    limit.exit();
    limit.leaveQueue(impatient);

    assertThat(come(patient)).isTrue();
  }

  @Test
  void roomThatNobodyWaitsForIsFreeAgain() {
    enter();
    enter();
    limit.exit();
    limit.exit();

    assertThat(come(enter())).isTrue();
    assertThat(come(enter())).isTrue();
    assertThat(come(enter())).isFalse();
  }

  @Test
  void letsNoMoreThanAThousandWait() {
    enter();
    enter();
    Turn first = enter();
    for (int i = 1; i < 1_000; i++) {
      enter();
    }
    assertThat(limit.enter()).isEmpty();
    limit.leaveQueue(first);
    assertThat(limit.enter()).isPresent();
  }

  @Test
  void allowsSevenInTenOfThoseUnderWayWhenThereAreTooMany() {
    ConcurrencyLimit free = new ConcurrencyLimit(Integer.MAX_VALUE);
    List<Turn> turns = enter(free, 10);

    free.tooMany(turns.get(0));
    free.exit();

    assertThat(free.allowed()).isEqualTo(7);
    Turn waiting = free.enter().orElseThrow();
    free.exit();
    free.exit();
    assertThat(come(waiting)).as("seven are under way").isFalse();
    free.exit();
    assertThat(come(waiting)).isTrue();
  }

  @Test
  void takesABurstOfRefusalsForOne() {
    ConcurrencyLimit free = new ConcurrencyLimit(Integer.MAX_VALUE);
    List<Turn> turns = enter(free, 10);
    for (Turn turn : turns) {
      free.tooMany(turn);
      free.exit();
    }
    assertThat(free.allowed()).isEqualTo(7);

    free.tooMany(enter(free, 7).get(6));
    assertThat(free.allowed()).isEqualTo(4);
  }

  @Test
  void alwaysAllowsOne() {
    for (int i = 0; i < 5; i++) {
      limit.tooMany(enter());
      limit.exit();
    }
    assertThat(limit.allowed()).isEqualTo(1);
    assertThat(come(enter())).isTrue();
  }

  @Test
  void allowsOneMoreAfterAsManyAnswersInFullUse() {
    ConcurrencyLimit four = new ConcurrencyLimit(4);
    List<Turn> before = enter(four, 4);
    four.tooMany(before.get(0));
    assertThat(four.allowed()).isEqualTo(2);
    for (int i = 0; i < 4; i++) {
      four.answered(before.get(i));
      four.exit();
    }
    assertThat(four.allowed()).as("by answers to calls from before").isEqualTo(2);

    List<Turn> since = enter(four, 2);
    Turn waiting = four.enter().orElseThrow();
    four.answered(since.get(0));
    assertThat(come(waiting)).isFalse();
    four.answered(since.get(1));
    assertThat(four.allowed()).isEqualTo(3);
    assertThat(come(waiting)).isTrue();
    enter(four, 10);
    for (int i = 0; i < 100; i++) {
      four.answered(waiting);
    }
    assertThat(four.allowed()).as("never more than is set").isEqualTo(4);
  }

  @Test
  void doesNotGrowByAnswersThatDidNotNeedTheRoom() {
    ConcurrencyLimit ten = new ConcurrencyLimit(10);
    ten.tooMany(enter(ten, 6).get(0));
    for (int i = 0; i < 6; i++) {
      ten.exit();
    }
    Turn turn = enter(ten, 3).get(0);
    for (int i = 0; i < 100; i++) {
      ten.answered(turn);
    }
    assertThat(ten.allowed()).isEqualTo(4);
  }

  @Test
  void needsAsManyAnswersAsAreAllowedForEachStep() {
    ConcurrencyLimit ten = new ConcurrencyLimit(10);
    ten.tooMany(enter(ten, 3).get(0));
    Turn turn = cleared(ten, 3);
    answers(ten, turn, 2);
    assertThat(ten.allowed()).isEqualTo(3);
    enter(ten, 1);
    answers(ten, turn, 2);
    assertThat(ten.allowed()).isEqualTo(3);
    ten.tooMany(turn);
    turn = cleared(ten, 3);
    assertThat(ten.allowed()).isEqualTo(2);
    answers(ten, turn, 1);
    assertThat(ten.allowed()).as("answers from before the refusal count no more").isEqualTo(2);
    answers(ten, turn, 1);
    assertThat(ten.allowed()).isEqualTo(3);
  }

  /** Ends so many calls, and begins as many as are allowed. */
  private static Turn cleared(ConcurrencyLimit limit, int underWay) {
    for (int i = 0; i < underWay; i++) {
      limit.exit();
    }
    return enter(limit, limit.allowed()).get(0);
  }

  private static void answers(ConcurrencyLimit limit, Turn turn, int times) {
    for (int i = 0; i < times; i++) {
      limit.answered(turn);
    }
  }

  private Turn enter() {
    return limit.enter().orElseThrow();
  }

  private static List<Turn> enter(ConcurrencyLimit limit, int times) {
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      turns.add(limit.enter().orElseThrow());
    }
    return turns;
  }

  private static boolean come(Turn turn) {
    return turn.come().isDone();
  }
}
