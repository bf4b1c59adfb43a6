package dev.cutline.core;

import dev.cutline.CaptionException;
import dev.cutline.CaptionStyle;
import dev.cutline.ImageData;
import dev.cutline.ImageRecord;
import dev.cutline.core.money.RunBudget;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Labels and captions one stored picture and writes what came of it. Holds no memory but the
 * picture for models, and no lease: whatever happens meanwhile to the record is respected.
 * Thread-safe.
 */
final class Captioning {
  private final LabelStep labelling;
  private final CaptionStep captioning;
  private final CaptionWriter writer;
  private final Progress progress;

  Captioning(LabelStep labelling, CaptionStep captioning, CaptionWriter writer, Progress progress) {
    this.labelling = labelling;
    this.captioning = captioning;
    this.writer = writer;
    this.progress = progress;
  }

  /**
   * Returns the record with what came of it; labels that are there already are used again.
   *
   * @param budget what it may spend from with others; null: no limit
   */
  ImageRecord caption(
      ImageRecord record,
      ImageData picture,
      Set<CaptionStyle> styles,
      List<String> languages,
      boolean useCache,
      @Nullable RunBudget budget) {
    LabelStep.Result labels =
        record.labels().isEmpty() ? labelling.detect(record, picture) : LabelStep.Result.NONE;
    CaptionException refusal = labels.refusal();
    List<CaptionResult> results =
        refusal == null
            ? captioning.ask(
                record, picture, styles, languages, labels.orThoseOf(record), useCache, budget)
            : captioning.refused(languages, refusal);
    ImageRecord captioned = writer.write(record, styles, results, labels);
    progress.done(
        captioned.owner(), captioned.id(), Step.CAPTIONED, captioned.captionState().toString());
    return captioned;
  }
}
