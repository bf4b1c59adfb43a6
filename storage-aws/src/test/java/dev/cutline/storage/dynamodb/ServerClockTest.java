package dev.cutline.storage.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.RateLimiter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Whose time rate limits go by. */
class ServerClockTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @Test
  void believesTheMachineWithinFiveSeconds() {
    for (String date : new String[] {"12:00:05", "11:59:55", "12:00:00"}) {
      ServerClock clock = new ServerClock(() -> NOW);
      clock.observe(answer("Sat, 21 Nov 2026 " + date + " GMT"));
      assertThat(clock.instant()).isEqualTo(NOW);
    }
  }

  @Test
  void believesDynamoDbBeyondThat() {
    ServerClock clock = new ServerClock(() -> NOW);
    clock.observe(answer("Sat, 21 Nov 2026 13:00:00 GMT"));
    assertThat(clock.instant()).isEqualTo(NOW.plusSeconds(3600));
    clock.observe(answer("Sat, 21 Nov 2026 13:00:01 GMT"));
    assertThat(clock.instant()).as("does not jump").isEqualTo(NOW.plusSeconds(3600));
    clock.observe(answer("Sat, 21 Nov 2026 12:00:01 GMT"));
    assertThat(clock.instant()).as("once the machine is right").isEqualTo(NOW);
  }

  @Test
  void anAnswerWithoutDateTellsNothing() {
    ServerClock clock = new ServerClock(() -> NOW);
    clock.observe(SdkHttpResponse.builder().statusCode(200).build());
    clock.observe(answer("yesterday"));
    assertThat(clock.instant()).isEqualTo(NOW);
  }

  @Test
  void aMachineWhoseClockIsWrongGetsNoMoreThanTheOthers() {
    String table = Tables.fresh();
    RateLimiter right = limiter(table, InstantSource.system());
    RateLimiter fast = limiter(table, () -> Instant.now().plus(Duration.ofHours(5)));
    RateLimiter slow = limiter(table, () -> Instant.now().minus(Duration.ofHours(5)));
    int served = 0;
    for (int i = 0; i < 6; i++) {
      for (RateLimiter limiter : new RateLimiter[] {right, fast, slow}) {
        served += limiter.tryAcquire("alice").allowed() ? 1 : 0;
      }
    }
    assertThat(served).isEqualTo(6);
    assertThat(right.tryAcquire("alice").retryAfter()).isLessThan(Duration.ofMinutes(11));
  }

  private static RateLimiter limiter(String table, InstantSource clock) {
    return DynamoDbRateLimiter.builder(Tables.CLIENT, table, 6, Duration.ofHours(1))
        .machineClock(clock)
        .open();
  }

  private static SdkHttpResponse answer(String date) {
    return SdkHttpResponse.builder().statusCode(200).putHeader("Date", date).build();
  }
}
