package dev.cutline.prompt;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * The one way in which providers read and write JSON. Reading is strict, because what is read comes
 * from strangers: one value and nothing behind it, no key twice, at most {@value #MAX_DEPTH} levels
 * and {@value #MAX_CHARS} characters. Thread-safe.
 */
public final class Json {
  /** The most levels of objects and arrays that are read. */
  public static final int MAX_DEPTH = 64;

  /** The most characters that are read. */
  public static final int MAX_CHARS = 2 * 1024 * 1024;

  private static final ObjectMapper MAPPER = mapper();
  private static final ObjectReader FIRST_VALUE =
      MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Json() {}

  /** Returns a new, empty object. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /**
   * Returns the value that a text is; nothing if it is blank, not JSON by the rules above, or more
   * than one value.
   */
  public static Optional<JsonNode> read(String text) {
    try {
      JsonNode value = MAPPER.readTree(text);
      return value.isMissingNode() ? Optional.empty() : Optional.of(value);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** Returns the value as compact JSON in UTF-8. */
  public static byte[] bytes(JsonNode value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the value as compact JSON. */
  public static String text(JsonNode value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns how many characters the first value of a text takes; -1 if the text does not begin with
   * a whole value.
   */
  static int firstValueLength(String text) {
    try (JsonParser parser = MAPPER.createParser(text)) {
      JsonNode value = FIRST_VALUE.readTree(parser);
      return value == null ? -1 : (int) parser.currentLocation().getCharOffset();
    } catch (IOException e) {
      return -1;
    }
  }

  private static ObjectMapper mapper() {
    JsonMapper mapper =
        JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxDocumentLength(MAX_CHARS)
                .maxStringLength(MAX_CHARS)
                .maxNumberLength(100)
                .maxNameLength(1_000)
                .build());
    return mapper;
  }
}
