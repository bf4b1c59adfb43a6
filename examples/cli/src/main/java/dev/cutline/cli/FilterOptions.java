package dev.cutline.cli;

import dev.cutline.ImageRecord;
import dev.cutline.RecordQuery;
import dev.cutline.core.Cutline;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which of an owner's pictures are meant. */
final class FilterOptions {
  @Option(names = "--tag", paramLabel = "TAG", description = "Only pictures with this tag.")
  private @Nullable String tag;

  @Option(names = "--title", paramLabel = "TEXT", description = "Only titles that start so.")
  private @Nullable String title;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Only this status: ${COMPLETION-CANDIDATES}.")
  private @Nullable StatusFilter status;

  @Option(names = "--needs-review", description = "Only captions that a person should look at.")
  private boolean needsReview;

  @Option(
      names = "--stale",
      description =
          "Only captions that today's settings would have otherwise: another model, prompt, language"
              + " or style.")
  private boolean stale;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "Only pictures taken in at or after this time: 2026-01-31 (from midnight UTC) or"
              + " 2026-01-31T12:00:00Z.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Only pictures taken in before this.")
  private @Nullable String to;

  /**
   * Returns the queries that find the pictures, one after the other; {@link #matches} has the last
   * word.
   */
  List<RecordQuery> queries(String owner, @Nullable String text) {
    RecordQuery.Builder query =
        RecordQuery.builder(owner)
            .text(text)
            .tag(tag)
            .titlePrefix(title)
            .needsReview(needsReview ? true : null)
            .from(instant("--from", from))
            .to(instant("--to", to));
    return status == null
        ? List.of(query.build())
        : status.states().stream().map(state -> query.captionState(state).build()).toList();
  }

  /** Tells whether only what is stale is meant. */
  boolean isStale() {
    return stale;
  }

  /** Tells whether any condition is set. */
  boolean isSet() {
    return tag != null
        || title != null
        || status != null
        || needsReview
        || stale
        || from != null
        || to != null;
  }

  /** Returns all conditions, each in its place. */
  @Override
  public String toString() {
    return line(tag)
        + line(title)
        + line(status)
        + line(needsReview)
        + line(stale)
        + line(from)
        + line(to);
  }

  private static String line(@Nullable Object value) {
    return (value == null ? "" : "=" + value) + "\n";
  }

  /** Tells whether a record that the queries found is one that was meant. */
  boolean matches(Cutline cutline, ImageRecord record) {
    return (status == null || status.matches(record))
        && (!stale || cutline.staleness(record).isStale());
  }

  private static @Nullable Instant instant(String option, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return text.contains("T")
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      throw new UsageException(
          option + " " + text + ": is no time; write 2026-01-31 or 2026-01-31T12:00:00Z");
    }
  }
}
