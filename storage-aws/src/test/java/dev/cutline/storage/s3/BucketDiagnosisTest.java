package dev.cutline.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.cutline.Settings;
import dev.cutline.s3test.S3Server;
import dev.cutline.spi.Diagnosis;
import dev.cutline.spi.Finding;
import dev.cutline.spi.Finding.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is found out about a bucket, and what is made of one that is missing. */
class BucketDiagnosisTest {
  private static final String ENCRYPTED =
      "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>"
          + "<SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule>"
          + "</ServerSideEncryptionConfiguration>";
  private static final String CLOSED =
      "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls>"
          + "<IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy>"
          + "<RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>";

  private static S3Server server;
  private static WireMockServer wire;

  private final List<Finding> found = new ArrayList<>();

  @BeforeAll
  static void start() {
    server = S3Server.start();
    server.createVersionedBucket("pictures");
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
    wire.resetAll();
  }

  @Test
  void triesAnObjectAndLeavesNothingOfIt() {
    diagnose(settings());

    assertThat(found).extracting(Finding::level).doesNotContain(Level.FAIL);
    assertThat(lines()).contains("OK image store: an object was written, read, listed and deleted");
    var versions = server.client().listObjectVersions(request -> request.bucket("pictures"));
    assertThat(versions.versions()).isEmpty();
    assertThat(versions.deleteMarkers()).isEmpty();
  }

  /** s3proxy knows neither: that is told and nothing more. */
  @Test
  void whatAServerDoesNotKnowHindersNothing() {
    diagnose(settings());

    assertThat(lines())
        .anyMatch(line -> line.startsWith("WARN") && line.contains("could not be read"));
  }

  @Test
  void tellsOfABucketThatIsNotThere() {
    diagnose(with("bucket", "nowhere"));

    assertThat(lines())
        .last()
        .asString()
        .startsWith(
            "FAIL image store: there is no bucket nowhere; create it ('cutline init --aws'");
    assertThat(found.get(found.size() - 1).permission()).isEmpty();
  }

  @Test
  void tellsWhereABucketElsewhereIs() {
    stub(WireMock.any(WireMock.anyUrl()), 301, "PermanentRedirect");
    diagnose(onWire());

    assertThat(lines())
        .last()
        .isEqualTo(
            "FAIL image store: bucket pictures: the bucket is in eu-west-3; set region to that");
  }

  @Test
  void tellsOfAKeyThatAwsDoesNotKnow() {
    stub(WireMock.any(WireMock.anyUrl()), 403, "InvalidAccessKeyId");
    diagnose(onWire());

    assertThat(lines())
        .last()
        .asString()
        .startsWith("FAIL image store: bucket pictures cannot be asked: AWS does not take these")
        .contains("; check access-key, secret-key");
  }

  @Test
  void aBucketWithoutEncryptionIsWarnedOfRefusedOrAllowed() {
    for (Map.Entry<String, String> wanted :
        Map.of("warn", "WARN", "refuse", "FAIL", "allow", "OK").entrySet()) {
      found.clear();
      diagnose(with("unencrypted", wanted.getKey()));
      assertThat(lines())
          .anyMatch(
              line ->
                  line.startsWith(wanted.getValue() + " image store: the bucket does not encrypt"));
    }
  }

  @Test
  void saysWhatWouldAllowEachCallThatIsDenied() {
    sound();
    stub(WireMock.put(WireMock.urlPathMatching("/pictures/images/.*")), 403, "AccessDenied");
    diagnose(onWire());

    Finding denied = found.get(found.size() - 1);
    assertThat(denied.level()).isEqualTo(Level.FAIL);
    assertThat(denied.permission().orElseThrow())
        .contains("\"s3:PutObject\"")
        .contains("\"arn:aws:s3:::pictures/images/*\"", "\"arn:aws:s3:::pictures/unwritten/*\"")
        .doesNotContain("ListBucket");
  }

  @Test
  void namesTheKeyThatKmsDenies() {
    sound();
    wire.stubFor(
        WireMock.put(WireMock.urlPathMatching("/pictures/images/.*"))
            .willReturn(
                WireMock.aResponse()
                    .withStatus(403)
                    .withBody(
                        "<Error><Code>AccessDenied</Code><Message>not authorized to perform:"
                            + " kms:GenerateDataKey</Message></Error>")));
    Map<String, String> settings = onWire();
    settings.put("kms-key", "arn:aws:kms:us-east-1:111122223333:key/k1");
    diagnose(settings);

    Finding denied = found.get(found.size() - 1);
    assertThat(denied.text()).contains("the KMS key may not be used");
    assertThat(denied.permission())
        .contains(
            "{\"Effect\":\"Allow\",\"Action\":[\"kms:GenerateDataKey\",\"kms:Decrypt\"],"
                + "\"Resource\":[\"arn:aws:kms:us-east-1:111122223333:key/k1\"]}");
  }

