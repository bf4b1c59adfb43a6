package dev.cutline.core;

import dev.cutline.Capabilities;
import dev.cutline.CaptionException;
import dev.cutline.ImageData;
import dev.cutline.ImageRecord;
import dev.cutline.Label;
import dev.cutline.LabelDetector;
import dev.cutline.LabelRequest;
import dev.cutline.Reason;
import dev.cutline.core.chain.ImageFitter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks the label detector, if there is one and it may see the picture. That it fails is noted and
 * does not stop the captions, unless it refuses the picture or is a gate. Writes nothing.
 * Thread-safe.
 */
final class LabelStep {
  /** What its notes start with, so that a newer one takes the place of an older one. */
  private static final String NOTE = "labels: ";

  private final @Nullable LabelDetector detector;
  private final ImageFitter fitter;
  private final Progress progress;

  LabelStep(@Nullable LabelDetector detector, ImageFitter fitter, Progress progress) {
    this.detector = detector;
    this.fitter = fitter;
    this.progress = progress;
  }

  /** Returns what was found in the picture of a record. */
  Result detect(ImageRecord record, ImageData picture) {
    if (detector == null) {
      return Result.NONE;
    }
    boolean hidden = record.isLocalOnly() && !detector.capabilities().isLocal();
    if (hidden && !detector.isGate()) {
      return Result.NONE;
    }
    Result result = hidden ? failed(detector, hidden()) : ask(detector, picture);
    progress.done(record.owner(), record.id(), Step.LABELLED, result.note());
    return result;
  }

  private Result ask(LabelDetector asked, ImageData picture) {
    Capabilities capabilities = asked.capabilities();
    try {
      ImageData fitted = fitter.fit(picture, capabilities);
      return new Result(asked.detect(LabelRequest.builder(fitted).build()), null);
    } catch (CaptionException e) {
      return failed(asked, e);
    }
  }

  private static Result failed(LabelDetector asked, CaptionException e) {
    CaptionException refusal = null;
    if (e.reason() == Reason.REFUSED) {
      refusal = e;
    } else if (asked.isGate()) {
      refusal = unseen(e);
    }
    return new Result(null, NOTE + e.reason() + ", " + e.getMessage(), refusal);
  }

  /** A picture cannot be kept from a gate and captioned all the same. */
  private static CaptionException hidden() {
    return new CaptionException(
        Reason.REFUSED, "local-only, so that nobody may look at it who would let it pass");
  }

  /** What is no fault of the picture passes one day, and then the picture is to be captioned. */
  private static CaptionException unseen(CaptionException e) {
    boolean byPicture = e.reason() == Reason.INVALID_IMAGE || e.reason() == Reason.IMAGE_LIMIT;
    Reason reason = byPicture || e.reason().isPassing() ? e.reason() : Reason.UNAVAILABLE;
    return new CaptionException(reason, "held back until it is looked at: " + e.getMessage());
  }

  /**
   * What came of it.
   *
   * @param labels what was found; null if nobody was asked or it failed
   * @param note why it failed; null if it did not
   * @param refusal why nobody may be asked for captions; null if everybody may
   */
  record Result(
      @Nullable List<Label> labels, @Nullable String note, @Nullable CaptionException refusal) {
    static final Result NONE = new Result(null, null);

    Result(@Nullable List<Label> labels, @Nullable String note) {
      this(labels, note, null);
    }

    /**
     * Returns the labels for the chain: those that are there already if there are no newer ones.
     */
    List<Label> orThoseOf(ImageRecord record) {
      return labels == null ? record.labels() : labels;
    }

    ImageRecord.Builder applyTo(ImageRecord record) {
      ImageRecord.Builder builder = record.toBuilder();
      if (labels == null && note == null) {
        return builder;
      }
      List<String> notes = new ArrayList<>(record.notes());
      notes.removeIf(text -> text.startsWith(NOTE));
      if (note != null) {
        notes.add(note);
      }
      return builder.labels(orThoseOf(record)).notes(notes);
    }
  }
}
