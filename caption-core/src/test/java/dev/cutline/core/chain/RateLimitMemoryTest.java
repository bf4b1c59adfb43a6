package dev.cutline.core.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.CaptionException;
import dev.cutline.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitMemoryTest {
  private final ManualTime time = new ManualTime();
  private final RateLimitMemory memory = new RateLimitMemory(time);

  @Test
  void remembersNothingAtFirst() {
    assertThat(memory.remaining()).isEmpty();
  }

  @Test
  void countsDownToTheMomentThatTheServerNamed() {
    memory.note(limited(Duration.ofSeconds(30)));

    assertThat(memory.remaining()).contains(Duration.ofSeconds(30));
    time.pass(Duration.ofSeconds(29));
    assertThat(memory.remaining()).contains(Duration.ofSeconds(1));
    time.pass(Duration.ofSeconds(1));
    assertThat(memory.remaining()).isEmpty();
  }

  @Test
  void keepsTheLongerOfTwoTimes() {
    memory.note(limited(Duration.ofSeconds(30)));
    memory.note(limited(Duration.ofSeconds(5)));

    assertThat(memory.remaining()).contains(Duration.ofSeconds(30));
  }

  @Test
  void guessesWhereTheServerNamesNoTimeAndDoublesUpToAMinute() {
    for (int expected : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      memory.note(new CaptionException(Reason.RATE_LIMITED, "slow down"));
      assertThat(memory.remaining()).contains(Duration.ofSeconds(expected));
      time.pass(Duration.ofSeconds(expected));
    }
    for (int i = 0; i < 70; i++) {
      memory.note(new CaptionException(Reason.RATE_LIMITED, "slow down"));
    }
    assertThat(memory.remaining()).contains(Duration.ofMinutes(1));
  }

  @Test
  void guessesAfreshOnceTheServerHasAnswered() {
    memory.note(new CaptionException(Reason.RATE_LIMITED, "slow down"));
    time.pass(Duration.ofSeconds(1));
    memory.answered();
    memory.note(new CaptionException(Reason.RATE_LIMITED, "slow down"));

    assertThat(memory.remaining()).contains(Duration.ofSeconds(1));
  }

  @Test
  void doesNotBelieveMoreThanAnHourNorLessThanNothing() {
    memory.note(limited(Duration.ofSeconds(Long.MIN_VALUE)));
    assertThat(memory.remaining()).isEmpty();
    memory.note(limited(Duration.ofSeconds(Long.MAX_VALUE)));
    assertThat(memory.remaining()).contains(Duration.ofHours(1));
  }

  private static CaptionException limited(Duration retryAfter) {
    return CaptionException.builder(Reason.RATE_LIMITED, "slow down")
        .retryAfter(retryAfter)
        .build();
  }
}
