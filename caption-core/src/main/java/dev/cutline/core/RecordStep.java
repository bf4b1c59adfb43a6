package dev.cutline.core;

import dev.cutline.CaptionStyle;
import dev.cutline.ImageRecord;
import dev.cutline.RecordStore;
import dev.cutline.imaging.ImageInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the record before the first object, so that nothing in the image store is ever unknown.
 * Thread-safe.
 */
final class RecordStep {
  private final RecordStore records;
  private final Leases leases;
  private final ImageIds ids;
  private final Set<CaptionStyle> styles;
  private final List<String> languages;
  private final Progress progress;

  /**
   * Makes the step.
   *
   * @param styles of uploads that name none
   * @param languages of uploads that name none
   */
  RecordStep(
      RecordStore records,
      Leases leases,
      ImageIds ids,
      Set<CaptionStyle> styles,
      List<String> languages,
      Progress progress) {
    this.records = records;
    this.leases = leases;
    this.ids = ids;
    this.styles = Set.copyOf(styles);
    this.languages = List.copyOf(languages);
    this.progress = progress;
  }

  /**
   * Returns the record as received, under a lease of ours.
   *
   * @param sha256 of the file as given
   * @param info of that file
   * @param size bytes of the picture as it is stored
   */
  ImageRecord receive(
      Upload upload,
      String sha256,
      ImageInfo info,
      long size,
      long perceptualHash,
      Map<String, String> facts) {
    Instant now = leases.now();
    ImageRecord record =
        records.create(
            ImageRecord.builder(upload.owner(), ids.next())
                .lease(leases.next())
                .createdAt(now)
                .updatedAt(now)
                .fileName(upload.fileName().orElse(null))
                .title(upload.title().orElse(null))
                .description(upload.description().orElse(null))
                .tags(upload.tags())
                .format(info.format())
                .dimensions(info.uprightWidth(), info.uprightHeight())
                .size(size)
                .sha256(sha256)
                .perceptualHash(perceptualHash)
                .facts(facts)
                .languages(upload.languages().isEmpty() ? languages : upload.languages())
                .styles(upload.styles().isEmpty() ? styles : upload.styles())
                .context(upload.context().orElse(null))
                .localOnly(upload.isLocalOnly())
                .build());
    progress.done(record.owner(), record.id(), Step.RECORDED, null);
    return record;
  }
}
