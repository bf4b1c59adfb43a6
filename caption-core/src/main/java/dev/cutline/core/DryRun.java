package dev.cutline.core;

import dev.cutline.CaptionStyle;
import dev.cutline.ImageRecord;
import dev.cutline.imaging.ImageInfo;
import dev.cutline.imaging.ImageInspector;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks at a file as an upload would, and estimates instead of working. Thread-safe. */
final class DryRun {
  private final Intake intake;
  private final Admission admission;
  private final ImageInspector inspector;
  private final Estimator estimator;
  private final Set<CaptionStyle> styles;
  private final List<String> languages;

  /**
   * Makes it.
   *
   * @param styles of uploads that name none
   * @param languages of uploads that name none
   */
  DryRun(
      Intake intake,
      Admission admission,
      ImageInspector inspector,
      Estimator estimator,
      Set<CaptionStyle> styles,
      List<String> languages) {
    this.intake = intake;
    this.admission = admission;
    this.inspector = inspector;
    this.estimator = estimator;
    this.styles = Set.copyOf(styles);
    this.languages = List.copyOf(languages);
  }

  Estimate of(Upload upload, Map<String, RungHistory> history) {
    ImageInfo info =
        admission.holding(intake.expected(upload), () -> inspector.inspect(intake.read(upload)));
    return estimator.estimate(
        new Estimator.Subject(
            info.width(),
            info.height(),
            upload.context().map(String::length).orElse(0),
            upload.isLocalOnly(),
            upload.styles().isEmpty() ? styles : upload.styles(),
            upload.languages().isEmpty() ? languages : upload.languages()),
        history);
  }

  Estimate of(ImageRecord record, Recaption options, Map<String, RungHistory> history) {
    return estimator.estimate(
        new Estimator.Subject(
            record.width(),
            record.height(),
            record.context().map(String::length).orElse(0),
            record.isLocalOnly(),
            options.styles().isEmpty() ? record.styles() : options.styles(),
            options.languages().isEmpty() ? record.languages() : options.languages()),
        history);
  }
}
