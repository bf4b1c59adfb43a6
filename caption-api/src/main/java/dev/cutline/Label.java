package dev.cutline;

import java.util.List;
import java.util.Objects;

/** A thing that a detector found in a picture, with how sure it is and where it lies. */
public final class Label {
  /**
   * The parent of labels that are no things but concerns: what not everybody should see. Detectors
   * that moderate put it last among {@link #parents()}.
   */
  public static final String MODERATION = "Moderation";

  private final String name;
  private final double confidence;
  private final List<String> parents;
  private final List<Box> boxes;

  private Label(Builder builder) {
    this.name = builder.name;
    this.confidence = builder.confidence;
    this.parents = builder.parents;
    this.boxes = builder.boxes;
  }

  /** Returns a label without parents and boxes; see {@link #builder}. */
  public static Label of(String name, double confidence) {
    return builder(name, confidence).build();
  }

  /**
   * Starts a label.
   *
   * @param name what was found, as the detector calls it; not blank
   * @param confidence 0 to 1
   * @throws IllegalArgumentException if the name is blank or the confidence out of range
   */
  public static Builder builder(String name, double confidence) {
    return new Builder(name, confidence);
  }

  public String name() {
    return name;
  }

  /** Returns how sure the detector is, 0 to 1. */
  public double confidence() {
    return confidence;
  }

  /** Returns what this is a kind of, nearest first; may be empty. */
  public List<String> parents() {
    return parents;
  }

  /**
   * Tells whether this is a concern of {@linkplain #MODERATION moderation}: the picture is to be
   * reviewed by a person.
   */
  public boolean isConcern() {
    return parents.contains(MODERATION);
  }

  /** Returns where it was seen; empty if the detector does not tell. */
  public List<Box> boxes() {
    return boxes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Label that
        && name.equals(that.name)
        && confidence == that.confidence
        && parents.equals(that.parents)
        && boxes.equals(that.boxes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, confidence, parents, boxes);
  }

  @Override
  public String toString() {
    return name + " " + confidence;
  }

  /** A rectangle as fractions (0 to 1) of the upright picture's width and height. */
  public record Box(double left, double top, double width, double height) {}

  /** Builds a {@link Label}. Not safe for several threads. */
  public static final class Builder {
    private final String name;
    private final double confidence;
    private List<String> parents = List.of();
    private List<Box> boxes = List.of();

    private Builder(String name, double confidence) {
      if (name.isBlank()) {
        throw new IllegalArgumentException("a label needs a name");
      }
      if (!(confidence >= 0 && confidence <= 1)) {
        throw new IllegalArgumentException("confidence is 0 to 1, not " + confidence);
      }
      this.name = name;
      this.confidence = confidence;
    }

    public Builder parents(List<String> parents) {
      this.parents = List.copyOf(parents);
      return this;
    }

    public Builder boxes(List<Box> boxes) {
      this.boxes = List.copyOf(boxes);
      return this;
    }

    public Label build() {
      return new Label(this);
    }
  }
}
