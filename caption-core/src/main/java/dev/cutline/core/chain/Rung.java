package dev.cutline.core.chain;

import dev.cutline.Capabilities;
import dev.cutline.Captioner;
import dev.cutline.Usage;
import dev.cutline.core.money.Prices;
import dev.cutline.core.money.TokenEstimate;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One step of a {@link CaptionChain}: a captioner with its name, its time and its price. What it
 * has learnt at run time (a server that asked to wait, calls under way) belongs to the chain, so
 * one rung may stand in several chains. Immutable; does not close the captioner, which stays with
 * whoever made it.
 */
public final class Rung {
  private static final double NEVER = 100;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*");

  private final String name;
  private final String type;
  private final Captioner captioner;
  private final Capabilities capabilities;
  private final String fingerprint;
  private final Duration timeout;
  private final @Nullable Duration firstTimeout;
  private final int maxConcurrency;
  private final boolean breaker;
  private final double hedge;
  private final Prices prices;
  private final TokenEstimate tokens;
  private final @Nullable BigDecimal dailyBudget;
  private final OnRefused onRefused;

  private Rung(Builder builder) {
    this.name = builder.name;
    this.type = builder.type;
    this.captioner = builder.captioner;
    this.capabilities = builder.captioner.capabilities();
    this.fingerprint = builder.captioner.fingerprint();
    this.timeout = builder.timeout;
    this.firstTimeout = builder.firstTimeout;
    this.maxConcurrency = builder.maxConcurrency;
    this.breaker = builder.breaker;
    this.hedge = builder.hedge;
    this.prices = builder.prices;
    this.tokens = builder.tokens;
    this.dailyBudget = builder.dailyBudget;
    this.onRefused = builder.onRefused;
  }

  /**
   * Starts a rung with a timeout of 20 s, no longer one for the first call, no limit of concurrent
   * calls, a breaker, no hedging, no prices, and a stop when the model refuses.
   *
   * @param name as in the settings, for example {@code primary}: {@code [a-z][a-z0-9]*}
   * @param type of the provider, for example {@code openai}
   * @throws IllegalArgumentException if the name is not of that form or the type is blank
   */
  public static Builder builder(String name, String type, Captioner captioner) {
    return new Builder(name, type, captioner);
  }

  public String name() {
    return name;
  }

  public String type() {
    return type;
  }

  public Captioner captioner() {
    return captioner;
  }

  /** Returns what its captioner takes and gives, as it said when this rung was built. */
  public Capabilities capabilities() {
    return capabilities;
  }

  /** Returns the captioner's fingerprint, as it said when this rung was built. */
  public String fingerprint() {
    return fingerprint;
  }

  /** Returns the most time that this rung gets for one request, a second try included. */
  public Duration timeout() {
    return timeout;
  }

  /** Returns the timeout of the first call of this process; empty if it is like any other. */
  public Optional<Duration> firstTimeout() {
    return Optional.ofNullable(firstTimeout);
  }

  /** Returns how many calls may be under way at once; empty if there is no limit. */
  public OptionalInt maxConcurrency() {
    return maxConcurrency == Integer.MAX_VALUE
        ? OptionalInt.empty()
        : OptionalInt.of(maxConcurrency);
  }

  /** Tells whether it is left alone for a time when it does not work. */
  public boolean hasBreaker() {
    return breaker;
  }

  /**
   * Returns past which percentile of its own latencies the next rung is asked as well; empty if it
   * never is.
   */
  public OptionalDouble hedge() {
    return hedge == NEVER ? OptionalDouble.empty() : OptionalDouble.of(hedge);
  }

  public Prices prices() {
    return prices;
  }

  /**
   * Tells whether it is known what a call costs: it has prices, or it runs on this machine, or no
   * model is asked.
   */
  public boolean isCostKnown() {
    return prices.isKnown() || capabilities.isLocal() || !capabilities.isModel();
  }

  /**
   * Returns the tokens that a call will take, before it is made; none where no model is asked.
   *
   * @param pixels of the picture as it is sent
   * @param contextLength characters of what the user tells
   * @param styles how many texts are asked for
   */
  public Usage estimate(double pixels, int contextLength, int styles) {
    return capabilities.isModel() ? tokens.of(pixels, contextLength, styles) : Usage.NONE;
  }

  /** Returns US dollars that may be spent on it on one day, in UTC; empty if there is no limit. */
  public Optional<BigDecimal> dailyBudget() {
    return Optional.ofNullable(dailyBudget);
  }

  public OnRefused onRefused() {
    return onRefused;
  }

  @Override
  public String toString() {
    return name + " (" + type + ")";
  }

  /** What the chain does when this rung will not describe a picture. */
  public enum OnRefused {
    /** Asks nobody else. */
    STOP,
    /** Asks the next rung. */
    NEXT
  }

  /** Builds a {@link Rung}. Not safe for several threads. */
  public static final class Builder {
    private final String name;
    private final String type;
    private final Captioner captioner;
    private Duration timeout = Duration.ofSeconds(20);
    private @Nullable Duration firstTimeout;
    private int maxConcurrency = Integer.MAX_VALUE;
    private boolean breaker = true;
    private double hedge = NEVER;
    private Prices prices = Prices.NONE;
    private TokenEstimate tokens = TokenEstimate.usual();
    private @Nullable BigDecimal dailyBudget;
    private OnRefused onRefused = OnRefused.STOP;

