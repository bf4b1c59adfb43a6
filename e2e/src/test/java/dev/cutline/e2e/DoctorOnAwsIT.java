package dev.cutline.e2e;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.okXml;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.cutline.dynamodbtest.LocalDynamoDb;
import dev.cutline.s3test.S3Server;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * {@code cutline doctor} over S3, DynamoDB, STS and Bedrock, in a process of its own that is told
 * everything by environment variables: first all is well, then one thing at a time is not. Each is
 * one line that says what to do, in text and in JSON.
 */
class DoctorOnAwsIT {
  private static final String MODEL = "amazon.nova-2-lite-v1:0";
  private static final String PROFILE = "eu." + MODEL;
  private static final String CONVERSE = "/model/.+/converse";
  private static final String ACCOUNT = "123456789012";
  private static final String KEY = "arn:aws:kms:eu-central-1:" + ACCOUNT + ":key/k1";

  /** For many short runs. */
  private static final List<String> JVM =
      List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private static final int REAL = 10;
  private static final int WELL = 5;
  private static final int BROKEN = 1;

  private static S3Server s3;

  /** All of AWS: hands on to the servers what they know, and answers the rest. */
  private static WireMockServer aws;

  private static AwsPremises premises;

  @TempDir Path home;

  private final Map<String, String> environment = new HashMap<>();

  @BeforeAll
  static void start() {
    s3 = S3Server.start();
    premises = AwsPremises.versioned(s3);
    aws =
        new WireMockServer(WireMockConfiguration.options().dynamicPort().preserveHostHeader(true));
    aws.start();
  }

  @AfterAll
  static void stop() {
    aws.stop();
    s3.close();
  }

  @BeforeEach
  void allIsWell() {
    aws.resetAll();
    well(any(anyUrl()).atPriority(REAL), aResponse().proxiedFrom(s3.endpoint().toString()));
    well(
        ofDynamoDb(".+").atPriority(REAL - 1),
        aResponse().proxiedFrom(LocalDynamoDb.get().endpoint().toString()));
    well(
        ofBucket("encryption"),
        okXml(
            "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>"
                + "<SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule>"
                + "</ServerSideEncryptionConfiguration>"));
    well(
        ofBucket("publicAccessBlock"),
        okXml(
            "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls>"
                + "<IgnorePublicAcls>true</IgnorePublicAcls>"
                + "<BlockPublicPolicy>true</BlockPublicPolicy>"
                + "<RestrictPublicBuckets>true</RestrictPublicBuckets>"
                + "</PublicAccessBlockConfiguration>"));
    well(ofBucket("policyStatus"), ofS3(404, "NoSuchBucketPolicy", "none"));
    well(
        ofDynamoDb("DescribeContinuousBackups"),
        okJson(
            "{\"ContinuousBackupsDescription\":{\"ContinuousBackupsStatus\":\"ENABLED\","
                + "\"PointInTimeRecoveryDescription\":{\"PointInTimeRecoveryStatus\":"
                + "\"ENABLED\"}}}"));
    well(
        ofSts(),
        okXml(
            "<GetCallerIdentityResponse><GetCallerIdentityResult>"
                + "<Arn>arn:aws:iam::123456789012:user/ada</Arn><UserId>A</UserId>"
                + "<Account>123456789012</Account></GetCallerIdentityResult>"
                + "</GetCallerIdentityResponse>"));
    well(get(urlPathMatching("/inference-profiles/.+")), okJson("{\"status\":\"ACTIVE\"}"));
    well(
        get(urlPathMatching("/foundation-models/.+")),
        okJson(
            "{\"modelDetails\":{\"inputModalities\":[\"TEXT\",\"IMAGE\"],"
                + "\"modelLifecycle\":{\"status\":\"ACTIVE\"}}}"));
    well(
        post(urlPathMatching(CONVERSE)),
        okJson(
            "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[{\"toolUse\":"
                + "{\"toolUseId\":\"t\",\"name\":\"emit_captions\",\"input\":{\"concise\":\"Three"
                + " colours\",\"creative\":\"Three colours meet.\",\"alt\":\"Three stripes of"
                + " colour\",\"decorative\":false}}}]}},\"stopReason\":\"tool_use\","
                + "\"usage\":{\"inputTokens\":900,\"outputTokens\":40,\"totalTokens\":940}}"));
    settings();
  }

