package dev.cutline.benchmarks.failover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cutline.CaptionStyle;
import java.io.IOException;
import java.util.List;

/**
 * The fallback that a careful user writes around a library that has none: one server after the
 * other until one of them answers with captions that can be read.
 */
final class ByHand implements Contender {
  private final ObjectMapper mapper = new ObjectMapper();
  private final String name;
  private final List<Model> models;

  /**
   * @param models at least one
   */
  ByHand(String name, List<Model> models) {
    this.name = name;
    this.models = List.copyOf(models);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void caption() throws Exception {
    for (Model model : models.subList(0, models.size() - 1)) {
      try {
        check(model.ask());
        return;
      } catch (Exception e) {
        // whatever it is, the next one may do better
      }
    }
    check(models.get(models.size() - 1).ask());
  }

  @Override
  public void close() {
    // neither library has models that are closed
  }

  private void check(String answer) throws IOException {
    JsonNode captions = mapper.readTree(answer);
    for (CaptionStyle style : CaptionStyle.values()) {
      if (captions.path(style.id()).asText().isBlank()) {
        throw new IOException("no caption " + style.id() + " in " + answer);
      }
    }
  }

  /** A library's model of chat, asked the one question. */
  @FunctionalInterface
  interface Model {
    String ask() throws Exception;
  }
}
