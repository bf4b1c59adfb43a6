package dev.cutline.openai;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Captioner;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.Settings;
import dev.cutline.http.JsonHttp;
import dev.cutline.prompt.CaptionPrompt;
import dev.cutline.prompt.Json;
import dev.cutline.spi.CaptionProvider;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each server is sent, in full, from the settings of a user to the bytes on the wire. */
class RequestsOnTheWireTest {
  private static final WireMockServer SERVER =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());

  private static final String SCHEMA =
      """
      {"type":"object","properties":{
        "concise":{"type":"string","description":"At most 10 words, plain description"},
        "creative":{"type":"string","description":"One or two sentences, evocative"},
        "alt":{"type":"string","description":"Alternative text of at most 125 characters; empty if decorative"},
        "decorative":{"type":"boolean","description":"Whether the picture is decoration only"}},
       "required":["concise","creative","alt","decorative"],"additionalProperties":false}""";

  private static final String RESPONSE_FORMAT =
      "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"captions\",\"strict\":true,\"schema\":"
          + SCHEMA
          + "}}";

  private final CaptionRequest request =
      CaptionRequest.builder(
              ImageData.of(
                  new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xd9},
                  ImageFormat.JPEG,
                  1,
                  1))
          .context("Our garden")
          .build();

  @BeforeAll
  static void start() {
    SERVER.start();
  }

  @AfterAll
  static void stop() {
    SERVER.stop();
  }

  @BeforeEach
  void reset() {
    SERVER.resetAll();
    String captions =
        "{\\\"concise\\\":\\\"a\\\",\\\"creative\\\":\\\"b\\\",\\\"alt\\\":\\\"c\\\",\\\"decorative\\\":false}";
    SERVER.stubFor(
        any(anyUrl())
            .willReturn(
                okJson(
                    "{\"model\":\"m-1\",\"choices\":[{\"message\":{\"content\":\"%s\"}}],\"message\":{\"content\":\"%s\"}}"
                        .formatted(captions, captions))));
  }

  @Test
  void asksOpenAi() {
    LoggedRequest sent =
        send(Map.of("model", "gpt-6-luna", "api-key", "sk-1", "endpoint", base() + "/v1"));

    assertThat(sent.getUrl()).isEqualTo("/v1/chat/completions");
    assertThat(sent.header("Authorization").firstValue()).isEqualTo("Bearer sk-1");
    assertBody(
        sent,
        chat(
            "gpt-6-luna",
            RESPONSE_FORMAT + ",\"reasoning_effort\":\"none\",\"max_completion_tokens\":1000"));
  }

  @Test
  void takesAnEndpointWithASlashAtItsEnd() {
    LoggedRequest sent = send(Map.of("model", "m", "api-key", "sk-1", "endpoint", base() + "/v1/"));

    assertThat(sent.getUrl()).isEqualTo("/v1/chat/completions");
  }

  @Test
  void asksOpenAiInEveryWayThatSettingsAllow() {
    LoggedRequest sent =
        send(
            Map.of(
                "model", "m",
                "api-key", "sk-1",
                "endpoint", base() + "/v1",
                "max-tokens", "77",
                "max-tokens-field", "max_tokens",
                "detail", "low",
                "temperature", "0.2",
                "reasoning-effort", "unset",
                "json-schema", "false",
                "auth-header", "api-key"));

    assertThat(sent.header("api-key").firstValue()).isEqualTo("sk-1");
    assertThat(sent.containsHeader("Authorization")).isFalse();
    assertBody(
        sent,
        chat("m", "\"temperature\":0.2,\"max_tokens\":77")
            .replace("2Q==\"", "2Q==\",\"detail\":\"low\""));
  }

  @Test
  void asksAzure() {
    LoggedRequest sent =
        send(
            Map.of(
                "model",
                "my deployment",
                "dialect",
                "azure",
                "api-key",
                "az-1",
                "endpoint",
                base()));

    assertThat(sent.getUrl()).isEqualTo("/openai/v1/chat/completions");
    assertThat(sent.header("api-key").firstValue()).isEqualTo("az-1");
    assertThat(sent.containsHeader("Authorization")).isFalse();
    assertBody(sent, chat("my deployment", RESPONSE_FORMAT + ",\"max_completion_tokens\":1000"));
  }

  @Test
  void asksAzureAtAnEndpointThatIsComplete() {
    LoggedRequest sent =
        send(
            Map.of(
                "model",
                "d",
                "dialect",
                "azure",
                "api-key",
                "az-1",
                "endpoint",
                base() + "/openai/v1/"));

    assertThat(sent.getUrl()).isEqualTo("/openai/v1/chat/completions");
  }

  @Test
  void asksAzureByDeploymentAndVersion() {
    LoggedRequest sent =
        send(
            Map.of(
                "model", "my deployment",
                "dialect", "azure",
                "api-key", "token",
                "auth-header", "authorization",
                "api-version", "2024-10-21",
                "endpoint", base()));

    assertThat(sent.getUrl())
        .isEqualTo("/openai/deployments/my%20deployment/chat/completions?api-version=2024-10-21");
    assertThat(sent.header("Authorization").firstValue()).isEqualTo("Bearer token");
  }

  @Test
  void asksOpenRouter() {
    LoggedRequest sent =
        send(
            Map.of(
                "model",
                "qwen/qwen3-vl",
                "dialect",
                "openrouter",
                "api-key",
                "or-1",
                "endpoint",
                base() + "/api/v1"));

    assertThat(sent.getUrl()).isEqualTo("/api/v1/chat/completions");
    assertThat(sent.header("Authorization").firstValue()).isEqualTo("Bearer or-1");
    assertBody(sent, chat("qwen/qwen3-vl", RESPONSE_FORMAT + ",\"max_tokens\":1000"));
  }

  @Test
  void asksServersOfOnesOwnWithoutAKey() {
    for (String dialect : new String[] {"vllm", "sglang", "llamacpp", "lmstudio"}) {
      SERVER.resetRequests();

      LoggedRequest sent =
          send(Map.of("model", "m", "dialect", dialect, "endpoint", base() + "/v1"));

      assertThat(sent.getUrl()).as(dialect).isEqualTo("/v1/chat/completions");
      assertThat(sent.containsHeader("Authorization")).as(dialect).isFalse();
      assertBody(sent, chat("m", RESPONSE_FORMAT + ",\"max_tokens\":400"));
    }
  }

  @Test
  void sendsAKeyToAServerOfOnesOwnThatWantsOne() {
    LoggedRequest sent =
        send(Map.of("model", "m", "dialect", "vllm", "api-key", "k-1", "endpoint", base() + "/v1"));

    assertThat(sent.header("Authorization").firstValue()).isEqualTo("Bearer k-1");
  }

  @Test
  void sendsASchemaThatIsInsistedOn() {
    LoggedRequest sent =
        send(
            Map.of(
                "model",
                "m",
                "dialect",
                "vllm",
                "json-schema",
                "true",
                "endpoint",
                base() + "/v1"));

    assertBody(sent, chat("m", RESPONSE_FORMAT + ",\"max_tokens\":400"));
  }

  @Test
  void asksAnyOtherServer() {
    LoggedRequest sent =
        send(Map.of("model", "m", "dialect", "compatible", "endpoint", base() + "/x"));

    assertThat(sent.getUrl()).isEqualTo("/x/chat/completions");
    assertBody(sent, chat("m", RESPONSE_FORMAT + ",\"max_tokens\":1000"));
  }

  @Test
  void asksOllama() {
    LoggedRequest sent =
        send(new OllamaCaptionProvider(), Map.of("model", "gemma4", "endpoint", base() + "/"));

    assertThat(sent.getUrl()).isEqualTo("/api/chat");
    assertThat(sent.containsHeader("Authorization")).isFalse();
    assertBody(
        sent,
        ollama(
            "gemma4",
            "\"format\":" + SCHEMA + ",\"stream\":false,\"options\":{\"num_predict\":400}"));
  }

  @Test
  void asksOllamaInEveryWayThatSettingsAllow() {
    LoggedRequest sent =
        send(
            new OllamaCaptionProvider(),
            Map.of(
                "model", "gemma4",
                "endpoint", base(),
                "api-key", "o-1",
                "max-tokens", "99",
                "context-tokens", "8192",
                "keep-alive", "PT10M",
                "think", "false",
                "json-schema", "false",
                "temperature", "0.2"));

    assertThat(sent.header("Authorization").firstValue()).isEqualTo("Bearer o-1");
    assertBody(
        sent,
        ollama(
            "gemma4",
            "\"stream\":false,\"think\":false,\"keep_alive\":\"600s\","
                + "\"options\":{\"num_predict\":99,\"num_ctx\":8192,\"temperature\":0.2}"));
  }

  @Test
  void asksOllamaToThink() {
    LoggedRequest sent =
        send(
            new OllamaCaptionProvider(),
            Map.of("model", "m", "endpoint", base(), "think", "true", "temperature", "2"));

    assertBody(
        sent,
        ollama(
            "m",
            "\"format\":"
                + SCHEMA
                + ",\"stream\":false,\"think\":true,"
                + "\"options\":{\"num_predict\":400,\"temperature\":2}"));
  }

  @Test
  void closesASenderOfItsOwn() {
    Captioner chat =
        OpenAiCaptioner.builder(Dialect.VLLM, "m").endpoint(URI.create(base())).build();
    Captioner ollama = OllamaCaptioner.builder("m").endpoint(URI.create(base())).build();
    for (Captioner captioner : List.of(chat, ollama)) {
      captioner.close();
      assertThatThrownBy(() -> captioner.caption(request))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void sharesASenderThatItWasGivenAndLeavesItOpen() {
    try (JsonHttp http = JsonHttp.create()) {
      URI endpoint = URI.create(base() + "/v1");
      try (Captioner chat =
              OpenAiCaptioner.builder(Dialect.VLLM, "m").endpoint(endpoint).http(http).build();
          Captioner ollama =
              OllamaCaptioner.builder("m").endpoint(URI.create(base())).http(http).build()) {
        assertThat(chat.caption(request).model()).isEqualTo("m-1");
        assertThat(ollama.caption(request).model()).isEqualTo("m-1");
      }
      Captioner later =
          OllamaCaptioner.builder("m").endpoint(URI.create(base())).http(http).build();
      assertThat(later.caption(request).model()).isEqualTo("m-1");
    }
  }

  private LoggedRequest send(Map<String, String> settings) {
    return send(new OpenAiCaptionProvider(), settings);
  }

  private LoggedRequest send(CaptionProvider provider, Map<String, String> settings) {
    try (Captioner captioner = provider.create(Settings.of(new HashMap<>(settings)))) {
      CaptionReply reply = captioner.caption(request);
      assertThat(reply.text(CaptionStyle.CREATIVE)).contains("b");
    }
    assertThat(SERVER.getAllServeEvents()).hasSize(1);
    return SERVER.getAllServeEvents().get(0).getRequest();
  }

  private static String base() {
    return SERVER.baseUrl();
  }

  private static void assertBody(LoggedRequest sent, String expected) {
    assertThat(Json.read(sent.getBodyAsString()))
        .as(sent.getBodyAsString())
        .isEqualTo(Json.read(expected))
        .isPresent();
  }

  private String chat(String model, String rest) {
    CaptionPrompt prompt = CaptionPrompt.of(request);
    return """
        {"model":"%s","messages":[
          {"role":"system","content":%s},
          {"role":"user","content":[
            {"type":"text","text":%s},
            {"type":"image_url","image_url":{"url":"data:image/jpeg;base64,/9j/2Q=="}}]}],
         %s}"""
        .formatted(model, quoted(prompt.system()), quoted(prompt.user()), rest);
  }

  private String ollama(String model, String rest) {
    CaptionPrompt prompt = CaptionPrompt.of(request);
    return """
        {"model":"%s","messages":[
          {"role":"system","content":%s},
          {"role":"user","content":%s,"images":["/9j/2Q=="]}],
         %s}"""
        .formatted(model, quoted(prompt.system()), quoted(prompt.user()), rest);
  }

  private static String quoted(String text) {
    return Json.text(Json.object().put("t", text).path("t"));
  }
}
