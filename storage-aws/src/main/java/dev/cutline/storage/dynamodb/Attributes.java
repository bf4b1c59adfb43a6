package dev.cutline.storage.dynamodb;

import dev.cutline.spi.CorruptDocumentException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Values of attributes, and how they are read. */
final class Attributes {
  private Attributes() {}

  static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  /**
   * Returns a text.
   *
   * @throws CorruptDocumentException if there is none
   */
  static String text(Map<String, AttributeValue> item, String name) {
    String text = nullableText(item, name);
    if (text == null) {
      throw new CorruptDocumentException("an item has no text " + name);
    }
    return text;
  }

  static @Nullable String nullableText(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? null : value.s();
  }

  /**
   * Returns a whole number.
   *
   * @throws CorruptDocumentException if there is none
   */
  static long number(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    try {
      if (value != null && value.n() != null) {
        return Long.parseLong(value.n());
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new CorruptDocumentException("an item has no whole number " + name);
  }

  static long number(Map<String, AttributeValue> item, String name, long otherwise) {
    return item.containsKey(name) ? number(item, name) : otherwise;
  }
}
