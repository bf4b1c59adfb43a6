package dev.cutline.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.ImageStore;
import dev.cutline.InvalidSettingsException;
import dev.cutline.Settings;
import dev.cutline.StoreException;
import dev.cutline.StoredObject;
import dev.cutline.s3test.S3Server;
import dev.cutline.spi.ImageStoreProvider;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The way from settings to a store, and what is told of a bucket on the way. */
class S3ImageStoreProviderTest {
  private static final ImageData IMAGE = ImageData.of(new byte[10], ImageFormat.PNG, 1, 1);
  private static final String ENCRYPTED =
      "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>"
          + "<SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule>"
          + "</ServerSideEncryptionConfiguration>";

  private static S3Server server;
  private static WireMockServer wire;

  private final ImageStoreProvider provider = new S3ImageStoreProvider();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeAll
  static void start() {
    server = S3Server.start();
    server.createBucket("pictures");
    wire = new WireMockServer(WireMockConfiguration.options().dynamicPort());
    wire.start();
  }

  @AfterAll
  static void stop() {
    server.close();
    wire.stop();
  }

  @BeforeEach
  void listen() {
    wire.resetAll();
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
  void isFoundByItsId() {
    assertThat(ServiceLoader.load(ImageStoreProvider.class))
        .extracting(ImageStoreProvider::id)
        .containsExactly("s3");
  }

  @Test
  void makesAStoreThatStoresSignsAndCanBeClosedTwice() {
    ImageStore store = create(settings());
    store.put("a/b", IMAGE);
    try (StoredObject object = store.get("a/b").orElseThrow()) {
      assertThat(object.mediaType()).isEqualTo("image/png");
      assertThat(object.readAll()).hasSize(10);
    }
    assertThat(store.presign("a/b", Duration.ofHours(1)).orElseThrow())
        .hasAuthority(server.endpoint().getAuthority())
        .hasPath("/pictures/a/b");
    store.close();
    store.close();
    assertThatThrownBy(() -> store.get("a/b")).isInstanceOf(StoreException.class);
  }

  @Test
  void tellsAllProblemsAtOnce() {
    assertThat(
            problems(
                Map.of(
                    "region", "Paris",
                    "bucket", "My Pictures",
                    "bucket-owner", "me",
                    "path-style", "maybe",
                    "kms-key", "alias/pictures",
                    "encryption", "sse-s3",
                    "unencrypted", "never",
                    "access-key", "x",
                    "bukket", "y")))
        .satisfiesExactlyInAnyOrder(
            problem -> assertThat(problem).startsWith("region: \"Paris\""),
            problem -> assertThat(problem).startsWith("bucket: \"My Pictures\""),
            problem -> assertThat(problem).startsWith("bucket-owner: \"me\""),
            problem -> assertThat(problem).startsWith("path-style: "),
            problem -> assertThat(problem).startsWith("kms-key: is of no use"),
            problem -> assertThat(problem).startsWith("unencrypted: \"never\" is none of"),
            problem -> assertThat(problem).startsWith("secret-key: is missing"),
            problem -> assertThat(problem).startsWith("bukket: unknown").contains("bucket?"));
    assertThat(problems(Map.of("region", "us-east-1")))
        .singleElement()
        .asString()
        .startsWith("bucket: is missing");
  }

  @Test
  void readsHowToEncrypt() {
    assertThat(read(Map.of())).isEqualTo(Encryption.SSE_S3);
    assertThat(read(Map.of("encryption", "none"))).isEqualTo(Encryption.NONE);
    assertThat(read(Map.of("encryption", "sse-kms"))).isEqualTo(Encryption.kms(null));
    assertThat(read(Map.of("kms-key", "alias/x"))).isEqualTo(Encryption.kms("alias/x"));
  }

  @Test
  void aBucketThatIsNotThereIsAProblemOfTheSettings() {
    Map<String, String> settings = settings();
    settings.put("bucket", "nowhere");

    assertThat(problems(settings))
        .singleElement()
        .asString()
        .isEqualTo("bucket: \"nowhere\": there is no such bucket; create it or set another bucket");
  }

  @Test
  void aBucketElsewhereIsAProblemOfTheSettings() {
    answer(301, "PermanentRedirect");

    assertThat(problems(stub()))
        .containsExactly("region: the bucket is in eu-west-3; set region to that");
  }

  @Test
  void aBucketThatEncryptsIsTakenInSilence() {
    wire.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.ok(ENCRYPTED)));
    Map<String, String> settings = stub();
    settings.put("unencrypted", "refuse");

