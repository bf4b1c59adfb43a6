package dev.cutline.e2e;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.cutline.dynamodbtest.LocalDynamoDb;
import dev.cutline.s3test.S3Server;
import dev.cutline.testsupport.corpus.Corpus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Upload, captions and storage on AWS by the command line in a process of its own, which is told
 * everything by environment variables.
 */
class AwsPipelineIT {
  private static final String BEDROCK = "/model/.+/converse";
  private static final String SAGEMAKER = "/endpoints/blip/invocations";
  private static final String HUGGING_FACE = "/v1/chat/completions";

  @TempDir Path home;

  private final S3Server s3 = S3Server.start();
  private final WireMockServer models =
      new WireMockServer(WireMockConfiguration.options().dynamicPort());
  private final AwsPremises premises = AwsPremises.versioned(s3);

  @BeforeEach
  void letOnlyTheLastOneAnswer() {
    models.start();
    models.stubFor(
        post(urlPathMatching(BEDROCK))
            .willReturn(
                aResponse()
                    .withStatus(503)
                    .withHeader("x-amzn-ErrorType", "ServiceUnavailableException")
                    .withBody("{\"message\":\"Too many connections\"}")));
    models.stubFor(
        post(urlPathMatching(SAGEMAKER))
            .willReturn(
                aResponse()
                    .withStatus(500)
                    .withHeader("x-amzn-ErrorType", "InternalFailure")
                    .withBody("{\"Message\":\"Something went wrong\"}")));
    models.stubFor(
        post(urlPathMatching(HUGGING_FACE))
            .willReturn(
                aResponse()
                    .withHeader("Content-Type", "application/json")
                    .withBody(
                        Vendor.HUGGING_FACE.body(
                            "{\"concise\":\"Grey cat on a sofa\",\"creative\":\"A grey cat dreams"
                                + " of warmer days.\",\"alt\":\"A grey cat lying on a sofa\","
                                + "\"decorative\":false}"))));
  }

  @AfterEach
  void stop() {
    models.stop();
    s3.close();
  }

  @Test
  void captionsStoresFindsShowsAndDeletesByEnvironmentVariablesAlone() throws Exception {
    Path cat = Files.write(home.resolve("cat.jpg"), Corpus.bytes("photos/cat.jpg"));

    JsonNode line = one(cutline("caption", cat.toString()));

    assertThat(line.get("status").asText()).as("%s", line).isEqualTo("CAPTIONED");
    assertThat(line.get("provider").asText()).isEqualTo("huggingface");
    assertThat(line.get("concise").asText()).isEqualTo("Grey cat on a sofa");
    assertThat(trail(line))
        .containsExactly(
            "bedrock UNAVAILABLE", "sagemaker INTERNAL", "sagemaker INTERNAL", "huggingface OK");
    models.verify(1, postRequestedFor(urlPathMatching(BEDROCK)));
    models.verify(2, postRequestedFor(urlPathMatching(SAGEMAKER)));
    models.verify(1, postRequestedFor(urlPathMatching(HUGGING_FACE)));

    String id = line.get("id").asText();
    assertThat(one(cutline("list")).get("id").asText()).isEqualTo(id);
    assertThat(one(cutline("search", "dreams")).get("id").asText()).isEqualTo(id);
    assertThat(one(cutline("show", id)).get("creative").asText())
        .isEqualTo("A grey cat dreams of warmer days.");
    assertThat(one(cutline("delete", id)).get("deleted").asBoolean()).isTrue();
    whoIsSetToAnotherEnvironmentIsRefused();

    assertThat(cutline("list").lines()).isEmpty();
    try (TestHouse house = TestHouse.openLater(premises, Duration.ofDays(1))) {
      house.cutline().reconcile();
    }
    premises.assertNothingBut(List.of());
  }

  /** The first of them has claimed bucket and table. */
  private void whoIsSetToAnotherEnvironmentIsRefused() throws Exception {
    Map<String, String> environment = environment();
    environment.put("CUTLINE_ENVIRONMENT", "local");
    CommandLineProcess run =
        CommandLineProcess.run(home, List.of("-Xmx256m"), environment, "caption", "cat.jpg");
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    for (String key : List.of("images.s3.bucket", "records.dynamodb.table", "rate-limit.table")) {
      assertThat(run.err().lines())
          .filteredOn(line -> line.contains("cutline." + key + ": "))
          .singleElement()
          .asString()
          .contains("holds data of the environment \"production\", and this is local");
    }
  }

  private static JsonNode one(CommandLineProcess run) throws Exception {
    assertThat(run.lines()).as(run.err()).hasSize(1);
    return run.lines().get(0);
  }

  private static List<String> trail(JsonNode line) {
    List<String> trail = new ArrayList<>();
    line.get("trail")
        .forEach(each -> trail.add(each.get("rung").asText() + " " + each.get("outcome").asText()));
    return trail;
  }

  private CommandLineProcess cutline(String... arguments) throws Exception {
    CommandLineProcess run =
        CommandLineProcess.run(
            home,
            List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
            environment(),
            arguments);
    assertThat(run.status()).as(run.err()).isZero();
    return run;
  }

  private Map<String, String> environment() {
    String address = models.baseUrl();
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_ACCESS_KEY_ID", LocalDynamoDb.ACCESS_KEY);
    environment.put("AWS_SECRET_ACCESS_KEY", LocalDynamoDb.SECRET_KEY);
    environment.put("AWS_REGION", LocalDynamoDb.REGION.id());
    environment.put("HF_TOKEN", "hf_of_a_test");
    environment.put("CUTLINE_PROVIDERS", "bedrock,sagemaker,huggingface");
    environment.put("CUTLINE_PROVIDER_BEDROCK_MODEL", "eu.amazon.nova-2-lite-v1:0");
    environment.put("CUTLINE_PROVIDER_BEDROCK_ENDPOINT", address);
    environment.put("CUTLINE_PROVIDER_SAGEMAKER_ENDPOINT_NAME", "blip");
    environment.put("CUTLINE_PROVIDER_SAGEMAKER_ENDPOINT", address);
    environment.put("CUTLINE_PROVIDER_SAGEMAKER_COMPOSE", "true");
    environment.put("CUTLINE_PROVIDER_HUGGINGFACE_MODEL", "google/gemma-4-31B-it");
    environment.put("CUTLINE_PROVIDER_HUGGINGFACE_ENDPOINT", address + "/v1");
    environment.put("CUTLINE_IMAGES_S3_BUCKET", premises.bucket());
    environment.put("CUTLINE_IMAGES_S3_ENDPOINT", s3.endpoint().toString());
    environment.put("CUTLINE_IMAGES_S3_PATH_STYLE", "true");
    environment.put("CUTLINE_IMAGES_S3_UNENCRYPTED", "allow");
    environment.put("CUTLINE_RECORDS_DYNAMODB_TABLE", premises.table());
    environment.put("CUTLINE_RECORDS_DYNAMODB_ENDPOINT", LocalDynamoDb.get().endpoint().toString());
    environment.put("CUTLINE_RATE_LIMIT", "dynamodb");
    return environment;
  }
}