  private void settings() {
    environment.put("AWS_ACCESS_KEY_ID", LocalDynamoDb.ACCESS_KEY);
    environment.put("AWS_SECRET_ACCESS_KEY", LocalDynamoDb.SECRET_KEY);
    environment.put("AWS_REGION", LocalDynamoDb.REGION.id());
    environment.put("AWS_DEFAULT_REGION", "");
    environment.put("AWS_CONFIG_FILE", home.resolve("no-config").toString());
    environment.put("CUTLINE_PROVIDERS", "bedrock");
    environment.put("CUTLINE_PROVIDER_BEDROCK_MODEL", PROFILE);
    environment.put("CUTLINE_PROVIDER_BEDROCK_CONTROL_ENDPOINT", aws.baseUrl());
    environment.put("CUTLINE_IMAGES_S3_BUCKET", premises.bucket());
    environment.put("CUTLINE_IMAGES_S3_PATH_STYLE", "true");
    environment.put("CUTLINE_RECORDS_DYNAMODB_TABLE", premises.table());
    environment.put("CUTLINE_RATE_LIMIT", "dynamodb");
    for (String part : List.of("PROVIDER_BEDROCK", "IMAGES_S3", "RECORDS_DYNAMODB")) {
      environment.put("CUTLINE_" + part + "_ENDPOINT", aws.baseUrl());
      environment.put("CUTLINE_" + part + "_STS_ENDPOINT", aws.baseUrl());
    }
  }

  @Test
  void allIsWellAndTheCaptionIsThere() throws Exception {
    Examined examined = examine(0);

    assertThat(examined.failures).isEmpty();
    assertThat(examined.text.out())
        .doesNotContain("warn ")
        .contains(
            "ok    credentials     : arn:aws:iam::123456789012:user/ada, by AWS_ACCESS_KEY_ID",
            "ok    environment     : production, because a bucket or a table is set",
            "ok    image store     : the bucket encrypts by default (AES256)",
            "ok    image store     : the bucket belongs to no environment yet",
            "ok    image store     : an object was written, read, listed and deleted",
            "ok    record store    : an item was written, read and deleted, an index was queried",
            "ok    rate limit      : an item was written",
            "ok    rung bedrock    : model " + MODEL + " is there and reads pictures",
            "ok    rung bedrock    : a caption: OK in ",
            ": Three colours");
    assertThat(examined.text.err()).contains(" ok, 0 to look at, 0 that do not work");
    premises.assertUntouched();
  }

  @Test
  void aBucketThatDoesNotEncrypt() throws Exception {
    broken(
        ofBucket("encryption"),
        ofS3(404, "ServerSideEncryptionConfigurationNotFoundError", "not found"));

    examine(2)
        .failsWith(
            "image store",
            "the bucket does not encrypt by default, and is refused",
            "set its default encryption, or unencrypted to allow");
  }

  @Test
  void aBucketThatIsNotThere() throws Exception {
    environment.put("CUTLINE_IMAGES_S3_BUCKET", "nowhere");
    broken(get(urlPathEqualTo("/nowhere")), ofS3(404, "NoSuchBucket", "does not exist"));

    examine(2)
        .failsWith("image store", "there is no bucket nowhere", "create it ('cutline init --aws'");
  }

  @Test
  void aBucketOfAnotherRegion() throws Exception {
    broken(
        ofBucket("encryption"),
        ofS3(301, "PermanentRedirect", "elsewhere").withHeader("x-amz-bucket-region", "eu-west-3"));

    examine(2).failsWith("image store", "the bucket is in eu-west-3; set region to that", null);
  }

  @Test
  void oneActionOfS3ThatIsDenied() throws Exception {
    broken(put(urlPathMatching("/.+/images/.+")), ofS3(403, "AccessDenied", "not authorized"));

    examine(2)
        .failsWith("image store", "an object cannot be written: access is denied", "allow s3:Get")
        .allowedBy(
            "{\"Effect\":\"Allow\",\"Action\":[\"s3:GetObject\",\"s3:PutObject\","
                + "\"s3:AbortMultipartUpload\",\"s3:DeleteObject\",\"s3:DeleteObjectVersion\"],"
                + "\"Resource\":[\"arn:aws:s3:::BUCKET/images/*\","
                + "\"arn:aws:s3:::BUCKET/unwritten/*\"]}");
  }

