package dev.cutline.cli.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.cutline.cli.output.JsonLine;
import dev.cutline.cli.output.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a line of results says of a file: what became of it, and not how long that took. Immutable.
 */
final class WrittenLine {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Set<String> READ =
      Set.of("file", "id", "status", "sha256", "concise", "creative", "alt", "language");

  private final Map<String, String> fields;

  private WrittenLine(Map<String, String> fields) {
    this.fields = fields;
  }

  /**
   * Reads a line.
   *
   * @param where what an exception calls it
   * @throws IOException if it is no JSON object
   */
  static WrittenLine parse(byte[] line, String where) throws IOException {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser json = JSON.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException(where + " is no JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (READ.contains(name) && value.isScalarValue() && value != JsonToken.VALUE_NULL) {
          fields.put(name, json.getText());
        } else if (name.equals("error") && value == JsonToken.START_OBJECT) {
          readReason(json, fields);
        } else {
          json.skipChildren();
        }
      }
    } catch (JsonProcessingException e) {
      throw new IOException(where + " is no JSON", e);
    }
    return new WrittenLine(fields);
  }

  private static void readReason(JsonParser json, Map<String, String> fields) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean isReason = json.currentName().equals("reason");
      if (json.nextToken() == JsonToken.VALUE_STRING && isReason) {
        fields.put("reason", json.getText());
      }
      json.skipChildren();
    }
  }

  /** Returns the line of a result as it would be read back. */
  static WrittenLine of(Result result) {
    try {
      return parse(JsonLine.of(result).getBytes(StandardCharsets.UTF_8), "a line of ours");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the path as it was given then. */
  String file() {
    return fields.getOrDefault("file", "");
  }

  Optional<String> id() {
    return Optional.ofNullable(fields.get("id"));
  }

  /** Returns the language of the texts; empty if the file was refused. */
  Optional<String> language() {
    return Optional.ofNullable(fields.get("language"));
  }

  /** Tells whether the other line says all that this one does. */
  boolean isRepeatedBy(WrittenLine other) {
    return fields.equals(other.fields);
  }

  /**
   * Tells whether the other line has the same content with the same texts, under whatever id they
   * are stored, and whatever else was tried since.
   */
  boolean hasTextsOf(WrittenLine other) {
    return texts().equals(other.texts());
  }

  private Map<String, String> texts() {
    Map<String, String> texts = new HashMap<>(fields);
    texts.keySet().removeAll(Set.of("id", "reason"));
    return texts;
  }
}
