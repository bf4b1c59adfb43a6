package dev.cutline.core.chain;

import static dev.cutline.core.chain.ScriptedCaptioner.answers;
import static dev.cutline.core.chain.ScriptedCaptioner.fails;
import static dev.cutline.core.chain.ScriptedCaptioner.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a rung's answers do to the number of calls that it gets at once. */
class ChainConcurrencyTest {
  private final ChainBed bed = new ChainBed();

  @AfterEach
  void endThreads() throws InterruptedException {
    bed.time.wakeEverybody();
  }

  @Test
  void serverThatHasTooManyGetsFewer() {
    RungState rung = rung(fails(Reason.RATE_LIMITED, Duration.ofHours(1)));
    enter(rung, 3);

    assertThatThrownBy(() -> ask(rung)).isInstanceOf(CaptionException.class);

    assertThat(rung.concurrency().allowed()).as("seven in ten of four").isEqualTo(2);
  }

  @Test
  void otherFailuresLeaveTheNumberAsItIs() {
    RungState rung = rung(fails(Reason.UNAVAILABLE));
    enter(rung, 3);

    assertThatThrownBy(() -> ask(rung)).isInstanceOf(CaptionException.class);

    assertThat(rung.concurrency().allowed()).isEqualTo(4);
  }

  @Test
  void serverThatAnswersInFullUseGetsMore() {
    RungState rung = rung(answers("A cat"));
    List<ConcurrencyLimit.Turn> turns = enter(rung, 4);
    rung.concurrency().tooMany(turns.get(0));
    turns.forEach(turn -> rung.concurrency().exit());
    enter(rung, 1);

    ask(rung);
    assertThat(rung.concurrency().allowed()).isEqualTo(2);
    ask(rung);
    assertThat(rung.concurrency().allowed()).isEqualTo(3);
  }

  private RungState rung(ScriptedCaptioner.Line line) {
    return new RungState(
        Rung.builder("a", "typea", model(line)).maxConcurrency(4).build(),
        bed.time,
        new Listeners(List.of()));
  }

  private CaptionReply ask(RungState rung) {
    ChainParts parts =
        new ChainParts(
            bed.time,
            Calls.on(bed.time.executor()),
            new CountingFitter(),
            new Backoff(() -> 0.5),
            new Flights(),
            new Listeners(List.of()),
            null,
            null);
    return new ChainRun(
            parts,
            List.of(rung),
            bed.request().build(),
            ChainOptions.ofDefaults(),
            Duration.ofMinutes(1))
        .answer();
  }

  private static List<ConcurrencyLimit.Turn> enter(RungState rung, int times) {
    List<ConcurrencyLimit.Turn> turns = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      turns.add(rung.concurrency().enter().orElseThrow());
    }
    return turns;
  }
}
