package dev.cutline.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.ImageStore;
import dev.cutline.InvalidSettingsException;
import dev.cutline.Settings;
import dev.cutline.StoreException;
import dev.cutline.s3test.S3Server;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A bucket takes the environment that opens it first, and no other. */
class BucketEnvironmentTest {
  private static final ImageData IMAGE = ImageData.of(new byte[10], ImageFormat.PNG, 1, 1);
  private static final String OBJECT = "/pictures/cutline/environment";
  private static final AtomicInteger NAMES = new AtomicInteger();

  private static S3Server server;
  private static WireMockServer wire;

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private String bucket;

  @BeforeAll
  static void start() {
    server = S3Server.start();
    wire = new WireMockServer(WireMockConfiguration.options().dynamicPort());
    wire.start();
  }

  @AfterAll
  static void stop() {
    server.close();
    wire.stop();
  }

  @BeforeEach
  void reset() {
    bucket = server.createVersionedBucket("environment-" + NAMES.incrementAndGet());
    wire.resetAll();
    wire.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.ok()));
    log.start();
    logger().addAppender(log);
    logger().setAdditive(false);
  }

  @AfterEach
  void stopListening() {
    logger().detachAppender(log);
    logger().setAdditive(true);
  }

  @Test
  void whoOpensItFirstClaimsItAndTheOtherIsRefused() {
    open(settings("production")).close();
    assertThat(objects()).containsExactly("cutline/environment: production\n");

    try (ImageStore again = open(settings("production"))) {
      again.put("images/alice/1/original.png", IMAGE);
    }
    for (String other : List.of("local", "staging")) {
      assertThat(problems(settings(other)))
          .containsExactly(
              "bucket: \""
                  + bucket
                  + "\" holds data of the environment \"production\", and this is "
                  + other
                  + "; name another bucket, or set cutline.environment");
    }
    assertThat(versions()).as("written once each, and by nobody who was refused").isEqualTo(2);
  }

  @Test
  void whoNamesNoEnvironmentClaimsNothingAndIsTakenByEvery() {
    Map<String, String> none = settings("x");
    none.remove("environment");
    open(none).close();
    assertThat(versions()).isZero();

    open(settings("staging")).close();
    open(none).close();
    assertThat(objects()).containsExactly("cutline/environment: staging\n");
  }

  @Test
  void aBucketThatIsRefusedForSomethingElseIsNotClaimed() {
    Map<String, String> settings = settings("production");
    settings.put("unencrypted", "refuse");

    assertThat(problems(settings)).singleElement().asString().startsWith("unencrypted: ");

    assertThat(versions()).isZero();
  }

  @Test
  void itIsOneRequestWhenTheStoreIsOpenedAndNoneForAPicture() {
    wire.stubFor(marker("GET").willReturn(WireMock.ok("production\n")));
    try (ImageStore store = open(onWire())) {
      wire.verify(2, WireMock.anyRequestedFor(WireMock.anyUrl()));
      store.put("images/alice/1/original.png", IMAGE);
      wire.verify(3, WireMock.anyRequestedFor(WireMock.anyUrl()));
    }
  }

  @Test
  void theObjectIsEncryptedAsPicturesAreAndReplacesNone() {
    wire.stubFor(marker("GET").willReturn(error(404, "NoSuchKey")));
    Map<String, String> settings = onWire();
    settings.put("kms-key", "alias/pictures");
    open(settings).close();

    wire.verify(
        1,
        WireMock.putRequestedFor(WireMock.urlPathEqualTo(OBJECT))
            .withHeader("If-None-Match", WireMock.equalTo("*"))
            .withHeader("x-amz-server-side-encryption", WireMock.equalTo("aws:kms"))
            .withRequestBody(WireMock.containing("production")));
  }

  @Test
  void whoeverWasFasterHasIt() {
    for (String code : List.of("PreconditionFailed", "ConditionalRequestConflict")) {
      wire.resetScenarios();
      wire.stubFor(marker("GET").inScenario(code).willReturn(error(404, "NoSuchKey")));
      wire.stubFor(
          marker("PUT")
              .inScenario(code)
              .whenScenarioStateIs(Scenario.STARTED)
              .willReturn(error(code.startsWith("P") ? 412 : 409, code))
              .willSetStateTo("taken"));
      wire.stubFor(
          marker("GET")
              .inScenario(code)
              .whenScenarioStateIs("taken")
              .willReturn(WireMock.ok("local\n")));

      assertThat(problems(onWire()))
          .as(code)
          .singleElement()
          .asString()
          .startsWith("bucket: \"pictures\" holds data of the environment \"local\"");
    }
  }

  @Test
  void whoMayNotReadOrWriteItIsToldAndGoesOn() {
    wire.stubFor(marker("GET").willReturn(error(403, "AccessDenied")));
    open(onWire()).close();
    wire.stubFor(marker("GET").willReturn(error(404, "NoSuchKey")));
    wire.stubFor(marker("PUT").willReturn(error(403, "AccessDenied")));
    open(onWire()).close();
    wire.stubFor(marker("PUT").willReturn(error(501, "NotImplemented")));
    open(onWire()).close();

    assertThat(log.list)
        .hasSize(3)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsOnly(
            "whether bucket pictures belongs to the environment production is not known: allow"
                + " s3:GetObject and s3:PutObject on cutline/environment");
  }

  @Test
  void whereNobodyCanTellTheStoreIsNotOpened() {
    wire.stubFor(marker("GET").willReturn(error(503, "SlowDown")));
    assertThatThrownBy(() -> open(onWire()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("SlowDown");
  }

  @Test
  void aNameThatIsNoneIsAProblem() {
    assertThat(problems(settings("Production!")))
        .containsExactly(
            "environment: \"Production!\" is not the name of an environment, for example"
                + " production");
  }

  private static MappingBuilder marker(String method) {
    return WireMock.request(method, WireMock.urlPathEqualTo(OBJECT));
  }

  private static ResponseDefinitionBuilder error(int status, String code) {
    return WireMock.aResponse()
        .withStatus(status)
        .withBody("<Error><Code>" + code + "</Code><Message>no</Message></Error>");
  }

  private List<String> objects() {
    return server.client().listObjectsV2(r -> r.bucket(bucket)).contents().stream()
        .map(
            object ->
                object.key()
                    + ": "
                    + server
                        .client()
                        .getObjectAsBytes(r -> r.bucket(bucket).key(object.key()))
                        .asUtf8String())
        .toList();
  }

  private int versions() {
    return server.client().listObjectVersions(r -> r.bucket(bucket)).versions().size();
  }

  private static ImageStore open(Map<String, String> settings) {
    return new S3ImageStoreProvider().create(Settings.of(settings));
  }

  private static List<String> problems(Map<String, String> settings) {
    return catchThrowableOfType(InvalidSettingsException.class, () -> open(settings).close())
        .problems();
  }

  private Map<String, String> onWire() {
    Map<String, String> settings = settings("production");
    settings.put("bucket", "pictures");
    settings.put("endpoint", wire.baseUrl());
    return settings;
  }

  private Map<String, String> settings(String environment) {
    return new HashMap<>(
        Map.of(
            "bucket",
            bucket,
            "environment",
            environment,
            "unencrypted",
            "allow",
            "region",
            "us-east-1",
            "endpoint",
            server.endpoint().toString(),
            "path-style",
            "true",
            "access-key",
            server.accessKey(),
            "secret-key",
            server.secretKey()));
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(BucketEnvironment.class);
  }
}
