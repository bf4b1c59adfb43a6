package dev.cutline.documents;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.cutline.spi.CorruptDocumentException;
import dev.cutline.spi.StoreArguments;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The documents of {@link dev.cutline.spi.RecordDocuments} and {@link
 * dev.cutline.spi.CaptionDocuments} as JSON text, in one way for all stores. Streams only: binding
 * objects by reflection would cost every start of the command line more time than opening the
 * database does.
 */
public final class JsonDocuments {
  // what is read was written here, so a text of any length is rightly there
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private JsonDocuments() {}

  /**
   * Returns a document as text, for which {@link #read} returns an equal one.
   *
   * @throws IllegalArgumentException if a text in it is no Unicode: half of a surrogate pair
   */
  public static String write(Map<String, ?> document) {
    StringWriter text = new StringWriter(1024);
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      value(out, document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return StoreArguments.unicode(text.toString(), "the document");
  }

  private static void value(JsonGenerator out, @Nullable Object value) throws IOException {
    if (value instanceof Map<?, ?> object) {
      out.writeStartObject();
      for (Map.Entry<?, ?> field : object.entrySet()) {
        out.writeFieldName(String.valueOf(field.getKey()));
        value(out, field.getValue());
      }
      out.writeEndObject();
    } else if (value instanceof List<?> array) {
      out.writeStartArray();
      for (Object item : array) {
        value(out, item);
      }
      out.writeEndArray();
    } else {
      out.writePOJO(value);
    }
  }

  /**
   * Returns the document that a text holds.
   *
   * @throws CorruptDocumentException if it holds none
   */
  public static Map<String, @Nullable Object> read(String text) {
    try (JsonParser in = FACTORY.createParser(text)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new CorruptDocumentException("JSON that is no object");
      }
      return object(in);
    } catch (JsonProcessingException e) { // its whole message has lines
      throw new CorruptDocumentException("no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new CorruptDocumentException("no JSON: " + e.getMessage());
    }
  }

  private static @Nullable Object value(JsonParser in) throws IOException {
    JsonToken token = in.currentToken();
    if (token == null) {
      throw new CorruptDocumentException("JSON that ends too early");
    }
    return switch (token) {
      case START_OBJECT -> object(in);
      case START_ARRAY -> array(in);
      case VALUE_STRING -> in.getText();
      case VALUE_NUMBER_INT -> in.getLongValue();
      case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new CorruptDocumentException("JSON with " + token);
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser in) throws IOException {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      fields.put(name, value(in));
    }
    return fields;
  }

  private static List<@Nullable Object> array(JsonParser in) throws IOException {
    List<@Nullable Object> items = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(in));
    }
    return items;
  }
}
