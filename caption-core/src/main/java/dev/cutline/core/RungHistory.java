package dev.cutline.core;

import dev.cutline.Attempt;
import dev.cutline.CaptionRun;
import dev.cutline.ImageRecord;
import dev.cutline.Outcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the records tell of a rung: its calls for an owner's newest pictures, as the trails of their
 * last runs have them. Unlike {@link dev.cutline.core.chain.RungStatus}, which knows one process
 * only, it outlives restarts. Of a picture that was captioned again only the last run in each
 * language is there. Immutable.
 */
public final class RungHistory {
  private final long calls;
  private final List<Duration> answers;
  private final BigDecimal costUsd;
  private final @Nullable Failure lastFailure;

  private RungHistory(Gathering gathered) {
    this.calls = gathered.calls;
    Collections.sort(gathered.answers);
    this.answers = List.copyOf(gathered.answers);
    this.costUsd = gathered.costUsd;
    this.lastFailure = gathered.lastFailure;
  }

  /** Returns the history of each rung that these records know, by its name. */
  static Map<String, RungHistory> of(Iterable<ImageRecord> records) {
    Map<String, Gathering> gathered = new LinkedHashMap<>();
    for (ImageRecord record : records) {
      for (CaptionRun run : record.runs()) {
        for (Attempt attempt : run.trail()) {
          gathered.computeIfAbsent(attempt.rung(), name -> new Gathering()).add(attempt, run.at());
        }
      }
    }
    Map<String, RungHistory> histories = new LinkedHashMap<>();
    gathered.forEach((name, each) -> histories.put(name, new RungHistory(each)));
    return Collections.unmodifiableMap(histories);
  }

  /** Returns how often it was called, well or not; answers that were used again do not count. */
  public long calls() {
    return calls;
  }

  /** Returns the median of its answers' times; empty if there is no answer. */
  public Optional<Duration> median() {
    return quantile(50);
  }

  /** Returns a time that 95 in 100 of its answers did not exceed; empty if there is no answer. */
  public Optional<Duration> p95() {
    return quantile(95);
  }

  /** Returns US dollars that these calls cost. */
  public BigDecimal costUsd() {
    return costUsd;
  }

  /** Returns its last call that failed; empty if none did. */
  public Optional<Failure> lastFailure() {
    return Optional.ofNullable(lastFailure);
  }

  /** Returns the time of the answer that this many in 100 do not come after. */
  private Optional<Duration> quantile(int percent) {
    return answers.isEmpty()
        ? Optional.empty()
        : Optional.of(answers.get((answers.size() * percent + 99) / 100 - 1));
  }

  @Override
  public String toString() {
    return calls + " calls, " + answers.size() + " answers, " + costUsd.toPlainString();
  }

  /**
   * A call that failed.
   *
   * @param at when its run ended
   * @param outcome why
   * @param message in one line; may be empty
   */
  public record Failure(Instant at, Outcome outcome, String message) {}

  private static final class Gathering {
    private final List<Duration> answers = new ArrayList<>();
    private long calls;
    private BigDecimal costUsd = BigDecimal.ZERO;
    private @Nullable Failure lastFailure;

    void add(Attempt attempt, Instant at) {
      if (attempt.outcome() == Outcome.SKIPPED || attempt.sentSha256().isEmpty()) {
        return; // nothing was sent
      }
      calls++;
      costUsd = costUsd.add(attempt.costUsd());
      if (attempt.outcome() == Outcome.OK) {
        answers.add(attempt.elapsed());
      } else if (attempt.outcome() != Outcome.CANCELLED
          && (lastFailure == null || !at.isBefore(lastFailure.at()))) {
        lastFailure = new Failure(at, attempt.outcome(), attempt.message().orElse(""));
      }
    }
  }
}
