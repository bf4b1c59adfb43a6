package dev.cutline.e2e;

import static dev.cutline.s3test.FaultyHttp.answer;
import static dev.cutline.s3test.FaultyHttp.jsonError;
import static dev.cutline.s3test.FaultyHttp.lostAnswer;
import static dev.cutline.s3test.FaultyHttp.method;
import static dev.cutline.s3test.FaultyHttp.query;
import static dev.cutline.s3test.FaultyHttp.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutline.Captioner;
import dev.cutline.ImageRecord;
import dev.cutline.ImageStore;
import dev.cutline.RecordQuery;
import dev.cutline.RecordStore;
import dev.cutline.StoreException;
import dev.cutline.core.CaptionsNotWrittenException;
import dev.cutline.core.Cutline;
import dev.cutline.core.Upload;
import dev.cutline.dynamodbtest.LocalDynamoDb;
import dev.cutline.palette.PaletteCaptioner;
import dev.cutline.s3test.FaultyHttp;
import dev.cutline.s3test.FaultyHttp.Fault;
import dev.cutline.s3test.S3Server;
import dev.cutline.storage.dynamodb.DynamoDbRecordStore;
import dev.cutline.storage.s3.S3ImageStore;
import dev.cutline.testsupport.corpus.Corpus;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Whole uploads while S3 and DynamoDB are in trouble: what was acknowledged is not lost, and of
 * what was not there is nothing left once it is settled.
 */
class AwsTroubleIT {
  private static final Duration LATER = TestHouse.LEASE.multipliedBy(10);
  private static final int ALWAYS = Integer.MAX_VALUE;

  private static S3Server server;

  private final FaultyHttp toS3 = new FaultyHttp();
  private final FaultyHttp toDynamoDb = new FaultyHttp();
  private final Set<String> acknowledged = new HashSet<>();
  private final Captioner palette = PaletteCaptioner.ofDefaults();
  private AwsPremises premises;
  private S3Client s3;
  private DynamoDbClient dynamoDb;
  private ImageStore images;
  private RecordStore records;
  private Cutline cutline;

