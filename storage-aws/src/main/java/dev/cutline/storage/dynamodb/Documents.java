package dev.cutline.storage.dynamodb;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.cutline.spi.CorruptDocumentException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Documents as attributes: JSON, as text that a console shows while it is short, deflated beyond
 * that, because every kilobyte is paid for and an item ends at 400 of them.
 */
final class Documents {
  private static final int LONGEST_TEXT = 1024;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private Documents() {}

  /**
   * Returns a document as an attribute.
   *
   * @throws IllegalArgumentException if a text of it is no Unicode
   */
  static AttributeValue write(Map<String, ?> document) {
    StringWriter text = new StringWriter(1024);
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      write(out, document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pack(unicode(text.toString(), "the record"));
  }

  /**
   * Returns the document that an attribute holds.
   *
   * @throws CorruptDocumentException if it holds none
   */
  static Map<String, @Nullable Object> read(@Nullable AttributeValue value) {
    try (JsonParser in = FACTORY.createParser(unpack(value))) {
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

  /** Returns a text as an attribute, deflated if it is long. */
  static AttributeValue pack(String text) {
    if (text.length() <= LONGEST_TEXT) {
      return AttributeValue.fromS(text);
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return AttributeValue.fromB(SdkBytes.fromByteArray(packed.toByteArray()));
  }

  /**
   * Returns what {@link #pack} was given.
   *
   * @throws CorruptDocumentException if it is something else
   */
  static String unpack(@Nullable AttributeValue value) {
    if (value != null && value.s() != null) {
      return value.s();
    }
    if (value == null || value.b() == null) {
      throw new CorruptDocumentException("an item without its document");
    }
    try (InflaterInputStream in =
        new InflaterInputStream(new ByteArrayInputStream(value.b().asByteArray()))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CorruptDocumentException("a document that cannot be inflated: " + e.getMessage());
    }
  }

  /**
   * Returns a text that UTF-8 can express: half of a surrogate pair would become a question mark.
   *
   * @throws IllegalArgumentException if it is no Unicode
   */
  static String unicode(String text, String what) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException(what + " is no Unicode text: half of a surrogate pair");
    }
    return text;
  }

  private static void write(JsonGenerator out, @Nullable Object value) throws IOException {
    if (value instanceof Map<?, ?> object) {
      out.writeStartObject();
      for (Map.Entry<?, ?> field : object.entrySet()) {
        out.writeFieldName(String.valueOf(field.getKey()));
        write(out, field.getValue());
      }
      out.writeEndObject();
    } else if (value instanceof List<?> array) {
      out.writeStartArray();
      for (Object item : array) {
        write(out, item);
      }
      out.writeEndArray();
    } else {
      out.writePOJO(value);
    }
  }

  private static @Nullable Object value(JsonParser in) throws IOException {
    return switch (in.currentToken()) {
      case START_OBJECT -> object(in);
      case START_ARRAY -> array(in);
      case VALUE_NUMBER_INT -> in.getLongValue();
      case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> in.getText();
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
