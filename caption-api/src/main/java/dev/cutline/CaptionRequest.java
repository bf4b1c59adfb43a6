package dev.cutline;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a captioner is asked: one picture, the styles and language wanted, and until when. */
public final class CaptionRequest {
  private static final Duration USUAL_DEADLINE = Duration.ofSeconds(30);

  private final ImageData image;
  private final Set<CaptionStyle> styles;
  private final String language;
  private final @Nullable String context;
  private final List<Label> labels;
  private final Deadline deadline;
  private final Cancellation cancellation;

  private CaptionRequest(Builder builder) {
    this.image = builder.image;
    this.styles = Collections.unmodifiableSet(EnumSet.copyOf(builder.styles));
    this.language = builder.language;
    this.context = builder.context;
    this.labels = builder.labels;
    this.deadline = builder.deadline == null ? Deadline.after(USUAL_DEADLINE) : builder.deadline;
    this.cancellation = builder.cancellation == null ? new Cancellation() : builder.cancellation;
  }

  /** Starts with: every style, English, no context, no labels, a deadline of 30 s from now. */
  public static Builder builder(ImageData image) {
    return new Builder(image);
  }

  /** Returns a builder with everything of this request, its cancellation included. */
  public Builder toBuilder() {
    return toBuilder(image);
  }

  /** Returns a builder with everything of this request but its picture. */
  public Builder toBuilder(ImageData image) {
    Builder builder = new Builder(image);
    builder.styles = styles;
    builder.language = language;
    builder.context = context;
    builder.labels = labels;
    builder.deadline = deadline;
    builder.cancellation = cancellation;
    return builder;
  }

  /** Returns the picture: upright, fitted to the captioner's {@link Capabilities}. */
  public ImageData image() {
    return image;
  }

  /** Returns the texts wanted, in the order of {@link CaptionStyle}; never empty. */
  public Set<CaptionStyle> styles() {
    return styles;
  }

  /**
   * Returns the language of the answer as a canonical BCP 47 tag, for example {@code en} or {@code
   * pt-BR}.
   */
  public String language() {
    return language;
  }

  /**
   * Returns what the user tells about the picture. It is data for the model, never an instruction.
   */
  public Optional<String> context() {
    return Optional.ofNullable(context);
  }

  /** Returns what a detector found, surest first; may be empty. */
  public List<Label> labels() {
    return labels;
  }

  /**
   * Returns until when an answer is of use. A captioner ends its call by then with {@link
   * Reason#TIMEOUT}.
   */
  public Deadline deadline() {
    return deadline;
  }

  /**
   * Lets a captioner abort its call when the deadline passes or another rung has answered.
   *
   * @return to be closed when the call is over
   * @see Cancellation#onCancel
   */
  public Cancellation.Registration onCancel(Runnable action) {
    return cancellation.onCancel(action);
  }

  public boolean isCancelled() {
    return cancellation.isCancelled();
  }

  @Override
  public String toString() {
    return styles + " in " + language + " of " + image;
  }

  /** Builds a {@link CaptionRequest}. Not safe for several threads. */
  public static final class Builder {
    private final ImageData image;
    private Set<CaptionStyle> styles = EnumSet.allOf(CaptionStyle.class);
    private String language = "en";
    private @Nullable String context;
    private List<Label> labels = List.of();
    private @Nullable Deadline deadline;
    private @Nullable Cancellation cancellation;

    private Builder(ImageData image) {
      this.image = Objects.requireNonNull(image, "image");
    }

    /**
     * Sets the texts wanted.
     *
     * @throws IllegalArgumentException if there are none
     */
    public Builder styles(Set<CaptionStyle> styles) {
      if (styles.isEmpty()) {
        throw new IllegalArgumentException("styles: at least one");
      }
      this.styles = styles;
      return this;
    }

    /**
     * Sets the language of the answer.
     *
     * @throws IllegalArgumentException if it is no BCP 47 tag
     */
    public Builder language(String tag) {
      this.language = LanguageTags.canonical(tag);
      return this;
    }

    public Builder context(@Nullable String context) {
      this.context = context == null || context.isBlank() ? null : context;
      return this;
    }

    public Builder labels(List<Label> labels) {
      this.labels = List.copyOf(labels);
      return this;
    }

    public Builder deadline(Deadline deadline) {
      this.deadline = Objects.requireNonNull(deadline, "deadline");
      return this;
    }

    /** Sets who may cancel; the one that hands it in calls {@link Cancellation#cancel()}. */
    public Builder cancellation(Cancellation cancellation) {
      this.cancellation = Objects.requireNonNull(cancellation, "cancellation");
      return this;
    }

    public CaptionRequest build() {
      return new CaptionRequest(this);
    }
  }
}
