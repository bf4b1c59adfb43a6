package dev.cutline.cli;

import dev.cutline.CaptionState;
import dev.cutline.ImageRecord;
import dev.cutline.cli.output.Result;
import java.util.List;

/**
 * What {@code --status} can ask for: the status that results show. A record waits as {@link
 * CaptionState#PENDING} also where every rung failed for a reason that passes, and that shows as
 * failed.
 */
enum StatusFilter {
  CAPTIONED,
  DESCRIBED,
  PENDING,
  FAILED;

  /**
   * Returns the states of records among which those of this status are, to be asked for in turn.
   */
  List<CaptionState> states() {
    return switch (this) {
      case CAPTIONED -> List.of(CaptionState.CAPTIONED);
      case DESCRIBED -> List.of(CaptionState.DESCRIBED);
      case PENDING -> List.of(CaptionState.PENDING);
      case FAILED -> List.of(CaptionState.FAILED, CaptionState.PENDING);
    };
  }

  /** Tells whether a record of one of the {@link #states()} shows this status in some language. */
  boolean matches(ImageRecord record) {
    return Result.of(record).stream().anyMatch(result -> result.status().name().equals(name()));
  }
}
