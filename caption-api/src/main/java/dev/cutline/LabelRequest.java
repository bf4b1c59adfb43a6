package dev.cutline;

import java.time.Duration;
import java.util.Objects;

/**
 * What a label detector is asked: one picture, how many labels at most, and how sure it must be.
 */
public final class LabelRequest {
  private final ImageData image;
  private final int maxLabels;
  private final double minConfidence;
  private final Deadline deadline;

  private LabelRequest(Builder builder) {
    this.image = builder.image;
    this.maxLabels = builder.maxLabels;
    this.minConfidence = builder.minConfidence;
    this.deadline = builder.deadline;
  }

  /** Starts with: at most 15 labels of at least 0.75, a deadline of 10 s from now. */
  public static Builder builder(ImageData image) {
    return new Builder(image);
  }

  public ImageData image() {
    return image;
  }

  public int maxLabels() {
    return maxLabels;
  }

  /** Returns the least confidence of a label that is wanted, 0 to 1. */
  public double minConfidence() {
    return minConfidence;
  }

  public Deadline deadline() {
    return deadline;
  }

  /** Builds a {@link LabelRequest}. Not safe for several threads. */
  public static final class Builder {
    private final ImageData image;
    private int maxLabels = 15;
    private double minConfidence = 0.75;
    private Deadline deadline = Deadline.after(Duration.ofSeconds(10));

    private Builder(ImageData image) {
      this.image = Objects.requireNonNull(image, "image");
    }

    public Builder maxLabels(int maxLabels) {
      if (maxLabels < 1) {
        throw new IllegalArgumentException("maxLabels is at least 1, not " + maxLabels);
      }
      this.maxLabels = maxLabels;
      return this;
    }

    public Builder minConfidence(double minConfidence) {
      if (!(minConfidence >= 0 && minConfidence <= 1)) {
        throw new IllegalArgumentException("minConfidence is 0 to 1, not " + minConfidence);
      }
      this.minConfidence = minConfidence;
      return this;
    }

    public Builder deadline(Deadline deadline) {
      this.deadline = Objects.requireNonNull(deadline, "deadline");
      return this;
    }

    public LabelRequest build() {
      return new LabelRequest(this);
    }
  }
}
