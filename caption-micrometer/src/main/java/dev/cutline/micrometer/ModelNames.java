package dev.cutline.micrometer;

import dev.cutline.Attempt;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The models of the rungs, as their servers call them, but not more of them than a registry can
 * bear: a server may say whatever it likes, and each name is a further series for ever.
 * Thread-safe.
 */
final class ModelNames {
  static final int MOST = 100;
  static final int LONGEST = 100;
  static final String OTHER = "other";

  private final Map<String, Set<String>> known = new ConcurrentHashMap<>();

  /** Returns the name for a tag: the first 100 of a rung as they are, then {@link #OTHER}. */
  String tag(Attempt attempt) {
    String model = attempt.model().orElse("");
    if (model.isBlank()) {
      return Names.NONE;
    }
    if (model.length() > LONGEST) {
      return OTHER;
    }
    Set<String> ofRung =
        known.computeIfAbsent(attempt.rung(), rung -> ConcurrentHashMap.newKeySet());
    return ofRung.contains(model) || isAdded(model, ofRung) ? model : OTHER;
  }

  private static boolean isAdded(String model, Set<String> ofRung) {
    synchronized (ofRung) {
      if (ofRung.size() < MOST) {
        ofRung.add(model);
      }
      return ofRung.contains(model);
    }
  }
}
