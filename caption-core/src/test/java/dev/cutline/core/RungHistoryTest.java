package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.Attempt;
import dev.cutline.CaptionException;
import dev.cutline.CaptionRun;
import dev.cutline.ImageRecord;
import dev.cutline.Outcome;
import dev.cutline.Reason;
import dev.cutline.core.chain.Rung;
import dev.cutline.core.money.Prices;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the records of yesterday tell of a rung. */
class RungHistoryTest {
  private static final Prices DIME = Prices.builder().image(new BigDecimal("0.1")).build();

  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void outlivesTheProcessThatMadeIt() {
    FakeCaptioner model = new FakeCaptioner();
    Cutline first = open(model);
    upload(first, "a");
    upload(first, "a");
    world.pass(Duration.ofMinutes(1));
    model.fails(new CaptionException(Reason.REFUSED, "I would rather not"));
    upload(first, "b");
    first.close();

    Map<String, RungHistory> history = open(new FakeCaptioner()).history("alice");

    assertThat(history).containsOnlyKeys("model");
    RungHistory known = history.get("model");
    assertThat(known.calls()).as("an answer that was used again is no call").isEqualTo(2);
    assertThat(known.costUsd()).as("who refuses has looked").isEqualByComparingTo("0.2");
    assertThat(known.median()).isPresent();
    assertThat(known.lastFailure())
        .contains(
            new RungHistory.Failure(
                World.NOON.plusSeconds(60), Outcome.REFUSED, "I would rather not"));
    assertThat(open(model).history("bob")).isEmpty();
  }

  @Test
  void quantilesAreTimesOfAnswersThatWere() {
    List<Attempt> trail = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      trail.add(attempt(Outcome.OK, i).build());
    }
    trail.add(attempt(Outcome.TIMEOUT, 99).message("no answer").build());
    trail.add(attempt(Outcome.CANCELLED, 50).build());
    trail.add(Attempt.builder("a", "fake", Outcome.SKIPPED).message("left alone").build());

    RungHistory history = RungHistory.of(List.of(record(trail))).get("a");

    assertThat(history.median()).contains(Duration.ofMillis(10));
    assertThat(history.p95()).contains(Duration.ofMillis(19));
    assertThat(history.calls()).isEqualTo(22);
    assertThat(history.lastFailure().orElseThrow().outcome()).isEqualTo(Outcome.TIMEOUT);
  }

  @Test
  void aRungThatNeverAnsweredHasNoTimes() {
    RungHistory history =
        RungHistory.of(List.of(record(List.of(attempt(Outcome.UNAVAILABLE, 5).build())))).get("a");

    assertThat(history.median()).isEmpty();
    assertThat(history.p95()).isEmpty();
    assertThat(history.lastFailure().orElseThrow().message()).isEmpty();
  }

  private static Attempt.Builder attempt(Outcome outcome, int milliseconds) {
    return Attempt.builder("a", "fake", outcome)
        .elapsed(Duration.ofMillis(milliseconds))
        .sentSha256("00");
  }

  private ImageRecord record(List<Attempt> trail) {
    ImageRecord record = upload(world.process(), "x");
    return record.toBuilder()
        .runs(List.of(CaptionRun.builder("en", Instant.EPOCH).trail(trail).build()))
        .build();
  }

  private Cutline open(FakeCaptioner model) {
    return world.open(
        world.builder().rung(Rung.builder("model", "fake", model).prices(DIME).build()));
  }

  private static ImageRecord upload(Cutline cutline, String context) {
    return cutline.upload(Upload.builder("alice", World.PIXEL).context(context).build());
  }
}
