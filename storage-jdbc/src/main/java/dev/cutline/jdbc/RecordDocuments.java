package dev.cutline.jdbc;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.cutline.CaptionStyle;
import dev.cutline.ImageFormat;
import dev.cutline.ImageRecord;
import dev.cutline.Label;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Records as JSON: every field that has no column of its own. */
final class RecordDocuments {
  private RecordDocuments() {}

  static String write(ImageRecord record) {
    return Json.write(out -> fields(out, record));
  }

  private static void fields(JsonGenerator out, ImageRecord record) throws IOException {
    out.writeNumberField("updatedAt", record.updatedAt().toEpochMilli());
    Json.text(out, "fileName", record.fileName().orElse(null));
    Json.text(out, "title", record.title().orElse(null));
    Json.text(out, "description", record.description().orElse(null));
    Json.array(out, "tags", record.tags(), JsonGenerator::writeString);
    out.writeStringField("format", record.format().name());
    Json.whole(out, "width", record.width());
    Json.whole(out, "height", record.height());
    Json.whole(out, "size", record.size());
    out.writeStringField("sha256", record.sha256());
    if (record.perceptualHash().isPresent()) {
      out.writeNumberField("perceptualHash", record.perceptualHash().getAsLong());
    }
    if (!record.facts().isEmpty()) {
      out.writeObjectFieldStart("facts");
      for (Map.Entry<String, String> fact : record.facts().entrySet()) {
        out.writeStringField(fact.getKey(), fact.getValue());
      }
      out.writeEndObject();
    }
    Json.array(out, "languages", record.languages(), JsonGenerator::writeString);
    Json.array(out, "styles", record.styles(), (json, style) -> json.writeString(style.id()));
    Json.text(out, "context", record.context().orElse(null));
    Json.flag(out, "localOnly", record.isLocalOnly());
    Json.array(out, "labels", record.labels(), RecordDocuments::label);
    Json.array(out, "captions", record.captions(), CaptionDocuments::item);
    Json.whole(out, "lastCaptionNumber", record.lastCaptionNumber());
    Json.array(out, "runs", record.runs(), CaptionDocuments::item);
    Json.flag(out, "needsReview", record.needsReview());
    Json.array(out, "notes", record.notes(), JsonGenerator::writeString);
  }

  /** Sets what a document holds. */
  static ImageRecord.Builder read(String document, ImageRecord.Builder record) {
    JsonObject in = Json.read(document);
    return record
        .updatedAt(Instant.ofEpochMilli(in.whole("updatedAt")))
        .fileName(in.nullableText("fileName"))
        .title(in.nullableText("title"))
        .description(in.nullableText("description"))
        .tags(in.texts("tags"))
        .format(in.constant("format", ImageFormat.class))
        .dimensions((int) in.whole("width"), (int) in.whole("height"))
        .size(in.whole("size"))
        .sha256(in.text("sha256"))
        .perceptualHash(in.nullableWhole("perceptualHash"))
        .facts(in.textByName("facts"))
        .languages(in.texts("languages"))
        .styles(styles(in))
        .context(in.nullableText("context"))
        .localOnly(in.flag("localOnly"))
        .labels(in.list("labels", RecordDocuments::label))
        .captions(in.list("captions", CaptionDocuments::version))
        .lastCaptionNumber(in.whole("lastCaptionNumber"))
        .runs(in.list("runs", CaptionDocuments::run))
        .needsReview(in.flag("needsReview"))
        .notes(in.texts("notes"));
  }

  private static Set<CaptionStyle> styles(JsonObject in) {
    Set<CaptionStyle> styles = EnumSet.noneOf(CaptionStyle.class);
    in.texts("styles").forEach(id -> styles.add(CaptionDocuments.style(id)));
    return styles;
  }

  private static void label(JsonGenerator out, Label label) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", label.name());
    out.writeNumberField("confidence", label.confidence());
    Json.array(out, "parents", label.parents(), JsonGenerator::writeString);
    Json.array(out, "boxes", label.boxes(), RecordDocuments::box);
    out.writeEndObject();
  }

  private static Label label(JsonObject in) {
    return Label.builder(in.text("name"), in.fraction("confidence"))
        .parents(in.texts("parents"))
        .boxes(in.list("boxes", RecordDocuments::box))
        .build();
  }

  private static void box(JsonGenerator out, Label.Box box) throws IOException {
    out.writeStartObject();
    out.writeNumberField("left", box.left());
    out.writeNumberField("top", box.top());
    out.writeNumberField("width", box.width());
    out.writeNumberField("height", box.height());
    out.writeEndObject();
  }

  private static Label.Box box(JsonObject in) {
    return new Label.Box(
        in.fraction("left"), in.fraction("top"), in.fraction("width"), in.fraction("height"));
  }
}