  @Test
  void tellsOfABucketThatIsOpenToEverybody() {
    sound();
    wire.stubFor(
        get("policyStatus")
            .willReturn(WireMock.ok("<PolicyStatus><IsPublic>true</IsPublic></PolicyStatus>")));
    stub(get("publicAccessBlock"), 404, "NoSuchPublicAccessBlockConfiguration");
    diagnose(onWire());

    assertThat(lines())
        .anyMatch(line -> line.startsWith("WARN image store: public access to the bucket is not"))
        .anyMatch(
            line ->
                line.startsWith(
                    "FAIL image store: the policy of the bucket lets everybody in; take"));
  }

  @Test
  void tellsOfAllThatIsAsItShouldBe() {
    sound();
    diagnose(onWire());

    assertThat(lines())
        .contains(
            "OK image store: the bucket encrypts by default (AES256)",
            "OK image store: versions of the bucket: Enabled; a deletion takes every version",
            "OK image store: public access to the bucket is blocked",
            "OK image store: the bucket has no policy, so only its account gets in");
  }

  @Test
  void tellsWhichEnvironmentTheBucketBelongsToAndTriesNothingInAnothers() {
    sound();
    Map<String, String> settings = onWire();
    settings.put("environment", "local");

    stub(marker("GET"), 404, "NoSuchKey");
    diagnose(settings);
    assertThat(lines())
        .contains(
            "OK image store: the bucket belongs to no environment yet; whoever opens it first"
                + " claims it");

    found.clear();
    wire.stubFor(marker("GET").willReturn(WireMock.ok("local\n")));
    diagnose(settings);
    assertThat(lines()).contains("OK image store: the bucket belongs to the environment local");

    found.clear();
    wire.resetRequests();
    wire.stubFor(marker("GET").willReturn(WireMock.ok("production\n")));
    diagnose(settings);
    assertThat(lines())
        .last()
        .isEqualTo(
            "FAIL image store: bucket \"pictures\" holds data of the environment \"production\","
                + " and this is local; name another bucket, or set cutline.environment");
    wire.verify(0, WireMock.putRequestedFor(WireMock.anyUrl()));

    found.clear();
    stub(marker("GET"), 403, "AccessDenied");
    diagnose(settings);
    assertThat(lines())
        .anyMatch(
            line ->
                line.startsWith("WARN image store: which environment the bucket belongs to could")
                    && line.contains("allow s3:GetObject and s3:PutObject on cutline/environment"));
  }

  @Test
  void writesDownTheEnvironmentOfABucketThatItMakes() {
    Map<String, String> settings = with("bucket", "made-for-tests");
    settings.put("environment", "test");
    prepare(settings);
    prepare(settings);

    assertThat(lines()).contains("OK image store: the bucket belongs to the environment test");
    assertThat(
            server
                .client()
                .getObjectAsBytes(r -> r.bucket("made-for-tests").key("cutline/environment"))
                .asUtf8String())
        .isEqualTo("test\n");
    assertThat(found).extracting(Finding::level).doesNotContain(Level.FAIL);
  }