  @Test
  void aKeyOfKmsThatIsDenied() throws Exception {
    environment.put("CUTLINE_IMAGES_S3_KMS_KEY", KEY);
    broken(
        put(urlPathMatching("/.+/images/.+")),
        ofS3(403, "AccessDenied", "not authorized to perform: kms:GenerateDataKey"));

    examine(2)
        .failsWith(
            "image store",
            "an object cannot be written: the KMS key may not be used",
            "allow kms:GenerateDataKey, kms:Decrypt")
        .allowedBy(
            "{\"Effect\":\"Allow\",\"Action\":[\"kms:GenerateDataKey\",\"kms:Decrypt\"],"
                + "\"Resource\":[\""
                + KEY
                + "\"]}");
  }

  @Test
  void aTableWithOtherKeys() throws Exception {
    String table = LocalDynamoDb.get().freshTable();
    try (DynamoDbClient client = LocalDynamoDb.get().client()) {
      client.createTable(
          b ->
              b.tableName(table)
                  .billingMode("PAY_PER_REQUEST")
                  .attributeDefinitions(
                      AttributeDefinition.builder()
                          .attributeName("id")
                          .attributeType(ScalarAttributeType.S)
                          .build())
                  .keySchema(
                      KeySchemaElement.builder()
                          .attributeName("id")
                          .keyType(KeyType.HASH)
                          .build()));
    }
    environment.put("CUTLINE_RECORDS_DYNAMODB_TABLE", table);

    examine(2)
        .failsWith(
            "record store",
            "table " + table + " is not one of ours: it has the keys [id]",
            null,
            "rate limit");
  }

  @Test
  void oneActionOfDynamoDbThatIsDenied() throws Exception {
    broken(
        ofDynamoDb("PutItem"),
        ofJson(400, "AccessDeniedException", "not authorized to perform: dynamodb:PutItem"));

    String table = "arn:aws:dynamodb:eu-central-1:" + ACCOUNT + ":table/" + premises.table();
    examine(2)
        .failsWith(
            "record store",
            "an item cannot be written: access is denied",
            "allow dynamodb:DescribeTable, ",
            "rate limit")
        .allowedBy(
            "{\"Effect\":\"Allow\",\"Action\":[\"dynamodb:DescribeTable\",\"dynamodb:GetItem\","
                + "\"dynamodb:BatchGetItem\",\"dynamodb:Query\",\"dynamodb:PutItem\","
                + "\"dynamodb:UpdateItem\",\"dynamodb:DeleteItem\",\"dynamodb:BatchWriteItem\"],"
                + "\"Resource\":[\""
                + table
                + "\",\""
                + table
                + "/index/*\"]}");
  }

  @Test
  void aModelThatNobodyKnows() throws Exception {
    broken(
        get(urlPathMatching("/(inference-profiles|foundation-models)/.+")),
        ofJson(404, "ResourceNotFoundException", "not found"));
    broken(
        post(urlPathMatching(CONVERSE)),
        ofJson(400, "ValidationException", "The provided model identifier is invalid."));

    Examined examined = examine(2);
    assertThat(examined.failures).hasSize(2);
    examined.failure(
        0,
        "rung bedrock",
        "Bedrock knows no model " + PROFILE + " in eu-central-1",
        "check model, and whether this region has it");
    examined.failure(1, "rung bedrock", "no caption: MISCONFIGURED: ", "check its settings");
  }

  @Test
  void aModelAtTheEndOfItsLife() throws Exception {
    broken(
        post(urlPathMatching(CONVERSE)),
        ofJson(
            404,
            "ResourceNotFoundException",
            "This model version has reached the end of its life."));

    examine(2)
        .failsWith(
            "rung bedrock",
            "this model is retired, set model to its successor",
            "check its settings");
  }

