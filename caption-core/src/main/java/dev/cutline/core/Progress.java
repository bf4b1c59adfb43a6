package dev.cutline.core;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners of steps. What they throw is logged: no listener stops an upload. */
final class Progress {
  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

  private final List<CutlineListener> listeners;

  Progress(List<CutlineListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  void done(String owner, @Nullable String imageId, Step step, @Nullable String detail) {
    StepEvent event = new StepEvent(owner, imageId, step, detail);
    for (CutlineListener listener : listeners) {
      try {
        listener.step(event);
      } catch (RuntimeException e) {
        LOG.warn("a listener failed at {}", event, e);
      }
    }
  }
}
