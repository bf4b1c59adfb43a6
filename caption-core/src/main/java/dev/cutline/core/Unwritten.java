package dev.cutline.core;

import dev.cutline.CaptionStyle;
import java.util.List;
import java.util.Set;

/**
 * Captions that are not in their record yet.
 *
 * @param styles that were asked for
 * @param results one for each language, failures included
 * @param labels what the detector found on the way
 */
record Unwritten(
    String owner,
    String imageId,
    Set<CaptionStyle> styles,
    List<CaptionResult> results,
    LabelStep.Result labels) {

  /** Tells whether anybody has answered, so that there is something to lose. */
  boolean isAnswered() {
    return results.stream().anyMatch(result -> result.reply() != null);
  }
}
