package dev.cutline.aws;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutline.InvalidSettingsException;
import dev.cutline.Secret;
import dev.cutline.Settings;
import dev.cutline.SettingsReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class AwsSecretResolverTest {
  @RegisterExtension static final AwsServer AWS = new AwsServer();
  private final AtomicLong nanos = new AtomicLong();
  private AwsClients clients;
  private AwsSecretResolver resolver;

  @BeforeEach
  void open() {
    clients = AwsClients.of(AWS.settings().build());
    resolver =
        new AwsSecretResolver(
            () -> clients.forModels(SecretsManagerClient.builder()).build(), nanos::get);
  }

  @AfterEach
  void close() {
    clients.close();
  }

  private String problem(String name) {
    InvalidSettingsException e =
        catchThrowableOfType(InvalidSettingsException.class, () -> resolver.resolve(name));
    assertThat(e.problems()).hasSize(1);
    return e.problems().get(0);
  }

  private void later(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void readsATextAndTheTextsOfAnObjectWithOneCall() {
    AWS.secret("{\"key\":\"sk-1\",\"port\":5432,\"deep\":{\"key\":\"no\"},\"on\":true}");

    assertThat(resolver.resolve("app#key")).isEqualTo("sk-1");
    assertThat(resolver.resolve("app#port")).isEqualTo("5432");
    assertThat(resolver.resolve("app#on")).isEqualTo("true");
    assertThat(resolver.resolve("app")).startsWith("{\"key\":\"sk-1\"");
    assertThat(AWS.attempts()).isEqualTo(1);
    AWS.server()
        .verify(
            postRequestedFor(urlEqualTo("/"))
                .withRequestBody(equalToJson("{\"SecretId\":\"app\"}")));
  }

  @Test
  void isFoundByEverySettingThroughTheSdksOwnRegionAndCredentials() {
    AWS.secret("{\"key\":\"sk-1\"}");
    bySettings(
        Map.of("api-key", "aws-secret:app#key"),
        settings -> {
          assertThat(settings.get("api-key")).isEqualTo("sk-1");
          assertThat(settings.get("api-key")).as("again, and not asked for").isEqualTo("sk-1");
          assertThat(AWS.attempts()).isEqualTo(1);

          Secret secret = settings.withPrefix("api-").getSecret("key").orElseThrow();
          AWS.secret("{\"key\":\"sk-2\"}");
          assertThat(secret.renewed()).contains(Secret.of("sk-2"));
          assertThat(settings.get("api-key")).isEqualTo("sk-2");
        });
    assertThat(AWS.attempts()).isEqualTo(2);
  }

  @Test
  void whatIsWrongIsToldUnderTheKeyThatRefersToIt() {
    AWS.fail(400, "ResourceNotFoundException", "Secrets Manager can't find it");
    bySettings(
        Map.of("cutline.provider.one.api-key", "aws-secret:app", "cutline.provider.one.n", "x"),
        settings -> {
          SettingsReader in =
              SettingsReader.of(settings.withPrefix("cutline.").withPrefix("provider.one."));
          in.requiredSecret("api-key", "env:NO_SUCH_KEY_HERE");
          in.integer("n", 1, 1, 2);

          assertThat(catchThrowableOfType(InvalidSettingsException.class, in::finish).problems())
              .hasSize(2)
              .first()
              .isEqualTo(
                  "cutline.provider.one.api-key: aws-secret:app cannot be read: there is no such"
                      + " thing; check its name and the region");
        });
  }

  /** With the region and the credentials that the SDK finds by itself. */
  private static void bySettings(Map<String, String> values, Consumer<Settings> work) {
    Map<String, String> properties =
        Map.of(
            "aws.region", "eu-west-1",
            "aws.accessKeyId", "AKIDPROPERTY",
            "aws.secretAccessKey", "s",
            "aws.endpointUrlSecretsManager", AWS.address().toString());
    properties.forEach(System::setProperty);
    try {
      work.accept(Settings.of(values));
    } finally {
      properties.keySet().forEach(System::clearProperty);
    }
  }

  @Test
  void keepsASecretForFiveMinutes() {
    AWS.secret("old");
    resolver.resolve("app");
    AWS.secret("new");
    later(AwsSecretResolver.KEPT.minusNanos(1));
    assertThat(resolver.resolve("app")).isEqualTo("old");

    later(Duration.ofNanos(1));

    assertThat(resolver.resolve("app")).isEqualTo("new");
    assertThat(AWS.attempts()).isEqualTo(2);
  }

  @Test
  void readsASecretAgainForWhoWasRefusedWithIt() {
    AWS.secret("{\"key\":\"old\"}");
    resolver.resolve("app#key");
    AWS.secret("{\"key\":\"new\"}");

    assertThat(resolver.renew("app#key")).isEqualTo("new");
    assertThat(resolver.resolve("app#key")).as("kept for all").isEqualTo("new");
    assertThat(AWS.attempts()).isEqualTo(2);
  }

  @Test
  void goesOnWithTheLastValueWhileSecretsManagerIsDown() {
    AWS.secret("old");
    resolver.resolve("app");
    later(AwsSecretResolver.KEPT);
    AWS.fail(503, "ServiceUnavailable", "down");

    assertThat(resolver.resolve("app")).isEqualTo("old");

    AWS.secret("new");
    assertThat(resolver.resolve("app")).isEqualTo("new");
  }

  @Test
  void doesNotGoOnWithASecretThatItMayNoLongerRead() {
    AWS.secret("old");
    resolver.resolve("app");
    later(AwsSecretResolver.KEPT);
    AWS.fail(400, "AccessDeniedException", "no");

    assertThat(problem("app"))
        .isEqualTo(
            "aws-secret:app cannot be read: access is denied; allow the action in the IAM policy of"
                + " the caller");
  }

  @Test
  void saysWhatIsWrongWithANameThatNobodyKnows() {
    AWS.fail(400, "ResourceNotFoundException", "Secrets Manager can't find it");

    assertThat(problem("app#key"))
        .isEqualTo(
            "aws-secret:app cannot be read: there is no such thing; check its name and the region");
  }

  @Test
  void saysThatBytesAreNoText() {
    AWS.answer(aResponse().withBody("{\"SecretBinary\":\"AQID\"}"));

    assertThat(problem("app")).contains("holds bytes and no text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sk-plain-text", "[\"sk-1\"]", "{\"key\":\"sk-1\"", "{\"a\":1,\"a\":\"sk-1\"}"})
  void showsNothingOfASecretThatIsNoObject(String text) {
    AWS.secret(text);

    assertThat(problem("app#other")).contains("is no JSON object").doesNotContain("sk-");
  }

  @Test
  void namesAKeyThatHoldsNoText() {
    AWS.secret("{\"key\":\"sk-1\",\"none\":null,\"deep\":{}}");

    for (String key : List.of("nokey", "none", "deep")) {
      assertThat(problem("app#" + key))
          .isEqualTo(
              "aws-secret:app#" + key + " has no text under \"" + key + "\"; check the name");
    }
  }
}
