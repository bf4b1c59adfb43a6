package dev.cutline.core.store;

import dev.cutline.CaptionRun;
import dev.cutline.CaptionVersion;
import dev.cutline.ImageRecord;
import dev.cutline.Lease;
import java.time.Duration;
import java.time.Instant;

/**
 * Cuts times to the milliseconds that every record store keeps, so that the one in memory is no
 * finer.
 */
final class Milliseconds {
  private Milliseconds() {}

  static ImageRecord of(ImageRecord record) {
    return record.toBuilder()
        .createdAt(of(record.createdAt()))
        .updatedAt(of(record.updatedAt()))
        .lease(
            record.lease().map(lease -> new Lease(lease.token(), of(lease.until()))).orElse(null))
        .captions(record.captions().stream().map(Milliseconds::of).toList())
        .runs(record.runs().stream().map(Milliseconds::of).toList())
        .build();
  }

  static CaptionVersion of(CaptionVersion version) {
    return CaptionVersion.builder(
            version.number(), version.style(), version.language(), version.text(), version.author())
        .decorative(version.isDecorative())
        .rung(version.rung().orElse(null))
        .provider(version.provider().orElse(null))
        .model(version.model().orElse(null))
        .promptVersion(version.promptVersion().orElse(null))
        .origin(version.origin().orElse(null))
        .costUsd(version.costUsd())
        .createdAt(of(version.createdAt()))
        .reusedFrom(version.reusedFrom().orElse(null))
        .build();
  }

  static Instant of(Instant time) {
    return Instant.ofEpochMilli(time.toEpochMilli());
  }

  private static CaptionRun of(CaptionRun run) {
    return CaptionRun.builder(run.language(), of(run.at()))
        .rung(run.rung().orElse(null))
        .provider(run.provider().orElse(null))
        .model(run.model().orElse(null))
        .cached(run.isCached())
        .latency(Duration.ofMillis(run.latency().toMillis()))
        .usage(run.usage())
        .costUsd(run.costUsd())
        .trail(run.trail())
        .failure(run.failure().orElse(null), run.message().orElse(null))
        .build();
  }
}
