package dev.cutline;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A caption could not be had. The {@link #reason()} says what to do; the message is one line for a
 * person, without secrets and without the bytes of the picture.
 */
public class CaptionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final transient @Nullable Duration retryAfter;
  private final transient Usage usage;
  private final transient List<Attempt> trail;
  private final transient @Nullable String answer;

  protected CaptionException(Builder builder) {
    super(builder.message, builder.cause);
    this.reason = builder.reason;
    this.retryAfter = builder.retryAfter;
    this.usage = builder.usage;
    this.trail = builder.trail;
    this.answer = builder.answer;
  }

  public CaptionException(Reason reason, String message) {
    this(builder(reason, message));
  }

  public CaptionException(Reason reason, String message, Throwable cause) {
    this(builder(reason, message).cause(cause));
  }

  /** Starts an exception; {@code message} is one line for a person. */
  public static Builder builder(Reason reason, String message) {
    return new Builder(reason, message);
  }

  public Reason reason() {
    return reason;
  }

  /** Returns how long the server asked us to wait; empty if it did not say. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /**
   * Returns the tokens that the failed call used all the same: refusals and cut-off answers are
   * billed.
   */
  public Usage usage() {
    return usage == null ? Usage.NONE : usage;
  }

  /**
   * Returns what the model wrote where that is no answer of the form that was asked for; empty
   * unless that is why there is no caption. It may be a refusal in words: caption-core judges that.
   */
  public Optional<String> answer() {
    return Optional.ofNullable(answer);
  }

  /** Returns what was tried, in order; empty unless a chain of rungs threw this. */
  public List<Attempt> trail() {
    return trail == null ? List.of() : trail;
  }

  /** Builds a {@link CaptionException}. Not safe for several threads. */
  public static final class Builder {
    private final Reason reason;
    private final String message;
    private @Nullable Throwable cause;
    private @Nullable Duration retryAfter;
    private Usage usage = Usage.NONE;
    private List<Attempt> trail = List.of();
    private @Nullable String answer;

    private Builder(Reason reason, String message) {
      this.reason = Objects.requireNonNull(reason, "reason");
      this.message = Objects.requireNonNull(message, "message");
    }

    public Builder cause(@Nullable Throwable cause) {
      this.cause = cause;
      return this;
    }

    public Builder retryAfter(@Nullable Duration retryAfter) {
      this.retryAfter = retryAfter;
      return this;
    }

    public Builder usage(Usage usage) {
      this.usage = Objects.requireNonNull(usage, "usage");
      return this;
    }

    public Builder trail(List<Attempt> trail) {
      this.trail = List.copyOf(trail);
      return this;
    }

    /** Sets what the model wrote, whatever it is. */
    public Builder answer(@Nullable String answer) {
      this.answer = answer;
      return this;
    }

    public CaptionException build() {
      return new CaptionException(this);
    }
  }
}