    create(settings).close();

    assertThat(log.list).isEmpty();
    wire.verify(1, WireMock.anyRequestedFor(WireMock.anyUrl()));
  }

  @Test
  void everyRequestSaysWhoseBucketItIsMeantFor() {
    wire.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.ok()));
    Map<String, String> settings = stub();
    settings.put("bucket-owner", "111122223333");
    settings.put("unencrypted", "allow");
    try (ImageStore store = create(settings)) {
      store.put("a/b", IMAGE);
      store.list("a/", null, 1);
      store.deleteByPrefix("a/");
      assertThat(store.presign("a/b", Duration.ofHours(1)).orElseThrow().toString())
          .as("whoever opens an address sends no such header")
          .doesNotContain("expected-bucket-owner");
    }

    assertThat(wire.getAllServeEvents()).hasSize(5);
    wire.verify(
        5,
        WireMock.anyRequestedFor(WireMock.anyUrl())
            .withHeader("x-amz-expected-bucket-owner", WireMock.equalTo("111122223333"))
            .withHeader("Authorization", WireMock.containing("x-amz-expected-bucket-owner")));
  }

  @Test
  void aBucketThatDoesNotEncryptIsWarnedOfRefusedOrAllowed() {
    Map<String, String> settings = settings();
    create(settings).close();
    assertThat(log.list)
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .asString()
        .contains("bucket pictures does not encrypt by default");

    settings.put("unencrypted", "refuse");
    assertThat(problems(settings))
        .singleElement()
        .asString()
        .startsWith("unencrypted: bucket \"pictures\" does not encrypt")
        .contains("allow");

    log.list.clear();
    settings.put("unencrypted", "allow");
    create(settings).close();
    assertThat(log.list).isEmpty();
  }

  @Test
  void aServerThatDoesNotKnowTheQuestionDoesNotEncrypt() {
    for (String code : List.of("NotImplemented", "MethodNotAllowed")) {
      answer(code.equals("NotImplemented") ? 501 : 405, code);
      Map<String, String> settings = stub();
      settings.put("unencrypted", "refuse");
      assertThat(problems(settings)).singleElement().asString().startsWith("unencrypted: ");
    }
  }

  @Test
  void whoMayNotAskIsToldButMayGoOn() {
    answer(403, "AccessDenied");
    Map<String, String> settings = stub();
    settings.put("unencrypted", "refuse");

    create(settings).close();

    assertThat(log.list)
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .asString()
        .contains("allow s3:GetEncryptionConfiguration");
  }

  @Test
  void whatIsNoMatterOfSettingsIsAFailureOfTheStore() {
    answer(403, "InvalidAccessKeyId");
    assertThatThrownBy(() -> create(stub()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("does not take these credentials");
    answer(503, "SlowDown");
    assertThatThrownBy(() -> create(stub()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("SlowDown");
  }

  private ImageStore create(Map<String, String> settings) {
    return provider.create(Settings.of(settings));
  }

  private List<String> problems(Map<String, String> settings) {
    try (ImageStore store = create(settings)) {
      throw new AssertionError("made " + store + " of " + settings);
    } catch (InvalidSettingsException e) {
      return e.problems();
    }
  }

  private static Encryption read(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(Map.of("bucket", "pictures", "region", "a-b-1"));
    settings.putAll(more);
    return S3Settings.read(dev.cutline.SettingsReader.of(Settings.of(settings))).encryption();
  }

  private static Map<String, String> settings() {
    return new HashMap<>(
        Map.of(
            "bucket",
            "pictures",
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

  /** Returns settings for a server that answers what a test says. */
  private static Map<String, String> stub() {
    Map<String, String> settings = settings();
    settings.put("endpoint", wire.baseUrl());
    return settings;
  }

  private static void answer(int status, String code) {
    wire.stubFor(
        WireMock.any(WireMock.anyUrl())
            .willReturn(
                WireMock.aResponse()
                    .withStatus(status)
                    .withHeader("x-amz-bucket-region", "eu-west-3")
                    .withBody("<Error><Code>" + code + "</Code><Message>no</Message></Error>")));
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(BucketCheck.class);
  }
}
