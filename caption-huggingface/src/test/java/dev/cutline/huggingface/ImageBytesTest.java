package dev.cutline.huggingface;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.binaryEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Captioner;
import dev.cutline.Reason;
import dev.cutline.Secret;
import dev.cutline.Usage;
import dev.cutline.httptest.SilentServer;
import dev.cutline.tck.CaptionerContract;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dedicated endpoints that take the bytes of a picture. */
class ImageBytesTest extends CaptionerContract {
  private static final Secret KEY = Secret.of("hf_0123456789");

  @RegisterExtension
  static final WireMockExtension SERVER =
      WireMockExtension.newInstance()
          .options(WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort())
          .build();

  private final SilentServer silent = new SilentServer();

  ImageBytesTest() throws IOException {}

  @BeforeEach
  void answerWell() {
    answer(okJson("[{\"generated_text\":\"a red box on the grass \"}]"));
  }

  @AfterEach
  void stopServer() throws IOException {
    silent.close();
  }

  @Override
  protected Captioner open() {
    return open(URI.create(SERVER.baseUrl() + "/"));
  }

  @Override
  protected Optional<Captioner> openSilent() {
    return Optional.of(open(silent.address()));
  }

  @Override
  protected List<String> secrets() {
    return List.of(KEY.reveal());
  }

  @Test
  void sendsTheBytesAsTheyAre() {
    CaptionReply reply = caption();

    assertThat(reply.texts()).containsOnlyKeys(CaptionStyle.CONCISE);
    assertThat(reply.text(CaptionStyle.CONCISE)).hasValue("a red box on the grass");
    assertThat(reply.model()).isEqualTo("Salesforce/blip-image-captioning-base");
    assertThat(reply.usage()).isEqualTo(Usage.NONE);
    assertThat(reply.promptVersion()).isEmpty();
    SERVER.verify(
        1,
        postRequestedFor(urlEqualTo("/"))
            .withHeader("Authorization", equalTo("Bearer hf_0123456789"))
            .withHeader("Content-Type", equalTo("image/png"))
            .withHeader("X-Scale-Up-Timeout", equalTo("60"))
            .withRequestBody(binaryEqualTo(picture().toByteArray())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"generated_text\":\"a red box\"}",
        "[[{\"generated_text\":\"a red box\"}]]",
        "[{\"generated_text\":\" a red box\\n\",\"score\":0.5}]"
      })
  void readsTheCaptionWhicheverWayItIsWrapped(String body) {
    answer(okJson(body));

    assertThat(caption().text(CaptionStyle.CONCISE)).hasValue("a red box");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "[{\"generated_text\":\" \"}]",
        "[{\"generated_text\":\"a\"},{\"generated_text\":\"b\"}]",
        "[{\"label\":\"box\",\"score\":0.9}]",
        "a red box",
        ""
      })
  void callsWhatIsNoCaptionMalformed(String body) {
    answer(okJson(body));

    assertThat(failure().reason()).isEqualTo(Reason.MALFORMED_REPLY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | {"error":"cannot identify image file"}                  | INVALID_IMAGE
          400 | {"error":["Error in `inputs`: field required"]}         | MISCONFIGURED
          401 | {"error":"Invalid username or password."}               | UNAUTHORIZED
          404 | {"error":"Model x does not exist"}                      | MISCONFIGURED
          413 | {"error":"body too large"}                              | IMAGE_LIMIT
          429 | {"error":"Model is overloaded","error_type":"overloaded"} | RATE_LIMITED
          500 | {"detail":"CUDA error"}                                 | INTERNAL
          502 | Bad Gateway                                             | INTERNAL
          504 | {"message":"upstream request timeout"}                  | TIMEOUT
          """)
  void knowsWhatAFailureMeans(int status, String body, Reason reason) {
    answer(aResponse().withStatus(status).withBody(body));

    CaptionException e = failure();

    assertThat(e.reason()).isEqualTo(reason);
    assertThat(e).hasMessageStartingWith("Hugging Face answered " + status);
  }

  @Test
  void tellsHowLongAModelStillLoads() {
    answer(
        aResponse()
            .withStatus(503)
            .withBody("{\"error\":\"Model x is currently loading\",\"estimated_time\":20.5}"));

    CaptionException e = failure();

    assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(e.retryAfter()).hasValue(Duration.ofMillis(20_500));
  }

  @Test
  void callsABrokenConnectionUnavailable() {
    answer(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    assertThat(failure().reason()).isEqualTo(Reason.UNAVAILABLE);
  }

  @Test
  void sendsNothingForWhatItCannotWrite() {
    try (Captioner captioner = open()) {
      CaptionRequest german = CaptionRequest.builder(picture()).language("de").build();

      CaptionException e =
          catchThrowableOfType(CaptionException.class, () -> captioner.caption(german));

      assertThat(e).hasMessageContaining("concise captions in English only");
    }
    SERVER.verify(0, postRequestedFor(urlEqualTo("/")));
  }

  private static void answer(ResponseDefinitionBuilder response) {
    SERVER.stubFor(post(urlEqualTo("/")).willReturn(response));
  }

  private static Captioner open(URI endpoint) {
    return HuggingFaceCaptioner.imageBytes("Salesforce/blip-image-captioning-base", endpoint, KEY)
        .scaleUpTimeout(Duration.ofMinutes(1))
        .build();
  }

  private CaptionReply caption() {
    try (Captioner captioner = open()) {
      return captioner.caption(CaptionRequest.builder(picture()).build());
    }
  }

  private CaptionException failure() {
    return catchThrowableOfType(CaptionException.class, this::caption);
  }
}