  @Test
  void aModelThatIsNotAllowed() throws Exception {
    broken(
        post(urlPathMatching(CONVERSE)),
        ofJson(403, "AccessDeniedException", "not authorized to perform: bedrock:InvokeModel"));

    examine(2)
        .failsWith("rung bedrock", "no caption: UNAUTHORIZED: ", "allow it")
        .allowedBy(
            "{\"Effect\":\"Allow\",\"Action\":[\"bedrock:InvokeModel\"],\"Resource\":["
                + "\"arn:aws:bedrock:eu-central-1:123456789012:inference-profile/"
                + PROFILE
                + "\",\"arn:aws:bedrock:*::foundation-model/"
                + MODEL
                + "\"]}");
  }

  @Test
  void aQuotaThatIsSpent() throws Exception {
    broken(
        post(urlPathMatching(CONVERSE)),
        ofJson(429, "ThrottlingException", "Too many tokens per day, please wait."));

    examine(2)
        .failsWith(
            "rung bedrock",
            "the quota of the day is used up, have it raised in Service Quotas",
            "check again, or name another rung");
  }

  @Test
  void credentialsThatHaveExpiredOrThatNobodyKnows() throws Exception {
    Map<String, String> advice =
        Map.of(
            "ExpiredToken", "sign in again or set a new session-token",
            "InvalidClientTokenId", "check access-key, secret-key and session-token");
    for (Map.Entry<String, String> each : advice.entrySet()) {
      String code = each.getKey();
      broken(
          ofSts(),
          aResponse()
              .withStatus(403)
              .withBody(
                  "<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>no</Message>"
                          .formatted(code)
                      + "</Error></ErrorResponse>"));
      broken(
          post(urlPathMatching(CONVERSE)),
          ofJson(
              403,
              code.equals("ExpiredToken") ? "ExpiredTokenException" : "UnrecognizedClientException",
              "no"));

      Examined examined = examine(2);
      assertThat(examined.failures).as("told once, whoever meets it").hasSize(2);
      examined.failure(0, "credentials", code, each.getValue());
      examined.failure(1, "rung bedrock", "no caption: UNAUTHORIZED: ", "check its API key");
      assertThat(examined.text.out()).doesNotContain("What would allow it");
    }
  }

  @Test
  void aRegionThatIsMissing() throws Exception {
    environment.put("AWS_REGION", "");

    Examined examined = examine(2);
    List<String> keys =
        List.of(
            "cutline.provider.bedrock.region",
            "cutline.images.s3.region",
            "cutline.records.dynamodb.region",
            "cutline.rate-limit.region");
    assertThat(examined.failures).hasSize(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      examined.failure(
          i,
          "settings",
          keys.get(i)
              + ": is missing: set it, for example to us-east-1, or the environment variable"
              + " AWS_REGION",
          null);
    }
  }

  @Test
  void storesOfAnotherEnvironment() throws Exception {
    AwsPremises production = AwsPremises.plain(s3);
    TestHouse.open(production).close();
    environment.put("CUTLINE_IMAGES_S3_BUCKET", production.bucket());
    environment.put("CUTLINE_IMAGES_S3_UNENCRYPTED", "allow"); // s3proxy knows nothing of it
    environment.put("CUTLINE_RECORDS_DYNAMODB_TABLE", production.table());
    assertThat(examine(0).failures).isEmpty();

    environment.put("CUTLINE_ENVIRONMENT", "local");
    Examined examined = examine(2);
    assertThat(examined.failures).hasSize(3);
    List<String> stores = List.of("image store", "record store", "rate limit");
    for (int i = 0; i < stores.size(); i++) {
      examined.failure(
          i,
          stores.get(i),
          "holds data of the environment \"production\", and this is local; name another",
          null);
    }
    production.assertUntouched();
  }

  private static void well(MappingBuilder request, ResponseDefinitionBuilder answer) {
    aws.stubFor(request.willReturn(answer));
  }

  private static void broken(MappingBuilder request, ResponseDefinitionBuilder answer) {
    aws.stubFor(request.atPriority(BROKEN).willReturn(answer));
  }

