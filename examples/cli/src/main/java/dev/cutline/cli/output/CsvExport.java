package dev.cutline.cli.output;

import dev.cutline.CaptionRun;
import dev.cutline.CaptionStyle;
import dev.cutline.ImageRecord;
import dev.cutline.Label;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Records as CSV of RFC 4180, one row a language. A text that a spreadsheet would take for a
 * formula gets an apostrophe before it: titles and captions are the words of strangers.
 */
public final class CsvExport {
  private static final Pattern QUOTED = Pattern.compile("[\",\r\n]");
  private static final Pattern FORMULA = Pattern.compile("^[=+\\-@\t\r\n].*", Pattern.DOTALL);

  private static final List<Field> FIELDS =
      List.of(
          new Field("file", Result::file),
          ofRecord("id", ImageRecord::id),
          new Field("owner", Result::owner),
          new Field("status", result -> result.status().name()),
          new Field("sha256", result -> result.sha256().orElse("")),
          ofRecord("phash", record -> JsonLine.perceptualHash(record).orElse("")),
          ofRecord("format", record -> record.format().name()),
          ofRecord("width", record -> Integer.toString(record.width())),
          ofRecord("height", record -> Integer.toString(record.height())),
          text(CaptionStyle.CONCISE),
          text(CaptionStyle.CREATIVE),
          text(CaptionStyle.ALT),
          new Field("language", result -> result.language().orElse("")),
          ofRecord("labels", record -> labels(record.labels())),
          ofRun("provider", run -> run.provider().orElse("")),
          ofRun("model", run -> run.model().orElse("")),
          ofRun("cached", run -> Boolean.toString(run.isCached())),
          ofRun("latencyMs", run -> Long.toString(run.latency().toMillis())),
          ofRun("inputTokens", run -> Long.toString(run.usage().inputTokens())),
          ofRun("outputTokens", run -> Long.toString(run.usage().outputTokens())),
          ofRun("costUsd", run -> run.costUsd().toPlainString()),
          ofRecord("needsReview", record -> Boolean.toString(record.needsReview())),
          ofRecord("thumbnail", JsonLine::thumbnail),
          new Field("errorReason", result -> result.reason().map(Enum::name).orElse("")),
          new Field("errorMessage", result -> result.message().orElse("")),
          ofRecord("title", record -> record.title().orElse("")),
          ofRecord("description", record -> record.description().orElse("")),
          ofRecord("tags", record -> String.join("; ", record.tags())),
          ofRecord("createdAt", record -> record.createdAt().toString()),
          ofRecord("updatedAt", record -> record.updatedAt().toString()),
          ofRecord("version", record -> Long.toString(record.version())));

  private CsvExport() {}

  private record Field(String name, Function<Result, String> value) {}

  /** Returns the names of the columns, with the line break that ends every row. */
  public static String header() {
    return FIELDS.stream().map(Field::name).collect(Collectors.joining(",", "", "\r\n"));
  }

  /** Returns a row, with its line break. */
  public static String row(Result result) {
    return FIELDS.stream()
        .map(field -> cell(field.value().apply(result)))
        .collect(Collectors.joining(",", "", "\r\n"));
  }

  static String cell(String text) {
    String harmless = FORMULA.matcher(text).matches() ? "'" + text : text;
    return QUOTED.matcher(harmless).find() ? '"' + harmless.replace("\"", "\"\"") + '"' : harmless;
  }

  private static Field text(CaptionStyle style) {
    return new Field(style.id(), result -> result.text(style).orElse(""));
  }

  private static Field ofRecord(String name, Function<ImageRecord, String> value) {
    return new Field(name, result -> result.record().map(value).orElse(""));
  }

  private static Field ofRun(String name, Function<CaptionRun, String> value) {
    return new Field(name, result -> result.run().map(value).orElse(""));
  }

  private static String labels(List<Label> labels) {
    return labels.stream()
        .map(label -> String.format(Locale.ROOT, "%s %.2f", label.name(), label.confidence()))
        .collect(Collectors.joining("; "));
  }
}
