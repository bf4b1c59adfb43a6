package dev.cutline.spi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An object of a document. Getters throw {@link CorruptDocumentException} on a wrong type. */
final class DocumentReader {
  private final Map<?, ?> fields;

  private DocumentReader(Map<?, ?> fields) {
    this.fields = fields;
  }

  static DocumentReader of(@Nullable Object value) {
    return new DocumentReader(cast(Map.class, value, "an object"));
  }

  String text(String name) {
    return cast(String.class, fields.get(name), name);
  }

  @Nullable String nullableText(String name) {
    return fields.get(name) == null ? null : text(name);
  }

  /** Returns a number, zero if there is none. */
  long whole(String name) {
    return fields.get(name) == null ? 0 : cast(Long.class, fields.get(name), name);
  }

  @Nullable Long nullableWhole(String name) {
    return fields.get(name) == null ? null : whole(name);
  }

  /** Returns a number; NaN and the infinities, which JSON has not, are written as text. */
  double fraction(String name) {
    return fields.get(name) instanceof String text
        ? Double.parseDouble(text)
        : cast(Number.class, fields.get(name), name).doubleValue();
  }

  boolean flag(String name) {
    return fields.get(name) != null && cast(Boolean.class, fields.get(name), name);
  }

  <E extends Enum<E>> E constant(String name, Class<E> type) {
    return RecordDocuments.constant(text(name), type);
  }

  /** Returns the items of an array, none if there is no such field. */
  <T> List<T> list(String name, Function<DocumentReader, T> item) {
    return items(name).stream().map(each -> item.apply(of(each))).toList();
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Object item : items(name)) {
      texts.add(cast(String.class, item, name));
    }
    return texts;
  }

  Map<String, String> textByName(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (fields.get(name) != null) {
      of(fields.get(name))
          .fields
          .forEach(
              (key, value) ->
                  texts.put(cast(String.class, key, name), cast(String.class, value, name)));
    }
    return texts;
  }

  private List<?> items(String name) {
    return fields.get(name) == null ? List.of() : cast(List.class, fields.get(name), name);
  }

  private static <T> T cast(Class<T> type, @Nullable Object value, String what) {
    if (!type.isInstance(value)) {
      throw new CorruptDocumentException(what + " is missing or no " + type.getSimpleName());
    }
    return type.cast(value);
  }
}