    private Builder(String name, String type, Captioner captioner) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "name of a rung: \"" + name + "\" does not match " + NAME.pattern());
      }
      if (type.isBlank()) {
        throw new IllegalArgumentException("type of rung " + name + ": blank");
      }
      this.name = name;
      this.type = type;
      this.captioner = Objects.requireNonNull(captioner, "captioner");
    }

    /**
     * Sets the most time that this rung gets for one request, a second try included; never more
     * than what is left of the chain's deadline. Default: 20 s.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder timeout(Duration timeout) {
      this.timeout = positive(timeout, "timeout");
      return this;
    }

    /**
     * Sets the timeout until the first call of this process has ended: local servers load their
     * model then. It too is never more than what is left of the chain's deadline, so raise that one
     * along with it. Default: none, the first call is like any other.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder firstTimeout(@Nullable Duration firstTimeout) {
      this.firstTimeout = firstTimeout == null ? null : positive(firstTimeout, "firstTimeout");
      return this;
    }

    /**
     * Sets how many calls may be under way at once. Further requests wait their turn, at most this
     * rung's timeout, and then go on to the next rung. A server that says that there are too many
     * gets fewer, until it answers again. Default: no limit but that one.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder maxConcurrency(int maxConcurrency) {
      if (maxConcurrency < 1) {
        throw new IllegalArgumentException(
            "maxConcurrency of rung " + name + " is at least 1, not " + maxConcurrency);
      }
      this.maxConcurrency = maxConcurrency;
      return this;
    }

    /**
     * Sets whether a breaker keeps requests from this rung while it does not work. It opens after 3
     * calls in a row that ended in {@link dev.cutline.Reason#UNAVAILABLE} or {@link
     * dev.cutline.Reason#TIMEOUT}, or when half of the last 20 ended in one of these, in {@link
     * dev.cutline.Reason#INTERNAL} or in {@link dev.cutline.Reason#MALFORMED_REPLY}. It lets one
     * call through after 5 s; each that fails doubles the time to the next, up to 60 s. A call that
     * its request's deadline cut off before four fifths of this rung's timeout, of the chain's
     * deadline or of what is usual for the rung counts for half of the part of that time that it
     * had, and only in a row. {@link dev.cutline.Reason#UNAUTHORIZED}, or three times {@link
     * dev.cutline.Reason#MISCONFIGURED} in a row, opens it for 5 minutes. Default: yes.
     */
    public Builder breaker(boolean breaker) {
      this.breaker = breaker;
      return this;
    }

    /**
     * Sets past which percentile of this rung's own latencies the next model rung that is ready is
     * asked as well. The first good answer wins, and the other call is cancelled; what it cost
     * until then stands in the trail. 95 sends about one request in twenty twice, and never more
     * than six in a hundred, also where this rung becomes slow as a whole. It begins after 20
     * answers of this rung. Default: never.
     *
     * @param percentile 50 to 99.9
     * @throws IllegalArgumentException if it is not
     */
    public Builder hedge(double percentile) {
      if (!(percentile >= 50 && percentile <= 99.9)) {
        throw new IllegalArgumentException(
            "hedge of rung " + name + " is 50 to 99.9, not " + percentile);
      }
      this.hedge = percentile;
      return this;
    }

    /** Sets what a call costs. Default: nobody knows, and it counts as nothing. */
    public Builder prices(Prices prices) {
      this.prices = Objects.requireNonNull(prices, "prices");
      return this;
    }

    /** Sets how the tokens of a call are guessed before it is made. Default: as is usual. */
    public Builder tokens(TokenEstimate tokens) {
      this.tokens = Objects.requireNonNull(tokens, "tokens");
      return this;
    }

    /**
     * Sets how much may be spent on this rung on one day, in UTC, in US dollars; past that, the
     * next rung is asked. Calls under way may cost more than was estimated for them, and the sum
     * that much more than this; one that was given up counts as estimated, because its server may
     * charge for it. Needs {@link CaptionChain.Builder#budgets}. Default: no limit.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder dailyBudget(@Nullable BigDecimal dollars) {
      if (dollars != null && dollars.signum() <= 0) {
        throw new IllegalArgumentException(
            "daily budget of rung " + name + " is positive, not " + dollars);
      }
      this.dailyBudget = dollars;
      return this;
    }

    /** Sets what happens when the model refuses. Default: {@link OnRefused#STOP}. */
    public Builder onRefused(OnRefused onRefused) {
      this.onRefused = Objects.requireNonNull(onRefused, "onRefused");
      return this;
    }

    /**
     * Returns the rung.
     *
     * @throws IllegalArgumentException if it has a budget and no prices: nothing would be counted
     */
    public Rung build() {
      if (dailyBudget != null && prices.areZero()) {
        throw new IllegalArgumentException(
            "rung " + name + " has a daily budget, and no prices to count by");
      }
      return new Rung(this);
    }

    private Duration positive(Duration time, String what) {
      if (time.isNegative() || time.isZero()) {
        throw new IllegalArgumentException(what + " of rung " + name + " is positive, not " + time);
      }
      return time;
    }
  }
}