  private static MappingBuilder ofBucket(String question) {
    return get(urlPathEqualTo("/" + premises.bucket()))
        .atPriority(WELL)
        .withQueryParam(question, matching(".*"));
  }

  private static MappingBuilder ofDynamoDb(String operation) {
    return post(urlEqualTo("/"))
        .atPriority(WELL)
        .withHeader("X-Amz-Target", matching("DynamoDB_\\d+\\." + operation));
  }

  private static MappingBuilder ofSts() {
    return post(urlEqualTo("/"))
        .atPriority(WELL)
        .withRequestBody(containing("Action=GetCallerIdentity"));
  }

  private static ResponseDefinitionBuilder ofS3(int status, String code, String message) {
    return aResponse()
        .withStatus(status)
        .withBody("<Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>");
  }

  private static ResponseDefinitionBuilder ofJson(int status, String code, String message) {
    return aResponse()
        .withStatus(status)
        .withHeader("x-amzn-ErrorType", code)
        .withBody("{\"__type\":\"x#" + code + "\",\"message\":\"" + message + "\"}");
  }

  /** Runs it for a person and for a program, side by side, and holds one against the other. */
  private Examined examine(int status) throws Exception {
    ExecutorService both = Executors.newFixedThreadPool(2);
    try {
      List<Callable<CommandLineProcess>> runs =
          List.of(() -> cutline("doctor"), () -> cutline("doctor", "--json"));
      List<Future<CommandLineProcess>> done = both.invokeAll(runs);
      return new Examined(status, done.get(0).get(), done.get(1).get());
    } finally {
      both.shutdownNow();
    }
  }

  private CommandLineProcess cutline(String... arguments) throws Exception {
    return CommandLineProcess.run(home, JVM, environment, arguments);
  }

  /** What both have printed. */
  private static final class Examined {
    private final CommandLineProcess text;

    /** What does not work, as JSON. */
    private final List<JsonNode> failures = new ArrayList<>();

    Examined(int status, CommandLineProcess text, CommandLineProcess json) throws Exception {
      this.text = text;
      assertThat(List.of(text.status(), json.status()))
          .as("%s%n%s", text.out(), text.err())
          .containsOnly(status);
      for (JsonNode line : json.lines()) {
        if (line.get("level").asText().equals("FAIL")) {
          failures.add(line);
        }
      }
      assertThat(text.out().lines().filter(line -> line.startsWith("FAIL ")))
          .as(text.out())
          .hasSize(failures.size());
      assertThat(text.err()).contains(", " + failures.size() + " that do not work");
      assertThat(text.out() + json.out()).doesNotContain("Exception:", "\tat ");
    }

    /**
     * Checks that one thing does not work.
     *
     * @param remedy how it starts; null: the text says what to do
     * @param others where else the same is found
     */
    Examined failsWith(String subject, String finding, String remedy, String... others) {
      assertThat(failures).as(text.out()).hasSize(1 + others.length);
      failure(0, subject, finding, remedy);
      for (int i = 0; i < others.length; i++) {
        failure(i + 1, others[i], finding, remedy);
      }
      return this;
    }

    void failure(int number, String subject, String finding, String remedy) {
      JsonNode failure = failures.get(number);
      assertThat(failure.get("what").asText()).as(text.out()).isEqualTo(subject);
      assertThat(failure.get("finding").asText()).contains(finding);
      String line =
          text.out().lines().filter(each -> each.startsWith("FAIL ")).toList().get(number);
      assertThat(line).contains(subject).contains(finding);
      if (remedy == null) {
        assertThat(failure.get("remedy").isNull()).as("%s", failure).isTrue();
      } else {
        assertThat(failure.get("remedy").asText()).contains(remedy);
        assertThat(line).endsWith("; " + failure.get("remedy").asText());
      }
    }

    /** Checks that this is the only statement that is printed. */
    void allowedBy(String statement) throws Exception {
      String named = statement.replace("BUCKET", premises.bucket());
      assertThat(text.out())
          .contains("What would allow it, as a policy of IAM:")
          .endsWith("\"Statement\":[\n  " + named + "\n]}\n");
      assertThat(failures.get(0).get("permission")).isEqualTo(new ObjectMapper().readTree(named));
    }
  }
}
