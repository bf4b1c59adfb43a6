package dev.cutline.tck;

import dev.cutline.CaptionStyle;
import dev.cutline.CaptionVersion;
import dev.cutline.ImageRecord;
import dev.cutline.RecordQuery;
import java.util.List;
import java.util.Random;

/** What the checks of queries share: records of Alice, each newer than the one before. */
abstract class QueryChecks extends StoreChecks {
  final Random random = new Random(6);
  private int created;

  QueryChecks(RecordStoreContract contract) {
    super(contract);
  }

  final ImageRecord update(ImageRecord.Builder record) {
    return store().update(record.build(), List.of());
  }

  final ImageRecord plain(String title) {
    return stored(next().title(title));
  }

  /** Returns a record of Alice that is newer than the one before. */
  final ImageRecord.Builder next() {
    created++;
    return Samples.record("alice", Samples.NOON.plusMillis(created), random);
  }

  static CaptionVersion caption(String language, String text) {
    return CaptionVersion.builder(
            1, CaptionStyle.CONCISE, language, text, CaptionVersion.Author.MODEL)
        .build();
  }

  static RecordQuery.Builder query() {
    return RecordQuery.builder("alice").limit(2);
  }

  static RecordQuery tag(String tag) {
    return query().tag(tag).build();
  }

  static RecordQuery title(String prefix) {
    return query().titlePrefix(prefix).build();
  }

  static RecordQuery text(String text) {
    return query().text(text).build();
  }
}
