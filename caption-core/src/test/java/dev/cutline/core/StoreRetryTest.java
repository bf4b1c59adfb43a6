package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cutline.StoreException;
import dev.cutline.StoreException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreRetryTest {
  private final List<Duration> pauses = new ArrayList<>();
  private final List<Boolean> asked = new ArrayList<>();
  private long nanos;
  private double random = 1;
  private Duration perTry = Duration.ZERO;

  @Test
  void aStoreThatComesBackIsAskedUntilItDoes() {
    assertThat(failing(3, Kind.UNAVAILABLE)).isEqualTo("done");

    assertThat(asked).containsExactly(false, true, true, true);
    assertThat(pauses)
        .containsExactly(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400));
  }

  @Test
  void pausesAreShorterByUpToAHalfAtRandom() {
    random = 0;

    assertThat(failing(3, Kind.UNAVAILABLE)).isEqualTo("done");

    assertThat(pauses)
        .containsExactly(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(200));
  }

  @Test
  void aStoreThatStaysAwayIsAskedFourTimes() {
    assertThatThrownBy(() -> failing(4, Kind.UNAVAILABLE)).isInstanceOf(StoreException.class);

    assertThat(asked).hasSize(4);
  }

  @Test
  void aStoreThatTookLongByItselfIsNotAskedAgain() {
    perTry = Duration.ofMillis(9_901);

    assertThatThrownBy(() -> failing(1, Kind.UNAVAILABLE)).isInstanceOf(StoreException.class);
    assertThat(pauses).isEmpty();

    perTry = Duration.ofMillis(9_900);
    assertThat(failing(1, Kind.UNAVAILABLE)).isEqualTo("done");
  }

  @Test
  void whatDoesNotPassIsNotTriedAgain() {
    for (Kind kind : List.of(Kind.FULL, Kind.DENIED, Kind.CORRUPT)) {
      asked.clear();
      assertThatThrownBy(() -> failing(1, kind)).isInstanceOf(StoreException.class);
      assertThat(asked).as("%s", kind).hasSize(1);
    }
  }

  @Test
  void anInterruptEndsTheWaitAndStays() {
    StoreRetry retry =
        new StoreRetry(
            pause -> {
              throw new InterruptedException();
            },
            () -> nanos,
            () -> random);

    Throwable thrown =
        catchThrowable(
            () ->
                retry.run(
                    again -> {
                      asked.add(again);
                      throw new StoreException(Kind.UNAVAILABLE, "gone");
                    }));

    assertThat(thrown).hasMessage("gone");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(asked).hasSize(1);
  }

  private String failing(int times, Kind kind) {
    int before = asked.size();
    return new StoreRetry(
            pause -> {
              pauses.add(pause);
              nanos += pause.toNanos();
            },
            () -> nanos,
            () -> random)
        .run(
            again -> {
              asked.add(again);
              nanos += perTry.toNanos();
              if (asked.size() - before <= times) {
                throw new StoreException(kind, "gone");
              }
              return "done";
            });
  }
}
