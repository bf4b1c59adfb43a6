package dev.cutline.benchmarks.failover;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cutline.CaptionStyle;
import java.nio.charset.StandardCharsets;

/** The bodies that the mock server sends, in the form of OpenAI's chat completions. */
final class Completions {
  private final ObjectMapper mapper = new ObjectMapper();
  private final byte[] good;
  private final byte[] cutCaption;

  Completions() {
    String captions =
        captions(
            "A brown cat asleep on a sofa",
            "A brown cat sleeps through the afternoon. Outside, rain taps the glass.",
            "A brown cat lies curled up on a grey sofa beside a window.");
    this.good = completion(captions);
    this.cutCaption = completion(captions.substring(0, captions.length() / 2));
  }

  /** Returns a completion with captions in every style. */
  byte[] good() {
    return good.clone();
  }

  /** Returns a whole completion with half of the captions. */
  byte[] cutCaption() {
    return cutCaption.clone();
  }

  /** Returns an error with the status as its code. */
  byte[] error(int status) {
    ObjectNode root = mapper.createObjectNode();
    root.putObject("error")
        .put("message", "as it was told to")
        .put("type", "mock_error")
        .putNull("param")
        .put("code", status);
    return bytes(root);
  }

  private String captions(String concise, String creative, String alt) {
    return mapper
        .createObjectNode()
        .put(CaptionStyle.CONCISE.id(), concise)
        .put(CaptionStyle.CREATIVE.id(), creative)
        .put(CaptionStyle.ALT.id(), alt)
        .put("decorative", false)
        .toString();
  }

  private byte[] completion(String content) {
    ObjectNode root =
        mapper
            .createObjectNode()
            .put("id", "chatcmpl-mock")
            .put("object", "chat.completion")
            .put("created", 1_795_132_800)
            .put("model", "mock-1");
    ObjectNode choice =
        root.putArray("choices").addObject().put("index", 0).put("finish_reason", "stop");
    choice.putObject("message").put("role", "assistant").put("content", content);
    root.putObject("usage")
        .put("prompt_tokens", 150)
        .put("completion_tokens", 35)
        .put("total_tokens", 185);
    return bytes(root);
  }

  private byte[] bytes(ObjectNode root) {
    try {
      return mapper.writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree that is no JSON", e);
    }
  }
}
