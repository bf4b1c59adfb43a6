package dev.cutline.storage.dynamodb;

import dev.cutline.documents.JsonDocuments;
import dev.cutline.spi.CorruptDocumentException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

  private Documents() {}

  /**
   * Returns a document as an attribute.
   *
   * @throws IllegalArgumentException if a text of it is no Unicode
   */
  static AttributeValue write(Map<String, ?> document) {
    return pack(JsonDocuments.write(document));
  }

  /**
   * Returns the document that an attribute holds.
   *
   * @throws CorruptDocumentException if it holds none
   */
  static Map<String, @Nullable Object> read(@Nullable AttributeValue value) {
    return JsonDocuments.read(unpack(value));
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
}
