package dev.cutline.aws;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;

class CuttableHttpTest {
  @RegisterExtension static final AwsServer AWS = new AwsServer();

  @Test
  void aModelMayBeSilentForLongerThanAStore() {
    AWS.answer(aResponse().withStatus(200).withFixedDelay(600));
    AtomicInteger status = new AtomicInteger();
    try (CuttableHttp http = new CuttableHttp(Duration.ofMillis(100))) {
      assertThatThrownBy(() -> ask(http)).hasRootCauseInstanceOf(SocketTimeoutException.class);

      http.run(new RunningCall(1_000), () -> status.set(ask(http)));
    }
    assertThat(status).hasValue(200);
  }

  private static int ask(CuttableHttp http) {
    SdkHttpFullRequest request =
        SdkHttpFullRequest.builder().method(SdkHttpMethod.GET).uri(AWS.address()).build();
    try {
      return http.prepareRequest(HttpExecuteRequest.builder().request(request).build())
          .call()
          .httpResponse()
          .statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
