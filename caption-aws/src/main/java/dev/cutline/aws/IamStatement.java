package dev.cutline.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A statement of an IAM policy that allows something. Immutable.
 *
 * @param actions what is allowed, for example {@code s3:PutObject}
 * @param resources on what, as ARNs
 */
public record IamStatement(List<String> actions, List<String> resources) {
  private static final JsonFactory JSON = new JsonFactory();

  public IamStatement {
    actions = List.copyOf(actions);
    resources = List.copyOf(resources);
  }

  /** Returns a statement that allows one action, or several, on one resource. */
  public static IamStatement allow(String resource, String... actions) {
    return new IamStatement(List.of(actions), List.of(resource));
  }

  /** Returns it as it stands in a policy, in a line. */
  public String toJson() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("Effect", "Allow");
      write(json, "Action", actions);
      write(json, "Resource", resources);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot be written to", e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, String field, List<String> values)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }
}
