package dev.cutline.spi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Builds an object of a document, and leaves out what would say nothing. */
final class DocumentWriter {
  private final Map<String, Object> fields = new LinkedHashMap<>();

  /** Writes a text, or nothing if it is null. */
  void text(String name, @Nullable String value) {
    if (value != null) {
      fields.put(name, value);
    }
  }

  /** Writes a number, zero too. */
  void number(String name, long value) {
    fields.put(name, value);
  }

  /** Writes a number, or nothing if it is zero. */
  void whole(String name, long value) {
    if (value != 0) {
      fields.put(name, value);
    }
  }

  void fraction(String name, double value) {
    fields.put(name, value);
  }

  /** Writes {@code true}, or nothing. */
  void flag(String name, boolean value) {
    if (value) {
      fields.put(name, true);
    }
  }

  /** Writes an array of texts, or nothing if it would be empty. */
  void texts(String name, Collection<String> values) {
    if (!values.isEmpty()) {
      fields.put(name, List.copyOf(values));
    }
  }

  /** Writes an object of texts, or nothing if it would be empty. */
  void textByName(String name, Map<String, String> values) {
    if (!values.isEmpty()) {
      fields.put(name, new LinkedHashMap<>(values));
    }
  }

  /** Writes an array of objects, or nothing if it would be empty. */
  <T> void list(String name, Collection<? extends T> items, BiConsumer<DocumentWriter, T> item) {
    if (items.isEmpty()) {
      return;
    }
    List<Map<String, Object>> written = new ArrayList<>(items.size());
    for (T each : items) {
      DocumentWriter object = new DocumentWriter();
      item.accept(object, each);
      written.add(object.fields);
    }
    fields.put(name, written);
  }

  Map<String, Object> document() {
    return fields;
  }
}