  @BeforeAll
  static void start() {
    server = S3Server.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void openAndUploadOne() {
    premises = AwsPremises.versioned(server);
    s3 =
        server
            .clientBuilder()
            .httpClient(toS3)
            .overrideConfiguration(override -> override.retryStrategy(standard()))
            .build();
    images = S3ImageStore.builder(s3, premises.bucket()).build();
    open(standard());
    acknowledged.add(upload().id());
    toS3.requests();
    toDynamoDb.requests();
  }

  private void open(RetryStrategy retries) {
    dynamoDb =
        DynamoDbClient.builder()
            .endpointOverride(LocalDynamoDb.get().endpoint())
            .region(LocalDynamoDb.REGION)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(LocalDynamoDb.ACCESS_KEY, LocalDynamoDb.SECRET_KEY)))
            .httpClient(toDynamoDb)
            .overrideConfiguration(override -> override.retryStrategy(retries))
            .build();
    records = DynamoDbRecordStore.builder(dynamoDb, premises.table()).open();
    cutline =
        Cutline.builder()
            .images(images)
            .records(records)
            .captioner("palette", palette)
            .lease(TestHouse.LEASE)
            .build();
  }

  private static RetryStrategy standard() {
    return AwsRetryStrategy.forRetryMode(RetryMode.STANDARD);
  }

  @AfterEach
  void close() {
    cutline.close();
    records.close();
    images.close();
    palette.close();
    dynamoDb.close();
    s3.close();
    toDynamoDb.close();
    toS3.close();
  }

  @Test
  void aTableThatThrottlesForAMomentKeepsNobodyFromUploading() {
    for (String call :
        List.of("PutItem", "UpdateItem", "GetItem", "BatchWriteItem", "TransactWriteItems")) {
      toDynamoDb.next(2, target(call), throttled());
    }

    String id = upload().id();

    acknowledged.add(id);
    assertThat(found("photo")).as("without a reconcile").contains(id);
    assertNothingLostAndNothingLeft();
  }

  @Test
  void aTableThatThrottlesWithoutEndLosesNothing() {
    // One try for each of ours, or this would take minutes.
    closeRecords();
    open(AwsRetryStrategy.doNotRetry());
    toDynamoDb.next(ALWAYS, FaultyHttp.from(2), throttled());

    StoreException failure = catchThrowableOfType(StoreException.class, this::upload);

    assertThat(failure.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("ProvisionedThroughputExceeded");
    assertNothingLostAndNothingLeft();
  }

  @Test
  void aBucketThatIsBusyForAMomentKeepsNobodyFromUploading() {
    toS3.next(2, method("PUT"), slowDown());

    acknowledged.add(upload().id());

    assertThat(toS3.requests()).containsExactly("PUT", "PUT", "PUT", "PUT", "PUT");
    assertNothingLostAndNothingLeft();
  }

  @Test
  void aBucketThatStaysBusyFromAnyRequestOnLosesNothing() {
    for (int first = 1; first <= 4; first++) {
      toS3.next(ALWAYS, FaultyHttp.from(first), slowDown());

      Optional<String> id = tryUpload();

      assertThat(id.isPresent()).as("an upload takes three requests").isEqualTo(first == 4);
      toS3.forget();
    }
    assertNothingLostAndNothingLeft();
  }

  @Test
  void batchesThatAreDoneInPartAreFinished() {
    toDynamoDb
        .next(ALWAYS, target("BatchWriteItem"), PartialBatches::write)
        .next(ALWAYS, target("BatchGetItem"), PartialBatches::get);
    toS3.next(1, query("POST", "delete"), PartialBatches.deletion(server, premises.bucket()));
    String deleted = upload().id();
    String kept = upload().id();
    acknowledged.add(kept);

    assertThat(found("photo")).hasSize(3).contains(deleted, kept);
    cutline.delete(CrashWorker.OWNER, deleted);

    assertThat(found("photo")).isEqualTo(acknowledged);
    assertThat(images.list("", null, 100).items()).hasSize(2 * 3);
    assertNothingLostAndNothingLeft();
  }

  @Test
  void anAnswerThatIsLostIsNeitherAFailureNorAConflict() {
    int calls = callsOfAnUpload();
    for (int lost = 1; lost <= calls; lost++) {
      toDynamoDb.next(1, FaultyHttp.from(lost), lostAnswer());
      acknowledged.add(upload().id());
      toDynamoDb.forget();
    }
    for (int lost = 1; lost <= 3; lost++) {
      toS3.next(1, FaultyHttp.from(lost), lostAnswer());
      acknowledged.add(upload().id());
      toS3.forget();
    }
    assertThat(found("photo")).as("without a reconcile").isEqualTo(acknowledged);
    assertNothingLostAndNothingLeft();
  }

  @Test
  void aRetryThatIsRefusedWithAPreconditionLeavesNothing() {
    toS3.next(1, method("PUT"), lostAnswer())
        .next(1, method("PUT"), answer(412, "PreconditionFailed", "At least one did not hold."));

    assertThat(tryUpload()).isEmpty();

    assertNothingLostAndNothingLeft();
  }

  @Test
  void aClockThatIsWrongIsSetRight() {
    toS3.next(1, method("PUT"), skewedS3());
    toDynamoDb.next(1, target("PutItem"), skewedDynamoDb());

    acknowledged.add(upload().id());

    assertNothingLostAndNothingLeft();
  }

  @Test
  void aClockThatStaysWrongLosesNothing() {
    toS3.next(ALWAYS, FaultyHttp.from(2), skewedS3());
    StoreException failure = catchThrowableOfType(StoreException.class, this::upload);
    assertThat(failure.kind()).isEqualTo(StoreException.Kind.DENIED);
    assertThat(failure).hasMessageContaining("clock of this machine");
    toS3.forget();

    toDynamoDb.next(ALWAYS, FaultyHttp.from(2), skewedDynamoDb());
    failure = catchThrowableOfType(StoreException.class, this::upload);
    assertThat(failure.kind()).isEqualTo(StoreException.Kind.DENIED);
    assertThat(failure).hasMessageContaining("Signature expired");

    assertNothingLostAndNothingLeft();
  }

  @Test
  void credentialsThatWereRenewedInTheMiddleAreUsed() {
    int calls = callsOfAnUpload();
    for (int expired = 1; expired <= calls; expired++) {
      toDynamoDb.next(1, FaultyHttp.from(expired), expiredDynamoDb());
      acknowledged.add(upload().id());
      toDynamoDb.forget();
    }
    for (int expired = 1; expired <= 3; expired++) {
      toS3.next(1, FaultyHttp.from(expired), expiredS3());
      acknowledged.add(upload().id());
      toS3.forget();
    }
    assertThat(found("photo")).as("without a reconcile").isEqualTo(acknowledged);
    assertNothingLostAndNothingLeft();
  }

  @Test
  void credentialsThatExpireInTheMiddleForGoodLoseNothing() {
    int calls = callsOfAnUpload();
    int failed = 0;
    for (int first = 1; first <= calls; first++) {
      toDynamoDb.next(ALWAYS, FaultyHttp.from(first), expiredDynamoDb());
      failed += tryUpload().isEmpty() ? 1 : 0;
      toDynamoDb.forget();
    }
    assertThat(failed).as("before it is stored, and not after").isBetween(2, calls - 1);
    for (int first = 1; first <= 3; first++) {
      toS3.next(ALWAYS, FaultyHttp.from(first), expiredS3());
      assertThat(tryUpload()).isEmpty();
      toS3.forget();
    }
    assertNothingLostAndNothingLeft();
  }

  private int callsOfAnUpload() {
    toDynamoDb.requests();
    acknowledged.add(upload().id());
    return toDynamoDb.requests().size();
  }

  private ImageRecord upload() {
    return cutline.upload(
        Upload.builder(CrashWorker.OWNER, Corpus.bytes("png/bilevel.png"))
            .title("A photo of a test")
            .build());
  }

  /** Uploads, and notes the picture if that was acknowledged in whatever way. */
  private Optional<String> tryUpload() {
    Optional<String> id;
    try {
      id = Optional.of(upload().id());
    } catch (CaptionsNotWrittenException e) {
      id = Optional.of(e.record().id());
    } catch (StoreException e) {
      id = Optional.empty();
    }
    id.ifPresent(acknowledged::add);
    return id;
  }

  private Set<String> found(String word) {
    return ids(
        records
            .query(RecordQuery.builder(CrashWorker.OWNER).text("a " + word).limit(100).build())
            .items());
  }

  private static Set<String> ids(Collection<ImageRecord> items) {
    Set<String> ids = new HashSet<>();
    items.forEach(record -> ids.add(record.id()));
    return ids;
  }

  /** Once the trouble is over, and long after. */
  private void assertNothingLostAndNothingLeft() {
    toS3.forget();
    toDynamoDb.forget();
    for (Duration later : List.of(LATER, LATER.multipliedBy(10))) {
      try (TestHouse house = TestHouse.openLater(premises, later)) {
        assertThat(house.cutline().reconcile().left()).isZero();
      }
    }
    try (TestHouse house = TestHouse.openLater(premises, LATER)) {
      StoreAudit.check(premises, house, CrashWorker.OWNER, acknowledged, Set.of());
      assertThat(
              ids(
                  house
                      .records()
                      .query(RecordQuery.builder(CrashWorker.OWNER).limit(100).build())
                      .items()))
          .isEqualTo(acknowledged);
    }
  }

  private void closeRecords() {
    cutline.close();
    records.close();
    dynamoDb.close();
  }

  private static Fault throttled() {
    return jsonError(
        400,
        "ProvisionedThroughputExceededException",
        "The level of configured provisioned throughput for the table was exceeded.");
  }

  private static Fault slowDown() {
    return answer(503, "SlowDown", "Please reduce your request rate.");
  }

  private static Fault expiredS3() {
    return answer(400, "ExpiredToken", "The provided token has expired.");
  }

  private static Fault expiredDynamoDb() {
    return jsonError(
        400, "ExpiredTokenException", "The security token included in the request is expired");
  }

  private static Fault skewedS3() {
    return answer(
        head(403, Duration.ZERO),
        FaultyHttp.error("RequestTimeTooSkewed", "The difference is too large."));
  }

  private static Fault skewedDynamoDb() {
    return answer(
        head(400, Duration.ofHours(1)),
        "{\"__type\":\"x#InvalidSignatureException\",\"message\":\"Signature expired: too old\"}");
  }

  /** An answer with the time of the server. */
  private static SdkHttpFullResponse.Builder head(int status, Duration ahead) {
    return SdkHttpFullResponse.builder()
        .statusCode(status)
        .putHeader(
            "Date",
            DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plus(ahead)));
  }
}
