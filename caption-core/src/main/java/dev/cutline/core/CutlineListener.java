package dev.cutline.core;

/**
 * Is told how the work goes on, for progress bars and measurements. Called on the thread that does
 * the work, by many threads at once; what it throws is logged and otherwise ignored.
 */
public interface CutlineListener {
  /** A step is over. */
  default void step(StepEvent event) {}
}
