package dev.cutline.storage.dynamodb;

import dev.cutline.CaptionStyle;
import dev.cutline.CaptionVersion;
import dev.cutline.ImageFormat;
import dev.cutline.ImageRecord;
import java.time.Instant;
import java.util.UUID;

/** Records to test with. */
final class Pictures {
  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private Pictures() {}

  /** Returns a record whose id is the {@code number}th of its millisecond. */
  static ImageRecord.Builder of(String owner, int number) {
    long high = NOON.toEpochMilli() << 16 | 0x7000L;
    String id = new UUID(high, 0x8000000000000000L | number).toString();
    return ImageRecord.builder(owner, id)
        .createdAt(NOON)
        .updatedAt(NOON)
        .format(ImageFormat.JPEG)
        .dimensions(640, 480)
        .size(123_456)
        .sha256("0".repeat(64));
  }

  static CaptionVersion caption(long number, String text) {
    return CaptionVersion.builder(
            number, CaptionStyle.CONCISE, "en", text, CaptionVersion.Author.MODEL)
        .createdAt(NOON)
        .build();
  }
}
