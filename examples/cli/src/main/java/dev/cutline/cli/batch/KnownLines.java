package dev.cutline.cli.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.cutline.cli.output.Result;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which results a file of JSON Lines has: the same file, content, language and status. Takes eight
 * bytes a line. Lines are first all added and then looked up. Not safe for several threads.
 */
final class KnownLines {
  private static final JsonFactory JSON = new JsonFactory();

  /** What makes a line the same as another. */
  private static final Set<String> IDENTITY = Set.of("file", "sha256", "language", "status");

  private long[] hashes = new long[64];
  private int size;
  private boolean sorted = true;

  /**
   * Adds a line.
   *
   * @param where what an exception calls it
   * @throws IOException if it is no JSON object
   */
  void add(byte[] line, String where) throws IOException {
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, size * 2);
    }
    hashes[size++] = hash(identity(line, where));
    sorted = false;
  }

  /** Tells whether a line of the same result was added. */
  boolean contains(Result result) {
    if (!sorted) {
      Arrays.sort(hashes, 0, size);
      sorted = true;
    }
    return Arrays.binarySearch(hashes, 0, size, hash(identity(result))) >= 0;
  }

  private static Map<String, String> identity(byte[] line, String where) throws IOException {
    Map<String, String> fields = new TreeMap<>();
    try (JsonParser json = JSON.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException(where + " is no JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (IDENTITY.contains(name) && value != JsonToken.VALUE_NULL) {
          fields.put(name, json.getText());
        }
        json.skipChildren();
      }
    } catch (JsonProcessingException e) {
      throw new IOException(where + " is no JSON", e);
    }
    return fields;
  }

  private static Map<String, String> identity(Result result) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("file", result.file());
    fields.put("status", result.status().name());
    result.sha256().ifPresent(sha256 -> fields.put("sha256", sha256));
    result.language().ifPresent(language -> fields.put("language", language));
    return fields;
  }

  /**
   * 64 bits of a strong hash: eight bytes a line instead of hundreds, and no two lines alike by
   * accident.
   */
  private static long hash(Map<String, String> fields) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] bytes = fields.toString().getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.wrap(digest.digest(bytes)).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
