package dev.cutline.prompt;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The one JSON schema of every answer: {@code concise}, {@code creative}, {@code alt} and {@code
 * decorative}. It never changes with the request, because several vendors compile a schema at its
 * first use and keep the result. It has no lengths and patterns either: some compilers refuse them,
 * others ignore them; caption-core enforces the limits.
 */
public final class ReplySchema {
  /** The name that vendors ask for beside a schema. */
  public static final String NAME = "captions";

  private static final String TEXT = Json.text(schema());

  private ReplySchema() {}

  /** Returns the schema as a tree of its own, which the caller may change. */
  public static ObjectNode json() {
    return schema();
  }

  /** Returns the schema as compact JSON, always the same. */
  public static String text() {
    return TEXT;
  }

  private static ObjectNode schema() {
    ObjectNode schema = Json.object().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    property(properties, "concise", "string", "At most 10 words, plain description");
    property(properties, "creative", "string", "One or two sentences, evocative");
    property(
        properties,
        "alt",
        "string",
        "Alternative text of at most 125 characters; empty if decorative");
    property(properties, "decorative", "boolean", "Whether the picture is decoration only");
    schema.putArray("required").add("concise").add("creative").add("alt").add("decorative");
    return schema.put("additionalProperties", false);
  }

  private static void property(
      ObjectNode properties, String name, String type, String description) {
    properties.putObject(name).put("type", type).put("description", description);
  }
}
