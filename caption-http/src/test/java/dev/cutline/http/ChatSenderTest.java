package dev.cutline.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.cutline.CaptionException;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.Reason;
import dev.cutline.prompt.chat.ChatOptions;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChatSenderTest {
  private static final String GOOD =
      "{\"model\":\"m\",\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"content\":"
          + "\"{\\\"concise\\\":\\\"Red bicycle\\\",\\\"creative\\\":\\\"It waits.\\\",\\\"alt\\\":\\\"A bicycle\\\",\\\"decorative\\\":false}\"}}]}";
  private static final String REFUSED =
      "{\"error\":{\"message\":\"'response_format' of type 'json_schema' is not supported\",\"param\":\"response_format\"}}";

  private final WireMockServer server =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
  private final JsonHttp http = JsonHttp.create();

  @BeforeEach
  void start() {
    server.start();
    server.stubFor(any(anyUrl()).willReturn(okJson(GOOD)));
    server.stubFor(
        any(anyUrl())
            .withRequestBody(matchingJsonPath("$.response_format"))
            .willReturn(aResponse().withStatus(400).withBody(REFUSED)));
  }

  @AfterEach
  void stop() {
    http.close();
    server.stop();
  }

  @Test
  void goesWithoutWhatWasRefusedFromTheNextCallOn() {
    ChatSender sender = sender(ChatOptions.builder("m").build());

    CaptionException first = failure(sender);

    assertThat(first.reason()).as("worth the chain's one retry").isEqualTo(Reason.INTERNAL);
    assertThat(first)
        .hasMessageContaining("not supported")
        .hasMessageEndingWith("the next call goes without");
    assertThat(server.getAllServeEvents()).as("one attempt a call").hasSize(1);
    assertThat(sender.caption(target(), request()).text(CaptionStyle.CONCISE))
        .contains("Red bicycle");
    assertThat(sender.caption(target(), request()).elapsed()).isPositive();
    assertThat(server.getAllServeEvents()).hasSize(3);
  }

  @Test
  void saysThatTheSettingsAreWrongWhereNothingMayBeLeftOut() {
    ChatSender sender = sender(ChatOptions.builder("m").jsonSchema(true).build());

    assertThat(failure(sender).reason()).isEqualTo(Reason.MISCONFIGURED);
    assertThat(failure(sender).reason()).isEqualTo(Reason.MISCONFIGURED);
  }

  private ChatSender sender(ChatOptions options) {
    return new ChatSender(http, ErrorTable.of("Vendor").build(), options);
  }

  private CaptionException failure(ChatSender sender) {
    return catchThrowableOfType(CaptionException.class, () -> sender.caption(target(), request()));
  }

  private HttpPost.Builder target() {
    return HttpPost.to(URI.create(server.baseUrl() + "/v1/chat/completions"));
  }

  private static CaptionRequest request() {
    return CaptionRequest.builder(ImageData.of(new byte[] {1}, ImageFormat.JPEG, 1, 1)).build();
  }
}
