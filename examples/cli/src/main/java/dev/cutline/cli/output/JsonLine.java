package dev.cutline.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.cutline.Attempt;
import dev.cutline.CaptionRun;
import dev.cutline.CaptionStyle;
import dev.cutline.ImageRecord;
import dev.cutline.Label;
import dev.cutline.core.ObjectKeys;
import dev.cutline.core.Rendition;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Results as lines of JSON. Every line has every field, in the same order; what is absent is null.
 * Written with the streaming generator: data binding would take longer to start than a small
 * picture to caption.
 */
public final class JsonLine {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private JsonLine() {}

  /** Returns the line of a result, without a line break. */
  public static String of(Result result) {
    return write(json -> writeResult(json, result));
  }

  /**
   * Returns the line of a result with what a record has besides: title, description, tags, facts
   * (capture time and camera, where they are kept), times, version, staleness.
   *
   * @param stale why today's settings would have it otherwise; empty if they would not
   */
  public static String ofRecord(Result result, List<String> stale) {
    return write(
        json -> {
          writeResult(json, result);
          if (result.record().isPresent()) {
            writeRecord(json, result.record().get());
            writeStaleness(json, stale);
          }
        });
  }

  /** Returns an object as a line. */
  public static String write(Fields fields) {
    StringWriter text = new StringWriter(1024);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot be written to", e);
    }
    return withoutTreachery(text.toString());
  }

  /** Writes the fields of an object. */
  @FunctionalInterface
  public interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  private static void writeResult(JsonGenerator json, Result result) throws IOException {
    Optional<ImageRecord> record = result.record();
    json.writeStringField("file", result.file());
    text(json, "id", record.map(ImageRecord::id));
    json.writeStringField("owner", result.owner());
    json.writeStringField("status", result.status().name());
    text(json, "sha256", result.sha256());
    text(json, "phash", record.flatMap(JsonLine::perceptualHash));
    text(json, "format", record.map(r -> r.format().name()));
    number(json, "width", record.map(ImageRecord::width).orElse(null));
    number(json, "height", record.map(ImageRecord::height).orElse(null));
    for (CaptionStyle style : CaptionStyle.values()) {
      text(json, style.id(), result.text(style));
    }
    text(json, "language", result.language());
    json.writeArrayFieldStart("labels");
    if (record.isPresent()) {
      for (Label label : record.get().labels()) {
        json.writeStartObject();
        json.writeStringField("name", label.name());
        json.writeNumberField("confidence", label.confidence());
        json.writeEndObject();
      }
    }
    json.writeEndArray();
    writeRun(json, result.run());
    if (record.isPresent()) {
      json.writeBooleanField("needsReview", record.get().needsReview());
    } else {
      json.writeNullField("needsReview");
    }
    text(json, "thumbnail", record.map(JsonLine::thumbnail));
    writeError(json, result);
  }

  private static void writeRun(JsonGenerator json, Optional<CaptionRun> run) throws IOException {
    text(json, "provider", run.flatMap(CaptionRun::provider));
    text(json, "model", run.flatMap(CaptionRun::model));
    if (run.isEmpty()) {
      for (String field : new String[] {"cached", "latencyMs", "usage", "costUsd"}) {
        json.writeNullField(field);
      }
      json.writeArrayFieldStart("trail");
      json.writeEndArray();
      return;
    }
    json.writeBooleanField("cached", run.get().isCached());
    json.writeNumberField("latencyMs", run.get().latency().toMillis());
    json.writeObjectFieldStart("usage");
    json.writeNumberField("inputTokens", run.get().usage().inputTokens());
    json.writeNumberField("outputTokens", run.get().usage().outputTokens());
    json.writeEndObject();
    json.writeNumberField("costUsd", run.get().costUsd());
    json.writeArrayFieldStart("trail");
    for (Attempt attempt : run.get().trail()) {
      json.writeStartObject();
      json.writeStringField("rung", attempt.rung());
      json.writeStringField("outcome", attempt.outcome().name());
      json.writeNumberField("ms", attempt.elapsed().toMillis());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeError(JsonGenerator json, Result result) throws IOException {
    if (result.reason().isEmpty()) {
      json.writeNullField("error");
      return;
    }
    json.writeObjectFieldStart("error");
    json.writeStringField("reason", result.reason().get().name());
    text(json, "message", result.message());
    json.writeEndObject();
  }

  private static void writeRecord(JsonGenerator json, ImageRecord record) throws IOException {
    text(json, "title", record.title());
    text(json, "description", record.description());
    json.writeArrayFieldStart("tags");
    for (String tag : record.tags()) {
      json.writeString(tag);
    }
    json.writeEndArray();
    json.writeObjectFieldStart("facts");
    for (Map.Entry<String, String> fact : new TreeMap<>(record.facts()).entrySet()) {
      json.writeStringField(fact.getKey(), fact.getValue());
    }
    json.writeEndObject();
    json.writeStringField("createdAt", record.createdAt().toString());
    json.writeStringField("updatedAt", record.updatedAt().toString());
    json.writeNumberField("version", record.version());
  }

  private static void writeStaleness(JsonGenerator json, List<String> stale) throws IOException {
    json.writeBooleanField("stale", !stale.isEmpty());
    json.writeArrayFieldStart("staleReasons");
    for (String reason : stale) {
      json.writeString(reason);
    }
    json.writeEndArray();
  }

  /** Writes a text, or null where there is none. */
  public static void text(JsonGenerator json, String field, Optional<String> text)
      throws IOException {
    if (text.isPresent()) {
      json.writeStringField(field, text.get());
    } else {
      json.writeNullField(field);
    }
  }

  private static void number(JsonGenerator json, String field, @Nullable Integer number)
      throws IOException {
    if (number == null) {
      json.writeNullField(field);
    } else {
      json.writeNumberField(field, number);
    }
  }

  /** Returns the perceptual hash as 16 lower-case hex digits; empty if there is none. */
  static Optional<String> perceptualHash(ImageRecord record) {
    return record.perceptualHash().isPresent()
        ? Optional.of(HexFormat.of().toHexDigits(record.perceptualHash().getAsLong()))
        : Optional.empty();
  }

  /** Returns the key of the thumbnail in the image store. */
  static String thumbnail(ImageRecord record) {
    return ObjectKeys.of(record.owner(), record.id(), Rendition.THUMBNAIL, record.format());
  }

  /**
   * Escapes marks that turn the direction of reading, which JSON allows as they are, so that a line
   * tells the truth on a terminal too. They occur inside of strings only, so the JSON stays the
   * same.
   */
  private static String withoutTreachery(String json) {
    if (json.chars().noneMatch(JsonLine::needsEscape)) {
      return json;
    }
    StringBuilder escaped = new StringBuilder(json.length() + 32);
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (needsEscape(c)) {
        Printable.appendEscaped(escaped, c);
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  /**
   * Halves of surrogate pairs stay: Jackson writes valid ones only as they are, and pairs are text.
   */
  private static boolean needsEscape(int unit) {
    return unit >= 0x7f && !Character.isSurrogate((char) unit) && Printable.isTreacherous(unit);
  }
}
