package dev.cutline.core.chain;

import dev.cutline.Reason;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps requests from a rung that does not work, so that an outage costs one call an interval and
 * not a timeout each.
 *
 * <ul>
 *   <li>It opens after 3 calls in a row that ended in {@link Reason#UNAVAILABLE} or {@link
 *       Reason#TIMEOUT}, or when half of the last 20 failed: in one of these, in {@link
 *       Reason#INTERNAL} or in {@link Reason#MALFORMED_REPLY}. The latter two count in no row, and
 *       end one: 3 of them may be due to one picture, 10 of 20 are not.
 *   <li>A call that its request cut off before it had a fair time says little, and nothing alone:
 *       it counts for half of the part of that time that it had, and only in a row. Requests in a
 *       hurry thus open it once they have waited for six fair times together, and nobody was
 *       answered meanwhile.
 *   <li>After 5 s it lets one call through, a probe. A probe that is answered closes it; one that
 *       fails keeps it open for twice as long as before, at most 60 s; one that was cut off, or
 *       overtaken by a hedge, keeps it open as long as before.
 *   <li>What only a person can mend opens it for 5 minutes: {@link Reason#UNAUTHORIZED} at once,
 *       {@link Reason#MISCONFIGURED} after 3 in a row, for one may be due to one picture. A probe
 *       that meets either keeps it open as long.
 * </ul>
 *
 * <p>Every other end of a call is an answer: the server works, whatever it said. Calls that were
 * under way when it opened count no more. Thread-safe.
 */
final class Breaker {
  private static final int IN_A_ROW = 3;
  private static final Duration FIRST_INTERVAL = Duration.ofSeconds(5);
  private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(60);
  private static final Duration UNTIL_MENDED = Duration.ofMinutes(5);

  private final Time time;
  private final boolean on;
  private final Announcer announcer;
  private final RecentOutcomes recent = new RecentOutcomes();
  private double failedInARow;
  private int misconfiguredInARow;

  /** Null while it is closed. */
  private @Nullable Outage outage;

  /** Counts openings and closings, so that a call can be told from those of another time. */
  private int era;

  /** What happened and was not announced yet. */
  private @Nullable Change change;

  /**
   * @param on whether it ever opens
   * @param announcer is told when it opens or closes, on the thread that ends a call
   */
  Breaker(Time time, boolean on, Announcer announcer) {
    this.time = time;
    this.on = on;
    this.announcer = announcer;
  }

  /** Asks to make a call. Whoever gets a permit has to end it. */
  synchronized Optional<Permit> enter() {
    if (outage == null) {
      return Optional.of(new Permit(era, false));
    }
    if (outage.probing || left(outage).isPresent()) {
      return Optional.empty();
    }
    outage.probing = true;
    return Optional.of(new Permit(era, true));
  }

  /** Returns why no call is let through now; empty if one is. */
  synchronized Optional<Refusal> refusal() {
    if (outage == null) {
      return Optional.empty();
    }
    Optional<Duration> left = left(outage);
    return outage.probing || left.isPresent()
        ? Optional.of(new Refusal(outage.cause, left.orElse(null)))
        : Optional.empty();
  }

  /** Returns how it stands. */
  synchronized View view() {
    if (outage == null) {
      return new View(BreakerState.CLOSED, null);
    }
    return new View(
        outage.probing || left(outage).isEmpty() ? BreakerState.PROBING : BreakerState.OPEN,
        outage.cause);
  }

  /** Announces outside the lock: a listener may take its time, or ask how this stands. */
  private void announce() {
    Change due;
    synchronized (this) {
      due = change;
      change = null;
    }
    if (due != null) {
      announcer.changed(due);
    }
  }

  private Optional<Duration> left(Outage since) {
    Duration left = Duration.ofNanos(since.until - time.nanos());
    return left.isNegative() || left.isZero() ? Optional.empty() : Optional.of(left);
  }

  private synchronized void answered(Permit permit) {
    if (permit.era != era) {
      return;
    }
    failedInARow = 0;
    misconfiguredInARow = 0;
    if (permit.probe) {
      outage = null;
      change = new Change(BreakerState.CLOSED, null, Duration.ZERO, true);
      recent.clear();
      era++;
    } else {
      recent.add(false);
    }
  }

  private synchronized void failed(Permit permit, Reason reason) {
    if (permit.era != era || !on) {
      return;
    }
    if (!isFailure(reason)) {
      answered(permit);
    } else if (outage != null) {
      open(reason, next(outage, reason));
    } else {
      countFailure(reason);
    }
  }

  private synchronized void cutOff(Permit permit, double part) {
    if (permit.era != era || !on) {
      return;
    }
    if (outage != null) {
      open(outage.cause, outage.interval);
    } else {
      failedInARow += part / 2;
      if (failedInARow >= IN_A_ROW) {
        open(Reason.TIMEOUT, FIRST_INTERVAL);
      }
    }
  }

  private void countFailure(Reason reason) {
    if (reason == Reason.UNAUTHORIZED) {
      open(reason, UNTIL_MENDED);
    } else if (reason == Reason.MISCONFIGURED) {
      failedInARow = 0;
      if (++misconfiguredInARow >= IN_A_ROW) {
        open(reason, UNTIL_MENDED);
      }
    } else {
      misconfiguredInARow = 0;
      recent.add(true);
      failedInARow = isOutage(reason) ? failedInARow + 1 : 0;
      if (failedInARow >= IN_A_ROW || recent.halfFailed()) {
        open(reason, FIRST_INTERVAL);
      }
    }
  }

  /** Nobody knows what would have come of the call: a probe may be made again at once. */
  private synchronized void abandoned(Permit permit) {
    if (permit.era == era && outage != null) {
      outage.probing = false;
    }
  }

  private static Duration next(Outage outage, Reason reason) {
    if (isForAPerson(reason)) {
      return UNTIL_MENDED;
    }
    Duration doubled = outage.interval.multipliedBy(2);
    return doubled.compareTo(LONGEST_INTERVAL) < 0 ? doubled : LONGEST_INTERVAL;
  }

  private void open(Reason cause, Duration interval) {
    change = new Change(BreakerState.OPEN, cause, interval, outage != null);
    outage = new Outage(cause, interval, time.nanos() + interval.toNanos());
    era++;
  }

  private static boolean isFailure(Reason reason) {
    return isOutage(reason)
        || isForAPerson(reason)
        || reason == Reason.INTERNAL
        || reason == Reason.MALFORMED_REPLY;
  }

  private static boolean isOutage(Reason reason) {
    return reason == Reason.UNAVAILABLE || reason == Reason.TIMEOUT;
  }

  private static boolean isForAPerson(Reason reason) {
    return reason == Reason.UNAUTHORIZED || reason == Reason.MISCONFIGURED;
  }

  /**
   * Why a call is not let through.
   *
   * @param cause what opened the breaker
   * @param left until a probe is let through; null while one is under way
   */
  record Refusal(Reason cause, @Nullable Duration left) {
    /** Of a breaker that was open a moment ago and may let calls through by now. */
    static final Refusal PAST = new Refusal(Reason.UNAVAILABLE, null);
  }

  /**
   * How it stands.
   *
   * @param cause what opened it; null while it is closed
   */
  record View(BreakerState state, @Nullable Reason cause) {}

  /**
   * What became of it.
   *
   * @param state open or closed
   * @param cause what keeps it open; null if it has closed
   * @param interval for how long no call is let through; zero if it has closed
   * @param byProbe whether it was open before
   */
  record Change(BreakerState state, @Nullable Reason cause, Duration interval, boolean byProbe) {}

  /** Is told what became of a breaker. */
  @FunctionalInterface
  interface Announcer {
    void changed(Change change);
  }

  /** The right to make one call, to be ended once; ending it again does nothing. Thread-safe. */
  final class Permit {
    private final int era;
    private final boolean probe;
    private boolean ended;

    private Permit(int era, boolean probe) {
      this.era = era;
      this.probe = probe;
    }

    /** Notes that the server answered. */
    void answered() {
      if (end()) {
        Breaker.this.answered(this);
        announce();
      }
    }

    /** Notes how the call failed. */
    void failed(Reason reason) {
      if (end()) {
        Breaker.this.failed(this, reason);
        announce();
      }
    }

    /**
     * Notes that the time of the request was up, or that a hedge was faster.
     *
     * @param part of a fair time that the call had, 0 to 1; 1 is a failure like any other, 0 counts
     *     in no row
     */
    void timedOut(double part) {
      if (part >= 1) {
        failed(Reason.TIMEOUT);
      } else if (end()) {
        cutOff(this, part);
        announce();
      }
    }

    /** Notes that the call was given up for no fault of the server, or never made. */
    void abandoned() {
      if (end()) {
        Breaker.this.abandoned(this);
      }
    }

    private synchronized boolean end() {
      boolean first = !ended;
      ended = true;
      return first;
    }
  }

  private static final class Outage {
    private final Reason cause;
    private final Duration interval;
    private final long until;
    private boolean probing;

    private Outage(Reason cause, Duration interval, long until) {
      this.cause = cause;
      this.interval = interval;
      this.until = until;
    }
  }
}
