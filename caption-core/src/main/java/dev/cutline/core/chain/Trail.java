package dev.cutline.core.chain;

import dev.cutline.Attempt;
import dev.cutline.CaptionException;
import dev.cutline.Outcome;
import dev.cutline.Reason;
import dev.cutline.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was tried for one request, and what it says together if nobody answered. Thread-safe: two
 * rungs may be asked at once.
 */
final class Trail {
  private static final int LONGEST_MESSAGE = 300;

  private final List<Line> lines = new ArrayList<>();

  /** How each rung that might have answered stands, by its name, in the order of the rungs. */
  private final Map<String, Failure> failures = new LinkedHashMap<>();

  synchronized void add(Attempt attempt) {
    lines.add(new Line(() -> attempt, ChainListener.OfCall.NONE));
  }

  /**
   * Begins the line of a call under way, so that it stands in the trail, and in the order of the
   * calls, also if somebody else answers meanwhile.
   *
   * @param cancelled what it says until it {@linkplain Line#end ends}
   * @param observer is told of its end
   */
  synchronized Line begin(Supplier<Attempt> cancelled, ChainListener.OfCall observer) {
    Line line = new Line(cancelled, observer);
    lines.add(line);
    return line;
  }

  /** Notes a rung that cannot serve this request, now or later. */
  void unable(Rung rung, String why) {
    add(skipped(rung, why));
  }

  /** Notes a rung that can serve this request and was not asked all the same. */
  void notAsked(Rung rung, Reason reason, String why, @Nullable Duration retryAfter) {
    add(skipped(rung, why));
    fails(rung, new Failure(reason, why, retryAfter));
  }

  /** Ends the line of a call that was not made after all. */
  void notMade(Line line, Rung rung, Reason reason, String why) {
    line.end(skipped(rung, why));
    fails(rung, new Failure(reason, why, null));
  }

  /**
   * Notes a rung whose breaker lets no call through. That it answered others with nonsense is no
   * verdict on this picture, which was not shown to it: asking later may help.
   */
  void leftAlone(Rung rung, Breaker.Refusal refusal) {
    Duration left = refusal.left();
    String until =
        left == null ? "until one call has shown otherwise" : "for another " + seconds(left);
    Reason reason =
        refusal.cause() == Reason.MALFORMED_REPLY ? Reason.UNAVAILABLE : refusal.cause();
    notAsked(rung, reason, "does not work and is left alone " + until, left);
  }

  /** Notes how a rung failed; replaces what it did before. The attempt is noted apart. */
  void failed(Rung rung, CaptionException failure) {
    fails(
        rung,
        new Failure(
            failure.reason(), oneLine(failure.getMessage()), failure.retryAfter().orElse(null)));
  }

  private synchronized void fails(Rung rung, Failure failure) {
    failures.put(rung.name(), failure);
  }

  synchronized List<Attempt> attempts() {
    List<Attempt> attempts = new ArrayList<>(lines.size());
    for (Line line : lines) {
      attempts.add(line.attempt());
    }
    return attempts;
  }

  static Usage usage(List<Attempt> attempts) {
    Usage sum = Usage.NONE;
    for (Attempt attempt : attempts) {
      sum = sum.plus(attempt.usage());
    }
    return sum;
  }

  static BigDecimal costUsd(List<Attempt> attempts) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Attempt attempt : attempts) {
      sum = sum.add(attempt.costUsd());
    }
    return sum;
  }

  /** Returns {@code failure} with this trail. */
  CaptionException stop(CaptionException failure) {
    return exception(failure.reason(), oneLine(failure.getMessage()), null, failure);
  }

  /** Returns that nobody waits any more. */
  CaptionException givenUp(Reason reason, String why) {
    return exception(reason, why, null, null);
  }

  /**
   * Returns why nobody answered. A reason that passes comes before one that does not, because then
   * asking again later can help, whatever is wrong with the other rungs; among equals the first
   * rung speaks, because it is the one that the user wants most.
   */
  synchronized CaptionException nobodyAnswered() {
    if (failures.isEmpty()) {
      return exception(
          Reason.MISCONFIGURED, "no rung can serve this request: " + skips(), null, null);
    }
    return nobodyAnswered(
        failures.values().stream()
            .map(Failure::reason)
            .filter(Reason::isPassing)
            .findFirst()
            .orElseGet(() -> failures.values().iterator().next().reason()));
  }

  /** Returns why nobody answered, for a reason that comes before all others. */
  synchronized CaptionException nobodyAnswered(Reason reason) {
    Duration retryAfter =
        failures.values().stream()
            .map(Failure::retryAfter)
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder())
            .orElse(null);
    String message =
        failures.entrySet().stream()
            .map(each -> each.getKey() + " " + each.getValue())
            .collect(Collectors.joining("; "));
    return exception(reason, "no rung answered: " + message, retryAfter, null);
  }

  /** Returns the text in one line of bearable length: it comes from a server. */
  static String oneLine(@Nullable String text) {
    String line = text == null ? "" : text.replaceAll("[\\s\\p{Cc}\\p{Zl}\\p{Zp}]+", " ").strip();
    if (line.codePointCount(0, line.length()) <= LONGEST_MESSAGE) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, LONGEST_MESSAGE - 1)) + "…";
  }

  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }

  private String skips() {
    return attempts().stream()
        .map(each -> each.rung() + " " + each.message().orElse(""))
        .collect(Collectors.joining("; "));
  }

  private CaptionException exception(
      Reason reason, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    List<Attempt> attempts = attempts();
    return CaptionException.builder(reason, message)
        .cause(cause)
        .retryAfter(retryAfter)
        .usage(usage(attempts))
        .trail(attempts)
        .build();
  }

  private static Attempt skipped(Rung rung, String why) {
    return Attempt.builder(rung.name(), rung.type(), Outcome.SKIPPED).message(why).build();
  }

  /** One line, which may change until its call is over. Thread-safe. */
  static final class Line {
    private final ChainListener.OfCall observer;
    private volatile Supplier<Attempt> attempt;

    private Line(Supplier<Attempt> attempt, ChainListener.OfCall observer) {
      this.attempt = attempt;
      this.observer = observer;
    }

    /** Writes what came of the call. */
    void end(Attempt attempt) {
      this.attempt = () -> attempt;
      observer.over(attempt);
    }

    private Attempt attempt() {
      return attempt.get();
    }
  }

  private record Failure(Reason reason, String message, @Nullable Duration retryAfter) {
    @Override
    public String toString() {
      return reason + " (" + message + ")";
    }
  }
}
