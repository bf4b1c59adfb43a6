package dev.cutline.core.money;

import dev.cutline.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a rung charges, in US dollars. Prices change and differ by contract, so those of the
 * settings count; where they say nothing, a {@link PriceList} may know what the vendor asked on
 * some day. Immutable.
 */
public final class Prices {
  /**
   * Nobody has said what is charged: it counts as nothing, and is not {@linkplain #isKnown known}.
   */
  public static final Prices NONE = new Prices(builder(), false);

  /** Digits after the point of an amount: a billionth of a dollar, as the ledger keeps it. */
  private static final int SCALE = 9;

  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal NANOS_OF_AN_HOUR =
      BigDecimal.valueOf(Duration.ofHours(1).toNanos());

  private final BigDecimal input;
  private final BigDecimal output;
  private final BigDecimal image;
  private final BigDecimal hour;
  private final @Nullable LocalDate listedOn;
  private final boolean known;

  private Prices(Builder builder, boolean known) {
    this.listedOn = builder.listedOn;
    this.known = known;
    this.input = builder.input;
    this.output = builder.output;
    this.image = builder.image;
    this.hour = builder.hour;
  }

  /** Starts with nothing charged for anything. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns US dollars a million tokens read. */
  public BigDecimal input() {
    return input;
  }

  /** Returns US dollars a million tokens written. */
  public BigDecimal output() {
    return output;
  }

  /** Returns US dollars a picture that was looked at. */
  public BigDecimal image() {
    return image;
  }

  /** Returns US dollars an hour of waiting for the answer: endpoints rented by the hour. */
  public BigDecimal hour() {
    return hour;
  }

  /**
   * Returns the day on which the vendor asked these prices, if at least one of them is from a
   * {@linkplain PriceList list} and may have changed since; empty if the user set them all.
   */
  public Optional<LocalDate> listedOn() {
    return Optional.ofNullable(listedOn);
  }

  /** Tells whether somebody has said what is charged, be it nothing. */
  public boolean isKnown() {
    return known;
  }

  /** Returns a builder with everything of these prices. */
  public Builder toBuilder() {
    return builder().input(input).output(output).image(image).hour(hour).listedOn(listedOn);
  }

  /** Tells whether nothing is charged for anything. */
  public boolean areZero() {
    return input.signum() == 0 && output.signum() == 0 && image.signum() == 0 && hour.signum() == 0;
  }

  /**
   * Returns what a call cost in US dollars, rounded up to a billionth.
   *
   * @param usage the tokens of the call
   * @param images how many pictures the server looked at: 0 if the call failed before that
   * @param elapsed how long the call took
   */
  public BigDecimal cost(Usage usage, int images, Duration elapsed) {
    BigDecimal tokens =
        input
            .multiply(BigDecimal.valueOf(usage.inputTokens()))
            .add(output.multiply(BigDecimal.valueOf(usage.outputTokens())))
            .divide(MILLION, SCALE, RoundingMode.UP);
    BigDecimal time =
        hour.multiply(BigDecimal.valueOf(elapsed.toNanos()))
            .divide(NANOS_OF_AN_HOUR, SCALE, RoundingMode.UP);
    BigDecimal pictures = image.multiply(BigDecimal.valueOf(images));
    BigDecimal sum = tokens.add(time).add(pictures).setScale(SCALE, RoundingMode.UP);
    BigDecimal shortest = sum.stripTrailingZeros();
    return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
  }

  @Override
  public String toString() {
    return "input "
        + input
        + ", output "
        + output
        + ", image "
        + image
        + ", hour "
        + hour
        + (listedOn == null ? "" : ", listed on " + listedOn);
  }

  /** Builds {@link Prices}. Not safe for several threads. */
  public static final class Builder {
    private BigDecimal input = BigDecimal.ZERO;
    private BigDecimal output = BigDecimal.ZERO;
    private BigDecimal image = BigDecimal.ZERO;
    private BigDecimal hour = BigDecimal.ZERO;
    private @Nullable LocalDate listedOn;

    private Builder() {}

    /**
     * Sets US dollars a million tokens read.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder input(BigDecimal dollars) {
      this.input = notNegative(dollars, "input");
      return this;
    }

    /**
     * Sets US dollars a million tokens written.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder output(BigDecimal dollars) {
      this.output = notNegative(dollars, "output");
      return this;
    }

    /**
     * Sets US dollars a picture.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder image(BigDecimal dollars) {
      this.image = notNegative(dollars, "image");
      return this;
    }

    /**
     * Sets US dollars an hour.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder hour(BigDecimal dollars) {
      this.hour = notNegative(dollars, "hour");
      return this;
    }

    /**
     * Sets the day on which the vendor asked this; null: the user says so, which is the default.
     */
    public Builder listedOn(@Nullable LocalDate day) {
      this.listedOn = day;
      return this;
    }

    public Prices build() {
      return new Prices(this, true);
    }

    private static BigDecimal notNegative(BigDecimal dollars, String what) {
      if (Objects.requireNonNull(dollars, what).signum() < 0) {
        throw new IllegalArgumentException("price of " + what + " is not negative: " + dollars);
      }
      return dollars;
    }
  }
}
