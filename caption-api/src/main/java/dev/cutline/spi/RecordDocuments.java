package dev.cutline.spi;

import dev.cutline.CaptionStyle;
import dev.cutline.ImageFormat;
import dev.cutline.ImageRecord;
import dev.cutline.Label;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Records as documents, in the one way that stores share: maps of text, whole numbers ({@link
 * Long}), fractions ({@link Double}), booleans, lists and maps, as JSON has them. Holds every field
 * but owner, id, version, states, lease and time of creation, which a store keeps apart because it
 * asks for them. What is null, empty, zero or false is left out.
 */
public final class RecordDocuments {
  private RecordDocuments() {}

  /** Returns a record as a document. */
  public static Map<String, Object> of(ImageRecord record) {
    DocumentWriter out = new DocumentWriter();
    out.number("updatedAt", record.updatedAt().toEpochMilli());
    out.text("fileName", record.fileName().orElse(null));
    out.text("title", record.title().orElse(null));
    out.text("description", record.description().orElse(null));
    out.texts("tags", record.tags());
    out.text("format", record.format().name());
    out.whole("width", record.width());
    out.whole("height", record.height());
    out.whole("size", record.size());
    out.text("sha256", record.sha256());
    if (record.perceptualHash().isPresent()) {
      out.number("perceptualHash", record.perceptualHash().getAsLong());
    }
    out.textByName("facts", record.facts());
    out.texts("languages", record.languages());
    out.texts("styles", record.styles().stream().map(CaptionStyle::id).toList());
    out.text("context", record.context().orElse(null));
    out.flag("localOnly", record.isLocalOnly());
    out.list("labels", record.labels(), RecordDocuments::label);
    out.list("captions", record.captions(), CaptionDocuments::item);
    out.whole("lastCaptionNumber", record.lastCaptionNumber());
    out.list("runs", record.runs(), CaptionDocuments::item);
    out.flag("needsReview", record.needsReview());
    out.texts("notes", record.notes());
    return out.document();
  }

  /**
   * Sets what a document holds.
   *
   * @throws CorruptDocumentException if it is none of a record
   */
  public static ImageRecord.Builder read(Map<String, ?> document, ImageRecord.Builder record) {
    DocumentReader in = DocumentReader.of(document);
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

  /**
   * Returns the constant of a name.
   *
   * @throws CorruptDocumentException if there is none
   */
  public static <E extends Enum<E>> E constant(String name, Class<E> type) {
    try {
      return Enum.valueOf(type, name);
    } catch (IllegalArgumentException e) {
      throw new CorruptDocumentException(name + " is no " + type.getSimpleName());
    }
  }

  private static Set<CaptionStyle> styles(DocumentReader in) {
    Set<CaptionStyle> styles = EnumSet.noneOf(CaptionStyle.class);
    in.texts("styles").forEach(id -> styles.add(CaptionDocuments.style(id)));
    return styles;
  }

  private static void label(DocumentWriter out, Label label) {
    out.text("name", label.name());
    out.fraction("confidence", label.confidence());
    out.texts("parents", label.parents());
    out.list("boxes", label.boxes(), RecordDocuments::box);
  }

  private static Label label(DocumentReader in) {
    return Label.builder(in.text("name"), in.fraction("confidence"))
        .parents(in.texts("parents"))
        .boxes(in.list("boxes", RecordDocuments::box))
        .build();
  }

  private static void box(DocumentWriter out, Label.Box box) {
    out.fraction("left", box.left());
    out.fraction("top", box.top());
    out.fraction("width", box.width());
    out.fraction("height", box.height());
  }

  private static Label.Box box(DocumentReader in) {
    return new Label.Box(
        in.fraction("left"), in.fraction("top"), in.fraction("width"), in.fraction("height"));
  }
}
