package dev.cutline.openai;

import dev.cutline.httptest.Answer;
import dev.cutline.httptest.Situation;
import java.util.Map;

class OpenAiContractTest extends ChatContract {
  @Override
  Dialect dialect() {
    return Dialect.OPENAI;
  }

  @Override
  Map<Situation, Answer> ownFailures() {
    Answer limited =
        error(429, "rate_limit_exceeded", "requests", "Rate limit reached for gpt-6-luna");
    return Map.ofEntries(
        Map.entry(Situation.REFUSED, refusal()),
        Map.entry(
            Situation.WRONG_KEY,
            error(401, "invalid_api_key", "invalid_request_error", "Incorrect API key provided")),
        Map.entry(Situation.FORBIDDEN, error(403, null, "permission_error", "not allowed")),
        Map.entry(
            Situation.UNKNOWN_MODEL,
            error(404, "model_not_found", "invalid_request_error", "The model `x` does not exist")),
        Map.entry(
            Situation.WRONG_PARAMETER,
            error(
                400,
                "unsupported_parameter",
                "invalid_request_error",
                "Unsupported parameter: 'user'")),
        Map.entry(Situation.RATE_LIMITED_WITH_HINT, withHint(limited)),
        Map.entry(Situation.RATE_LIMITED, limited),
        Map.entry(
            Situation.OUT_OF_CREDIT,
            error(
                429,
                "credit_balance_exhausted",
                "insufficient_quota",
                "You exceeded your current quota")),
        Map.entry(
            Situation.SERVER_ERROR, error(500, null, "server_error", "The server had an error")),
        Map.entry(
            Situation.OVERLOADED,
            error(
                503,
                "server_is_overloaded",
                "service_unavailable_error",
                "The engine is overloaded")),
        Map.entry(
            Situation.INVALID_IMAGE,
            error(
                400,
                "invalid_image_format",
                "invalid_request_error",
                "You uploaded an unsupported image.")),
        Map.entry(
            Situation.IMAGE_LIMIT, error(413, null, "invalid_request_error", "Request too large")));
  }
}
