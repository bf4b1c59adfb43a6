package dev.cutline.huggingface;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.Reason;
import dev.cutline.http.ErrorTable.Row;
import dev.cutline.http.HttpReply;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HuggingFaceErrorsTest {
  private record Case(int status, String body, Reason reason) {
    HttpReply reply() {
      return HttpReply.of(status, Map.of(), body);
    }

    static Case coded(int status, String code, Reason reason) {
      return new Case(status, "{\"error\":{\"message\":\"?\",\"code\":\"" + code + "\"}}", reason);
    }

    static Case said(int status, String message, Reason reason) {
      return new Case(status, Answers.error(message), reason);
    }
  }

  private static final List<Case> CASES =
      List.of(
          Case.coded(400, "model_not_supported", Reason.MISCONFIGURED),
          Case.coded(400, "content_filter", Reason.REFUSED),
          Case.coded(400, "content_policy_violation", Reason.REFUSED),
          new Case(503, "{\"error\":\"busy\",\"error_type\":\"overloaded\"}", Reason.RATE_LIMITED),
          Case.said(400, "tgi is not a multimodal model", Reason.MISCONFIGURED),
          Case.said(500, "Model does not support images", Reason.MISCONFIGURED),
          Case.said(400, "cannot identify image file", Reason.INVALID_IMAGE),
          Case.said(422, "Invalid image: truncated", Reason.INVALID_IMAGE),
          Case.said(400, "unsupported image format", Reason.INVALID_IMAGE),
          Case.said(500, "Failed to decode the image", Reason.INVALID_IMAGE),
          Case.said(400, "maximum context length is 8192 tokens", Reason.IMAGE_LIMIT),
          Case.said(400, "longer than the maximum model length", Reason.IMAGE_LIMIT),
          Case.said(422, "`inputs` tokens + `max_new_tokens` must be <= 4096", Reason.IMAGE_LIMIT),
          Case.said(400, "The image is too large: 9000 x 9000", Reason.IMAGE_LIMIT),
          Case.said(400, "request body exceeds 10 MB", Reason.IMAGE_LIMIT),
          Case.said(424, "Request failed during generation", Reason.INTERNAL),
          Case.said(402, "You have exceeded your monthly included credits", Reason.UNAVAILABLE),
          Case.said(403, "Access to model x is restricted", Reason.UNAUTHORIZED),
          Case.said(422, "`temperature` must be strictly positive", Reason.MISCONFIGURED),
          new Case(500, "{\"detail\":\"Internal\"}", Reason.INTERNAL),
          new Case(502, "{\"message\":\"bad gateway\"}", Reason.INTERNAL),
          new Case(408, "", Reason.TIMEOUT),
          new Case(504, "", Reason.TIMEOUT));

  @Test
  void knowsWhatEachFailureMeans() {
    assertThat(CASES)
        .allSatisfy(
            failure ->
                assertThat(HuggingFaceErrors.TABLE.failure(failure.reply()).orElseThrow().reason())
                    .isEqualTo(failure.reason()));
  }

  @Test
  void hasNoRowThatNothingMeets() {
    Set<Row> met = new HashSet<>();
    CASES.forEach(failure -> HuggingFaceErrors.TABLE.match(failure.reply()).ifPresent(met::add));

    assertThat(met).containsExactlyInAnyOrderElementsOf(HuggingFaceErrors.TABLE.rows());
  }
}
