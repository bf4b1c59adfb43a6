package dev.cutline.cli.batch;

import static dev.cutline.Outcome.OK;
import static dev.cutline.Outcome.SKIPPED;

import dev.cutline.Attempt;
import dev.cutline.cli.output.Progress;
import dev.cutline.cli.output.Result;
import dev.cutline.cli.output.Status;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts what became of the pictures of a batch. Not safe for several threads. */
final class Tally {
  private final Map<Status, Long> byStatus = new EnumMap<>(Status.class);
  private BigDecimal costUsd = BigDecimal.ZERO;
  private long pictures;
  private long before;
  private long failed;
  private @Nullable Attempt failedModel;

  /** Counts a picture; where it has several languages, the worst of them. */
  void add(Outcome outcome) {
    if (!outcome.isDone()) {
      before++;
      return;
    }
    List<Result> results = outcome.results();
    if (results.isEmpty()) {
      return;
    }
    pictures++;
    Result worst = results.get(0);
    for (Result result : results) {
      costUsd = costUsd.add(costOf(result));
      noteFallback(result);
      worst = result.status().compareTo(worst.status()) > 0 ? result : worst;
    }
    byStatus.merge(worst.status(), 1L, Long::sum);
    if (results.stream().anyMatch(result -> result.reason().isPresent())) {
      failed++;
    }
  }

  private void noteFallback(Result result) {
    if (failedModel == null && result.status() == Status.DESCRIBED) {
      failedModel =
          result.run().stream()
              .flatMap(run -> run.trail().stream())
              .filter(attempt -> attempt.outcome() != OK)
              .filter(attempt -> attempt.outcome() != SKIPPED)
              .findFirst()
              .orElse(null);
    }
  }

  /** Returns how a model failed for the first picture that was described by rule instead. */
  Optional<String> fallback() {
    return Optional.ofNullable(failedModel)
        .map(
            attempt ->
                attempt.rung()
                    + " "
                    + attempt.outcome()
                    + attempt.message().map(message -> " (" + message + ")").orElse(""));
  }

  static BigDecimal costOf(Result result) {
    return result.run().map(run -> run.costUsd()).orElse(BigDecimal.ZERO);
  }

  /** Returns how many pictures did not get all that was wanted. */
  long failed() {
    return failed;
  }

  /** Returns how many pictures somebody worked on. */
  long pictures() {
    return pictures;
  }

  /** Returns how many pictures were left as they were. */
  long before() {
    return before;
  }

  /** Returns how many pictures were described by rule in every language. */
  long described() {
    return byStatus.getOrDefault(Status.DESCRIBED, 0L);
  }

  /** Returns all of it in a line. */
  String summary(long skippedFiles, Duration elapsed) {
    List<String> parts = new ArrayList<>();
    byStatus.forEach(
        (status, count) -> parts.add(count + " " + status.name().toLowerCase(Locale.ROOT)));
    if (before > 0) {
      parts.add(before + " left as they were");
    }
    if (skippedFiles > 0) {
      parts.add(skippedFiles + (skippedFiles == 1 ? " file" : " files") + " skipped (no pictures)");
    }
    if (costUsd.signum() > 0) {
      parts.add(Progress.dollars(costUsd));
    }
    double seconds = elapsed.toMillis() / 1000.0;
    parts.add(String.format(Locale.ROOT, "%.1f s", seconds));
    if (pictures > 1 && seconds > 0) {
      parts.add(String.format(Locale.ROOT, "%.1f pictures/s", pictures / seconds));
    }
    return pictures + (pictures == 1 ? " picture: " : " pictures: ") + String.join(", ", parts);
  }
}
