package dev.cutline.benchmarks.failover;

import dev.cutline.benchmarks.failover.Contenders.Entry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Plays one outage with one contender after the other: a primary that works and then no longer
 * does, and a secondary that works throughout.
 */
final class Outage {
  /** How long a contender waits for either server. */
  static final Duration TIMEOUT = Duration.ofSeconds(2);

  /** How long either server takes while it works. */
  static final Duration LATENCY = Duration.ofMillis(50);

  private static final String SECONDARY = "secondary";
  private static final double REFERENCES_PER_SECOND = 10;

  private final World world;
  private final double perSecond;
  private final Duration healthy;
  private final Duration down;

  /**
   * @param perSecond requests
   * @param healthy how long everything works first, after as long a time to warm up
   * @param down how long the primary does not
   */
  Outage(World world, double perSecond, Duration healthy, Duration down) {
    this.world = world;
    this.perSecond = perSecond;
    this.healthy = healthy;
    this.down = down;
  }

  /** Returns what became of every contender while the primary behaved like this. */
  List<Outcome> play(Behaviour primary) throws Exception {
    List<Outcome> outcomes = new ArrayList<>();
    List<Entry> entries = Contenders.all();
    for (int i = 0; i < entries.size(); i++) {
      outcomes.add(play(entries.get(i), "primary-" + i, primary));
    }
    return outcomes;
  }

  private Outcome play(Entry entry, String primary, Behaviour behaviour) throws Exception {
    MockControl mock = world.mock();
    mock.program(primary, Behaviour.answer(LATENCY));
    mock.program(SECONDARY, Behaviour.answer(LATENCY));
    List<Server> servers = List.of(server(primary), server(SECONDARY));
    ExecutorService reference = Executors.newSingleThreadExecutor();
    try (Contender contender = entry.over(servers, world.question())) {
      Load.open(contender, perSecond, healthy);
      List<Sample> before = Load.open(contender, perSecond, healthy);
      mock.program(primary, behaviour);
      long start = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
      Future<List<Sample>> alone = reference.submit(this::secondaryAlone);
      List<Sample> samples = Load.open(contender, perSecond, down);
      return new Outcome(
          contender.name(), healthy, before, samples, alone.get(), start, mock.calls(primary));
    } finally {
      reference.shutdownNow();
    }
  }

  /** Asks the secondary where nobody stands before it, in the same seconds. */
  private List<Sample> secondaryAlone() throws InterruptedException {
    try (Contender bare = new BareCaptioner(server(SECONDARY), world.question())) {
      return Load.open(bare, REFERENCES_PER_SECOND, down);
    }
  }

  private Server server(String rung) {
    return new Server(world.mock().rung(rung), TIMEOUT);
  }

  /**
   * What became of one contender.
   *
   * @param healthy how long everything worked before
   * @param before the requests of that time
   * @param samples the requests while the primary was down
   * @param alone requests of the secondary alone in the same time
   * @param startMicros when that began, since 1970
   * @param calls when the primary was called in that time, since 1970
   */
  record Outcome(
      String contender,
      Duration healthy,
      List<Sample> before,
      List<Sample> samples,
      List<Sample> alone,
      long startMicros,
      List<Long> calls) {

    /**
     * Returns the requests begun before anyone can have known: within the timeout and a quarter.
     */
    List<Sample> atFirst() {
      return samples.stream().filter(sample -> !isSettled(sample)).toList();
    }

    /** Returns the requests begun when whoever learns from an outage has had time to. */
    List<Sample> settled() {
      return samples.stream().filter(Outcome::isSettled).toList();
    }

    /** Returns how many requests got no caption. */
    int failed() {
      return (int) samples.stream().filter(sample -> !sample.isGood()).count();
    }

    /** Returns when the primary was called, in seconds since it went down. */
    List<Double> callSeconds() {
      List<Double> seconds = new ArrayList<>();
      for (long call : calls) {
        seconds.add((call - startMicros) / 1e6);
      }
      return seconds;
    }

    private static boolean isSettled(Sample sample) {
      return sample.second() >= 1.25 * TIMEOUT.toMillis() / 1000;
    }
  }
}
