package dev.cutline.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cutline.Usage;
import dev.cutline.prompt.Tokens;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an answer says about a failure, whichever way it says it: {@code error} as a text, as an
 * object with a code in letters or digits, or none at all but {@code message} or {@code detail}.
 *
 * @param status of the failure: that of the answer, or on success the number in the body, or 0
 * @param codes whatever names the failure, the most exact first
 * @param message of the server; the bare body if that is not JSON
 * @param usage tokens that were used all the same
 */
record ErrorFacts(int status, Set<String> codes, String message, Usage usage) {
  /** No message is longer; what follows would only slow down the search for patterns. */
  private static final int LONGEST = 4_000;

  /** Where vendors put the name of a failure, seen from the object that describes it. */
  private static final List<String> CODES =
      List.of(
          "/details/error_code",
          "/innererror/code",
          "/code",
          "/type",
          "/error_type",
          "/metadata/error_type",
          "/status");

  private static final List<String> MESSAGES =
      List.of("/message", "/detail", "/details", "/error", "/msg");

  /** Returns what went wrong, or nothing if the answer is a success. */
  static Optional<ErrorFacts> of(HttpReply reply) {
    JsonNode body = reply.json().orElse(null);
    if (body == null) {
      return reply.isSuccess()
          ? Optional.empty()
          : Optional.of(
              new ErrorFacts(reply.status(), Set.of(), bounded(reply.text()), Usage.NONE));
    }
    JsonNode error = body.path("error");
    boolean stated =
        error.isObject() && !error.isEmpty() || error.isTextual() && !error.textValue().isBlank();
    if (reply.isSuccess() && !stated) {
      return Optional.empty();
    }
    Set<String> codes = new LinkedHashSet<>();
    if (error.isObject()) {
      addCodes(error, codes);
    }
    addCodes(body, codes);
    int status = reply.isSuccess() ? statusIn(error) : reply.status();
    return Optional.of(
        new ErrorFacts(status, codes, bounded(message(body, error)), usage(body.path("usage"))));
  }

  private static void addCodes(JsonNode node, Set<String> codes) {
    for (JsonNode detail : node.path("details")) { // Google: a list, each with its own names
      addCode(detail.path("reason"), codes);
    }
    for (String pointer : CODES) {
      addCode(node.at(pointer), codes);
    }
  }

  private static void addCode(JsonNode code, Set<String> codes) {
    if (code.isTextual() && !code.textValue().isBlank()) {
      codes.add(code.textValue());
    }
  }

  private static int statusIn(JsonNode error) {
    int code = error.path("code").asInt(0);
    return code >= 400 && code <= 599 ? code : 0;
  }

  private static String message(JsonNode body, JsonNode error) {
    if (error.isTextual()) {
      return error.textValue();
    }
    String inError = firstText(error);
    if (!inError.isEmpty()) {
      return inError;
    }
    String inBody = firstText(body);
    return inBody.isEmpty() ? body.toString() : inBody;
  }

  private static String firstText(JsonNode node) {
    for (String pointer : MESSAGES) {
      JsonNode message = node.at(pointer);
      if (message.isTextual() && !message.textValue().isBlank()) {
        return message.textValue();
      }
      if (message.isArray() && !message.isEmpty()) {
        return message.toString();
      }
    }
    return "";
  }

  private static String bounded(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }

  /** Vendors name the tokens in one of two ways. */
  private static Usage usage(JsonNode usage) {
    return new Usage(
        Math.max(Tokens.in(usage, "prompt_tokens"), Tokens.in(usage, "input_tokens")),
        Math.max(Tokens.in(usage, "completion_tokens"), Tokens.in(usage, "output_tokens")));
  }
}
