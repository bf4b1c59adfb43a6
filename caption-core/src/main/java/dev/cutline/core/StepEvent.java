package dev.cutline.core;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A step of the work on one picture that is over. */
public final class StepEvent {
  private final String owner;
  private final @Nullable String imageId;
  private final Step step;
  private final @Nullable String detail;

  StepEvent(String owner, @Nullable String imageId, Step step, @Nullable String detail) {
    this.owner = Objects.requireNonNull(owner, "owner");
    this.imageId = imageId;
    this.step = Objects.requireNonNull(step, "step");
    this.detail = detail;
  }

  public String owner() {
    return owner;
  }

  /**
   * Returns the id of the picture; empty until it has one, which is before {@link Step#RECORDED}.
   */
  public Optional<String> imageId() {
    return Optional.ofNullable(imageId);
  }

  public Step step() {
    return step;
  }

  /**
   * Returns what a person might want to know besides, in one line: the key that was stored, the
   * language that is asked for, the state of the captions. Not meant for programs.
   */
  public Optional<String> detail() {
    return Optional.ofNullable(detail);
  }

  @Override
  public String toString() {
    return step
        + (imageId == null ? "" : " " + imageId)
        + (detail == null ? "" : " (" + detail + ")");
  }
}
