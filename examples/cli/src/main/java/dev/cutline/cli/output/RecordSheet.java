package dev.cutline.cli.output;

import dev.cutline.CaptionRun;
import dev.cutline.CaptionStyle;
import dev.cutline.ImageRecord;
import dev.cutline.Label;
import dev.cutline.core.ObjectKeys;
import dev.cutline.core.Rendition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All that is known about one picture, for a person at a terminal. */
public final class RecordSheet {
  /** Of the names, with the gap behind them. */
  private static final int INDENT = 13;

  private static final int LEAST = 20;

  private final List<String> lines = new ArrayList<>();
  private final int room;

  private RecordSheet(int room) {
    this.room = room;
  }

  /**
   * Returns the lines of the sheet: a name and a value each. A value that is too long goes on below
   * itself.
   *
   * @param stale why today's settings would have it otherwise
   * @param width of the terminal, in character cells
   */
  public static List<String> of(ImageRecord record, List<String> stale, int width) {
    RecordSheet sheet = new RecordSheet(Math.max(LEAST, width - INDENT));
    sheet.picture(record);
    for (Result result : Result.of(record)) {
      sheet.captions(result);
    }
    stale.forEach(reason -> sheet.add("stale", reason));
    record.notes().forEach(note -> sheet.add("note", note));
    return sheet.lines;
  }

  private void picture(ImageRecord record) {
    add("id", record.id());
    add("owner", record.owner());
    add("file", record.fileName());
    add("title", record.title());
    add("description", record.description());
    add("tags", String.join(", ", record.tags()));
    add(
        "picture",
        "%s, %d x %d, %d bytes"
            .formatted(record.format(), record.width(), record.height(), record.size()));
    add("sha256", record.sha256());
    add("phash", JsonLine.perceptualHash(record));
    add(
        "original",
        ObjectKeys.of(record.owner(), record.id(), Rendition.ORIGINAL, record.format()));
    add("thumbnail", JsonLine.thumbnail(record));
    add("labels", record.labels().stream().map(Label::name).collect(Collectors.joining(", ")));
    new TreeMap<>(record.facts()).forEach(this::add);
    add("created", record.createdAt().toString());
    add("updated", record.updatedAt() + ", version " + record.version());
    add("local only", record.isLocalOnly() ? "yes" : "");
    add("review", record.needsReview() ? "a person should look at the captions" : "");
  }

  private void captions(Result result) {
    add("", "");
    add("language", result.language());
    add("status", result.status().name());
    for (CaptionStyle style : CaptionStyle.values()) {
      add(style.id(), result.text(style).map(text -> text.isEmpty() ? "(none: decoration)" : text));
    }
    add("by", by(result));
    add("reused", reused(result));
    result.run().ifPresent(this::run);
    result.reason().ifPresent(reason -> add("error", reason + ": " + result.message().orElse("")));
  }

  private static String by(Result result) {
    return result.origins().stream().map(Origin::text).collect(Collectors.joining("; "));
  }

  /** Returns the picture that the texts were written for, if it is another one. */
  private static String reused(Result result) {
    return result.record().stream()
        .flatMap(record -> record.captions().stream())
        .filter(caption -> result.language().filter(caption.language()::equals).isPresent())
        .flatMap(caption -> caption.reusedFrom().stream())
        .distinct()
        .map(from -> "from " + from.imageId() + ", " + from.distance() + " of 64 bits differ")
        .collect(Collectors.joining("; "));
  }

  private void run(CaptionRun run) {
    add("took", run.latency().toMillis() + " ms" + (run.isCached() ? ", remembered" : ""));
    add(
        "tokens",
        run.usage().inputTokens() + run.usage().outputTokens() == 0
            ? ""
            : run.usage().inputTokens() + " in, " + run.usage().outputTokens() + " out");
    add("cost", run.costUsd().signum() == 0 ? "" : "$" + run.costUsd().toPlainString());
    add(
        "trail",
        run.trail().stream()
            .map(a -> a.rung() + " " + a.outcome() + " " + a.elapsed().toMillis() + " ms")
            .collect(Collectors.joining(" > ")));
  }

  private void add(String name, Optional<String> value) {
    value.ifPresent(text -> add(name, text));
  }

  private void add(String name, String value) {
    if (name.isEmpty()) {
      lines.add("");
    } else if (!value.isEmpty()) {
      String start = String.format(Locale.ROOT, "%-12s ", Printable.line(name));
      for (String line : TextTable.wrap(Printable.line(value), room)) {
        lines.add(start + line);
        start = " ".repeat(INDENT);
      }
    }
  }
}