  @Test
  void setsNothingInABucketOfAnotherEnvironment() {
    wire.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.ok()));
    stub(get("encryption"), 404, "ServerSideEncryptionConfigurationNotFoundError");
    wire.stubFor(marker("GET").willReturn(WireMock.ok("production\n")));
    Map<String, String> settings = onWire();
    settings.put("environment", "test");
    prepare(settings);

    assertThat(lines())
        .last()
        .asString()
        .startsWith("FAIL image store: bucket \"pictures\" holds data of the environment");
    wire.verify(0, WireMock.putRequestedFor(WireMock.anyUrl()));
  }

  @Test
  void saysWhatWouldAllowTheEnvironmentToBeWrittenDown() {
    wire.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.ok()));
    stub(marker("GET"), 404, "NoSuchKey");
    stub(marker("PUT"), 403, "AccessDenied");
    Map<String, String> settings = onWire();
    settings.put("environment", "test");
    prepare(settings);

    assertThat(found.get(found.size() - 1).permission())
        .contains(
            "{\"Effect\":\"Allow\",\"Action\":[\"s3:GetObject\",\"s3:PutObject\"],\"Resource\":["
                + "\"arn:aws:s3:::pictures/cutline/environment\"]}");
  }

  @Test
  void makesABucketOnceAndFindsItThen() {
    Map<String, String> settings = with("bucket", "made-for-development");
    prepare(settings);
    assertThat(lines()).contains("OK image store: made bucket made-for-development in us-east-1");
    assertThat(found).extracting(Finding::level).doesNotContain(Level.FAIL);

    found.clear();
    prepare(settings);
    assertThat(lines()).contains("OK image store: bucket made-for-development was there");
    assertThat(found).extracting(Finding::level).doesNotContain(Level.FAIL);

    found.clear();
    settings.put("unencrypted", "allow");
    diagnose(settings);
    assertThat(found).extracting(Finding::level).doesNotContain(Level.FAIL);
  }

  @Test
  void setsEncryptionAndWhatKeepsThePublicOutAndEndsUploads() {
    wire.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.ok()));
    stub(WireMock.head(WireMock.urlPathEqualTo("/pictures")), 404, "");
    stub(get("encryption"), 404, "ServerSideEncryptionConfigurationNotFoundError");
    stub(get("publicAccessBlock"), 404, "NoSuchPublicAccessBlockConfiguration");
    stub(get("lifecycle"), 404, "NoSuchLifecycleConfiguration");
    Map<String, String> settings = onWire();
    settings.put("region", "eu-west-3");
    prepare(settings);

    assertThat(lines())
        .contains(
            "OK image store: made bucket pictures in eu-west-3",
            "OK image store: set default encryption",
            "OK image store: set block of public access",
            "OK image store: set end of unfinished uploads");
    sent("/pictures", "<LocationConstraint>eu-west-3</LocationConstraint>");
    sent("/pictures?encryption", "<SSEAlgorithm>AES256</SSEAlgorithm>");
    sent("/pictures?publicAccessBlock", "<RestrictPublicBuckets>true</RestrictPublicBuckets>");
    sent("/pictures?lifecycle", "<DaysAfterInitiation>1</DaysAfterInitiation>");
  }

  @Test
  void leavesWhatIsThereAsItIs() {
    wire.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.ok()));
    wire.stubFor(get("encryption").willReturn(WireMock.ok(ENCRYPTED)));
    wire.stubFor(get("publicAccessBlock").willReturn(WireMock.ok(CLOSED)));
    wire.stubFor(
        get("lifecycle")
            .willReturn(WireMock.ok("<LifecycleConfiguration></LifecycleConfiguration>")));
    prepare(onWire());

    assertThat(lines()).contains("OK image store: bucket pictures was there");
    wire.verify(0, WireMock.putRequestedFor(WireMock.anyUrl()));
  }

  @Test
  void tellsOfANameThatIsTaken() {
    stub(WireMock.head(WireMock.urlPathEqualTo("/pictures")), 404, "");
    stub(WireMock.put(WireMock.urlPathEqualTo("/pictures")), 409, "BucketAlreadyExists");
    prepare(onWire());

    assertThat(lines())
        .last()
        .asString()
        .startsWith("FAIL image store: bucket pictures is somebody else's")
        .endsWith("; set another bucket");
  }

  @Test
  void saysWhatWouldAllowABucketToBeMade() {
    stub(WireMock.head(WireMock.urlPathEqualTo("/pictures")), 404, "");
    stub(WireMock.put(WireMock.urlPathEqualTo("/pictures")), 403, "AccessDenied");
    prepare(onWire());

    assertThat(found.get(found.size() - 1).permission())
        .contains(
            "{\"Effect\":\"Allow\",\"Action\":[\"s3:CreateBucket\"],\"Resource\":[\"arn:aws:s3:::pictures\"]}");
  }

  /** A bucket of AWS as it should be, whose objects nobody has stubbed. */
  private static void sound() {
    wire.stubFor(get("encryption").willReturn(WireMock.ok(ENCRYPTED)));
    wire.stubFor(get("publicAccessBlock").willReturn(WireMock.ok(CLOSED)));
    wire.stubFor(
        get("versioning")
            .willReturn(
                WireMock.ok(
                    "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>")));
    stub(get("policyStatus"), 404, "NoSuchBucketPolicy");
  }

  private static MappingBuilder get(String question) {
    return WireMock.get(WireMock.urlPathEqualTo("/pictures"))
        .withQueryParam(question, WireMock.matching(".*"));
  }

  private static MappingBuilder marker(String method) {
    return WireMock.request(method, WireMock.urlPathEqualTo("/pictures/cutline/environment"));
  }

  private static void stub(MappingBuilder request, int status, String code) {
    wire.stubFor(
        request.willReturn(
            WireMock.aResponse()
                .withStatus(status)
                .withHeader("x-amz-bucket-region", "eu-west-3")
                .withBody(
                    code.isEmpty()
                        ? ""
                        : "<Error><Code>" + code + "</Code><Message>no</Message></Error>")));
  }

  private static void sent(String url, String part) {
    wire.verify(
        1,
        WireMock.putRequestedFor(WireMock.urlEqualTo(url))
            .withRequestBody(WireMock.containing(part)));
  }

  private List<String> lines() {
    return found.stream().map(Finding::toString).toList();
  }

  private void diagnose(Map<String, String> settings) {
    new S3ImageStoreProvider()
        .diagnose(Settings.of(settings), Diagnosis.of("image store", found::add));
  }

  private void prepare(Map<String, String> settings) {
    new S3ImageStoreProvider()
        .prepare(Settings.of(settings), Diagnosis.of("image store", found::add));
  }

  private static Map<String, String> with(String key, String value) {
    Map<String, String> settings = settings();
    settings.put(key, value);
    return settings;
  }

  private static Map<String, String> onWire() {
    return with("endpoint", wire.baseUrl());
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
}
