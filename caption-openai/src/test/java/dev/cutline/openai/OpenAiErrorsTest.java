package dev.cutline.openai;

import static dev.cutline.openai.Dialect.AZURE;
import static dev.cutline.openai.Dialect.LLAMACPP;
import static dev.cutline.openai.Dialect.LMSTUDIO;
import static dev.cutline.openai.Dialect.OPENAI;
import static dev.cutline.openai.Dialect.OPENROUTER;
import static dev.cutline.openai.Dialect.SGLANG;
import static dev.cutline.openai.Dialect.VLLM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.cutline.CaptionException;
import dev.cutline.Reason;
import dev.cutline.http.ErrorTable;
import dev.cutline.http.HttpReply;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class OpenAiErrorsTest {
  private static final String AZURE_FILTER =
      """
      {"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
       "type":null,"param":"prompt","code":"content_filter","status":400,
       "innererror":{"code":"ResponsibleAIPolicyViolation",
         "content_filter_result":{"sexual":{"filtered":true,"severity":"high"},"violence":{"filtered":false,"severity":"safe"}}}}}""";

  static Stream<Arguments> failures() {
    return Stream.of(
        openAi(500, "\"type\":\"server_error\",\"code\":null", Reason.INTERNAL),
        openAi(408, "\"message\":\"Timed out\"", Reason.INTERNAL),
        openAi(409, "\"message\":\"Conflict\"", Reason.INTERNAL),
        openAi(429, "\"type\":\"requests\",\"code\":\"rate_limit_exceeded\"", Reason.RATE_LIMITED),
        openAi(429, "\"code\":\"slow_down\"", Reason.RATE_LIMITED),
        openAi(503, "\"code\":\"slow_down\"", Reason.RATE_LIMITED),
        openAi(429, "\"message\":\"Too many requests\"", Reason.RATE_LIMITED),
        openAi(
            429,
            "\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"",
            Reason.UNAVAILABLE),
        openAi(429, "\"type\":\"insufficient_quota\",\"code\":\"new_name\"", Reason.UNAVAILABLE),
        openAi(429, "\"code\":\"credit_balance_exhausted\"", Reason.UNAVAILABLE),
        openAi(429, "\"code\":\"organization_spend_limit_exceeded\"", Reason.UNAVAILABLE),
        openAi(429, "\"code\":\"project_spend_limit_exceeded\"", Reason.UNAVAILABLE),
        openAi(429, "\"code\":\"organization_usage_limit_exceeded\"", Reason.UNAVAILABLE),
        openAi(503, "\"message\":\"overloaded\"", Reason.UNAVAILABLE),
        openAi(500, "\"code\":\"server_is_overloaded\"", Reason.UNAVAILABLE),
        openAi(500, "\"type\":\"service_unavailable_error\"", Reason.UNAVAILABLE),
        openAi(401, "\"code\":\"invalid_api_key\"", Reason.UNAUTHORIZED),
        openAi(403, "\"message\":\"no\"", Reason.UNAUTHORIZED),
        openAi(403, "\"code\":\"unsupported_country_region_territory\"", Reason.MISCONFIGURED),
        openAi(404, "\"code\":\"model_not_found\"", Reason.MISCONFIGURED),
        openAi(403, "\"code\":\"model_not_found\"", Reason.MISCONFIGURED),
        openAi(400, "\"code\":\"unsupported_parameter\"", Reason.MISCONFIGURED),
        openAi(400, "\"code\":\"unsupported_value\"", Reason.MISCONFIGURED),
        openAi(400, "\"message\":\"max_tokens is too large: 100000.\"", Reason.MISCONFIGURED),
        openAi(400, "\"code\":\"invalid_image_format\"", Reason.INVALID_IMAGE),
        openAi(400, "\"code\":\"image_parse_error\"", Reason.INVALID_IMAGE),
        openAi(400, "\"code\":\"invalid_base64_image\"", Reason.INVALID_IMAGE),
        openAi(400, "\"message\":\"You uploaded an unsupported image.\"", Reason.INVALID_IMAGE),
        openAi(413, "\"message\":\"Payload too large\"", Reason.IMAGE_LIMIT),
        openAi(400, "\"message\":\"The image is too large.\"", Reason.IMAGE_LIMIT),
        openAi(
            400, "\"message\":\"Your upload exceeds the limit of an image\"", Reason.IMAGE_LIMIT),
        openAi(400, "\"code\":\"context_length_exceeded\"", Reason.IMAGE_LIMIT),
        openAi(400, "\"code\":\"content_policy_violation\"", Reason.REFUSED),
        openAi(400, "\"message\":\"Rejected by our safety system\"", Reason.REFUSED),
        openAi(504, "\"message\":\"Gateway\"", Reason.TIMEOUT),
        arguments(AZURE, 500, "{\"error\":{\"code\":\"InternalServerError\"}}", Reason.INTERNAL),
        arguments(AZURE, 502, "", Reason.INTERNAL),
        arguments(
            AZURE,
            429,
            "{\"error\":{\"code\":\"429\",\"message\":\"exceeded call rate limit\"}}",
            Reason.RATE_LIMITED),
        arguments(AZURE, 503, "", Reason.UNAVAILABLE),
        arguments(
            AZURE,
            401,
            "{\"error\":{\"code\":\"401\",\"message\":\"Access denied\"}}",
            Reason.UNAUTHORIZED),
        arguments(
            AZURE,
            403,
            "{\"error\":{\"code\":\"403\",\"message\":\"Public access is disabled\"}}",
            Reason.UNAUTHORIZED),
        arguments(
            AZURE, 404, "{\"error\":{\"code\":\"DeploymentNotFound\"}}", Reason.MISCONFIGURED),
        arguments(
            AZURE, 410, "{\"error\":{\"code\":\"DeploymentNotFound\"}}", Reason.MISCONFIGURED),
        arguments(AZURE, 400, AZURE_FILTER, Reason.REFUSED),
        arguments(
            AZURE,
            400,
            "{\"error\":{\"innererror\":{\"code\":\"ResponsibleAIPolicyViolation\"}}}",
            Reason.REFUSED),
        arguments(AZURE, 408, "", Reason.TIMEOUT),
        arguments(AZURE, 504, "", Reason.TIMEOUT),
        openRouter(502, "Bad upstream", Reason.INTERNAL),
        openRouter(429, "Rate limited", Reason.RATE_LIMITED),
        openRouter(503, "No provider available", Reason.UNAVAILABLE),
        openRouter(402, "Insufficient credits", Reason.UNAVAILABLE),
        openRouter(401, "Invalid credentials", Reason.UNAUTHORIZED),
        openRouter(400, "invalid_request", Reason.MISCONFIGURED),
        openRouter(404, "No endpoints found", Reason.MISCONFIGURED),
        openRouter(400, "invalid_image", Reason.INVALID_IMAGE),
        openRouter(400, "image_too_large", Reason.IMAGE_LIMIT),
        openRouter(400, "context_length_exceeded", Reason.IMAGE_LIMIT),
        openRouter(
            403,
            "Your chosen model requires moderation and your input was flagged",
            Reason.REFUSED),
        openRouter(403, "Insufficient permissions", Reason.UNAUTHORIZED),
        openRouter(408, "Timed out", Reason.TIMEOUT),
        arguments(OPENROUTER, 200, numbered(502, "Bad upstream"), Reason.INTERNAL),
        arguments(OPENROUTER, 200, numbered(429, "Rate limited"), Reason.RATE_LIMITED),
        arguments(OPENROUTER, 200, numbered(402, "Insufficient credits"), Reason.UNAVAILABLE),
        arguments(OPENROUTER, 200, numbered(403, "flagged"), Reason.REFUSED),
        arguments(
            OPENROUTER,
            400,
            "{\"error\":{\"code\":400,\"metadata\":{\"error_type\":\"invalid_image\"}}}",
            Reason.INVALID_IMAGE),
        arguments(
            OPENROUTER,
            400,
            "{\"error\":{\"code\":400,\"metadata\":{\"error_type\":\"image_too_large\"}}}",
            Reason.IMAGE_LIMIT),
        arguments(VLLM, 500, numbered(500, "EngineCore died"), Reason.INTERNAL),
        arguments(VLLM, 429, "", Reason.RATE_LIMITED),
        arguments(VLLM, 503, "", Reason.UNAVAILABLE),
        arguments(VLLM, 401, "{\"error\":\"Unauthorized\"}", Reason.UNAUTHORIZED),
        arguments(VLLM, 404, numbered(404, "The model `x` does not exist."), Reason.MISCONFIGURED),
        arguments(VLLM, 400, numbered(400, "x is not a multimodal model"), Reason.MISCONFIGURED),
        arguments(
            VLLM,
            400,
            numbered(
                400, "At most 0 image(s) may be provided in one prompt, see --limit-mm-per-prompt"),
            Reason.MISCONFIGURED),
        arguments(
            VLLM,
            400,
            numbered(400, "cannot identify image file <_io.BytesIO object at 0x7f>"),
            Reason.INVALID_IMAGE),
        arguments(
            VLLM,
            400,
            numbered(
                400,
                "'max_tokens' is too large: 400. This model's maximum context length is 4096 tokens"),
            Reason.IMAGE_LIMIT),
        arguments(
            SGLANG,
            400,
            "{\"object\":\"error\",\"message\":\"Failed to load image\",\"code\":400}",
            Reason.INVALID_IMAGE),
        arguments(
            SGLANG,
            400,
            "{\"object\":\"error\",\"message\":\"longer than the model's context length\",\"code\":400}",
            Reason.IMAGE_LIMIT),
        arguments(
            LLAMACPP,
            503,
            "{\"error\":{\"code\":503,\"message\":\"Loading model\",\"type\":\"unavailable_error\"}}",
            Reason.UNAVAILABLE),
        arguments(
            LLAMACPP,
            500,
            numbered(
                500, "image input is not supported - hint: you may need to provide the mmproj"),
            Reason.MISCONFIGURED),
        arguments(
            LLAMACPP,
            400,
            numbered(400, "Failed to load image or audio file"),
            Reason.INVALID_IMAGE),
        arguments(
            LLAMACPP,
            500,
            numbered(500, "Failed to load image or audio file"),
            Reason.INVALID_IMAGE),
        arguments(
            LLAMACPP,
            500,
            numbered(500, "input is too large to process. increase the physical batch size"),
            Reason.IMAGE_LIMIT),
        arguments(
            LLAMACPP,
            400,
            "{\"error\":{\"code\":400,\"message\":\"x\",\"type\":\"exceed_context_size_error\"}}",
            Reason.IMAGE_LIMIT),
        arguments(
            LLAMACPP,
            401,
            "{\"error\":{\"code\":401,\"message\":\"Invalid API Key\",\"type\":\"authentication_error\"}}",
            Reason.UNAUTHORIZED),
        arguments(
            LMSTUDIO,
            400,
            "{\"error\":\"Model does not support images. Please use a model that does.\"}",
            Reason.MISCONFIGURED),
        arguments(
            LMSTUDIO, 404, "{\"error\":{\"message\":\"no such model\"}}", Reason.MISCONFIGURED),
        arguments(LMSTUDIO, 500, "{\"error\":\"The model has crashed\"}", Reason.INTERNAL));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void knowsWhatAFailureMeans(Dialect dialect, int status, String body, Reason reason) {
    CaptionException e =
        OpenAiErrors.table(dialect).failure(HttpReply.of(status, Map.of(), body)).orElseThrow();

    assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason);
    assertThat(e).hasMessageStartingWith(dialect.vendor() + " answered " + status);
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void hasATestForEachRow(Dialect dialect) {
    ErrorTable table = OpenAiErrors.table(dialect);
    Set<ErrorTable.Row> met = new HashSet<>();
    failures()
        .map(Arguments::get)
        .forEach(
            failure ->
                table
                    .match(HttpReply.of((int) failure[1], Map.of(), (String) failure[2]))
                    .ifPresent(met::add));

    assertThat(met).containsExactlyInAnyOrderElementsOf(table.rows());
  }

  @Test
  void readsTheHintsOfOpenAi() {
    Map<String, String> headers =
        Map.of(
            "x-ratelimit-remaining-requests",
            "0",
            "x-ratelimit-reset-requests",
            "1.5s",
            "x-request-id",
            "r");
    CaptionException e =
        OpenAiErrors.table(OPENAI).failure(HttpReply.of(429, headers, "")).orElseThrow();

    assertThat(e.retryAfter()).contains(Duration.ofMillis(1_500));
  }

  private static Arguments openAi(int status, String error, Reason reason) {
    return arguments(OPENAI, status, "{\"error\":{" + error + "}}", reason);
  }

  private static Arguments openRouter(int status, String message, Reason reason) {
    return arguments(OPENROUTER, status, numbered(status, message), reason);
  }

  private static String numbered(int code, String message) {
    return "{\"error\":{\"code\":" + code + ",\"message\":\"" + message + "\"}}";
  }
}
