package dev.cutline.cli;

import dev.cutline.ImageRecord;
import dev.cutline.RecordQuery;
import dev.cutline.core.Cutline;
import dev.cutline.core.RecaptionSelection;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which stored captions are meant, where no ids are named. */
final class RecaptionOptions {
  private static final int PAGE = 200;

  @Mixin private FilterOptions filter = new FilterOptions();

  @Option(names = "--all", description = "All pictures.")
  private boolean all;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "Only languages with a text by this model, as 'cutline versions' names it.")
  private @Nullable String model;

  @Option(
      names = "--prompt-version",
      paramLabel = "VERSION",
      description = "Only languages with a text that was asked for with this prompt.")
  private @Nullable String promptVersion;

  @Option(
      names = "--provider",
      paramLabel = "TYPE",
      description = "Only languages with a text by a rung of this type, such as openai or palette.")
  private @Nullable String provider;

  @Option(
      names = "--untouched",
      description = "Only pictures of which no caption that is shown is a person's.")
  private boolean untouched;

  /** Tells whether anything is said. */
  boolean isSet() {
    return all
        || model != null
        || promptVersion != null
        || provider != null
        || untouched
        || filter.isSet();
  }

  /**
   * Returns what is chosen, read as it is asked for.
   *
   * @param languages that are named; empty: those of the pictures
   * @param since leaves out what was answered since; null: nothing
   */
  Iterator<RecaptionSelection.Chosen> chosen(
      Cutline cutline, String owner, List<String> languages, @Nullable Instant since) {
    Iterator<RecordQuery> queries = filter.queries(owner, null).iterator();
    // By hand, because an iterator over a flat map reads a whole query ahead.
    return new Iterator<>() {
      private Iterator<RecaptionSelection.Chosen> found = Collections.emptyIterator();

      @Override
      public boolean hasNext() {
        while (!found.hasNext() && queries.hasNext()) {
          found = cutline.chosen(selection(cutline, queries.next(), languages, since)).iterator();
        }
        return found.hasNext();
      }

      @Override
      public RecaptionSelection.Chosen next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return found.next();
      }
    };
  }

  /** Like {@link #chosen}, of these pictures. */
  Iterator<RecaptionSelection.Chosen> chosen(
      Cutline cutline,
      Stream<ImageRecord> records,
      String owner,
      List<String> languages,
      @Nullable Instant since) {
    RecaptionSelection selection =
        selection(cutline, RecordQuery.builder(owner).build(), languages, since);
    return records.flatMap(record -> selection.of(record).stream()).iterator();
  }

  private RecaptionSelection selection(
      Cutline cutline, RecordQuery query, List<String> languages, @Nullable Instant since) {
    return RecaptionSelection.builder(query.toBuilder().limit(PAGE).build())
        .model(model)
        .promptVersion(promptVersion)
        .provider(provider)
        .untouched(untouched)
        .languages(languages)
        .notAskedSince(since)
        .stale(filter.isStale() ? cutline::staleness : null)
        .where((record, language) -> filter.matches(cutline, record))
        .build();
  }

  /** Returns all that is said, each in its place. */
  @Override
  public String toString() {
    return String.join("\n", filter.toString(), text(model), text(promptVersion), text(provider))
        + "\n"
        + untouched;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : "=" + value;
  }
}
