package dev.cutline.openai;

import dev.cutline.httptest.Answer;
import dev.cutline.httptest.Situation;
import java.util.Map;
import java.util.Set;

class AzureContractTest extends ChatContract {
  @Override
  Dialect dialect() {
    return Dialect.AZURE;
  }

  @Override
  Map<Situation, Answer> ownFailures() {
    Answer limited =
        error(
            429,
            "429",
            null,
            "Requests have exceeded call rate limit of your current pricing tier.");
    return Map.ofEntries(
        Map.entry(Situation.REFUSED, filtered()),
        Map.entry(
            Situation.WRONG_KEY,
            error(401, "401", null, "Access denied due to invalid subscription key.")),
        Map.entry(Situation.FORBIDDEN, error(403, "403", null, "Public access is disabled.")),
        Map.entry(
            Situation.UNKNOWN_MODEL,
            error(404, "DeploymentNotFound", null, "The API deployment does not exist.")),
        Map.entry(
            Situation.WRONG_PARAMETER,
            error(400, "unsupported_parameter", null, "Unsupported parameter")),
        Map.entry(Situation.RATE_LIMITED_WITH_HINT, withHint(limited)),
        Map.entry(Situation.RATE_LIMITED, limited),
        Map.entry(
            Situation.SERVER_ERROR, error(500, "InternalServerError", null, "Backend failed.")),
        Map.entry(
            Situation.OVERLOADED, error(503, "ServiceUnavailable", null, "The service is down.")),
        Map.entry(
            Situation.INVALID_IMAGE,
            error(400, "invalid_image_format", null, "Unsupported image.")),
        Map.entry(Situation.IMAGE_LIMIT, error(413, "RequestTooLarge", null, "Too large.")));
  }

  @Override
  protected Set<Situation> neverSignalled() {
    return Set.of(Situation.OUT_OF_CREDIT);
  }
}
