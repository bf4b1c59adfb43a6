package dev.cutline.storage.s3;

import static dev.cutline.s3test.FaultyHttp.answer;
import static dev.cutline.s3test.FaultyHttp.method;
import static dev.cutline.s3test.FaultyHttp.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.StoreException;
import dev.cutline.StoreException.Kind;
import dev.cutline.StoredObject;
import dev.cutline.s3test.FaultyHttp;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** What goes wrong with S3 and on the way there, what callers are told, and what is not lost. */
class S3FailuresTest extends S3Buckets {
  private final ImageData image = image(1000, 1);

  @Test
  void whatIsBusyForAMomentIsAskedAgain() {
    http.next(2, method("PUT"), answer(503, "SlowDown", "Please reduce your request rate."))
        .next(2, method("GET"), answer(500, "InternalError", "Please try again."));

    store.put(KEY, image);

    assertThat(bytes(store, KEY)).hasValue(image.toByteArray());
    assertThat(http.requests()).containsExactly("PUT", "PUT", "PUT", "GET", "GET", "GET");
  }

  @Test
  void whatStaysBusyIsToldAndNothingIsThere() {
    http.next(3, method("PUT"), answer(503, "SlowDown", "Please reduce your request rate."));

    assertFails(Kind.UNAVAILABLE, () -> store.put(KEY, image), "write " + KEY, bucket, "SlowDown");

    assertThat(store.get(KEY)).isEmpty();
  }

  @Test
  void anUploadWhoseAnswerIsLostIsNoFailure() {
    http.next(3, method("PUT"), FaultyHttp.lostAnswer());

    store.put(KEY, image);

    assertThat(http.requests()).containsExactly("PUT", "PUT", "PUT", "HEAD");
    assertThat(bytes(store, KEY)).hasValue(image.toByteArray());
  }

  @Test
  void anUploadThatAGatewayAnswersForIsNoFailure() {
    http.next(3, method("PUT"), FaultyHttp.doneButAnswered(502, "BadGateway"));

    store.put(KEY, image);

    assertThat(bytes(store, KEY)).hasValue(image.toByteArray());
  }

  @Test
  void whatLiesThereOfAnEarlierUploadIsNotTakenForThisOne() {
    store.put(KEY, image);
    http.next(3, method("PUT"), FaultyHttp.unreachable());

    // The same bytes, but this call has not stored them.
    assertFails(Kind.UNAVAILABLE, () -> store.put(KEY, image), "write " + KEY, "cannot be reached");
  }

  @Test
  void whereNobodyCanTellTheUploadHasFailed() {
    http.next(3, method("PUT"), FaultyHttp.lostAnswer())
        .next(3, method("HEAD"), FaultyHttp.unreachable());

    assertFails(Kind.UNAVAILABLE, () -> store.put(KEY, image), "write " + KEY, "cannot be reached");
  }

  @Test
  void aLargeUploadWhoseLastAnswerIsLostIsNoFailure() {
    http.next(3, query("POST", "uploadId"), FaultyHttp.lostAnswer());

    store.put(KEY, image(LARGE, 1));

    assertThat(bytes(store, KEY)).hasValue(image(LARGE, 1).toByteArray());
    assertThat(server.client().listMultipartUploads(r -> r.bucket(bucket)).uploads()).isEmpty();
  }

  @Test
  void aLargeUploadThatARetryFindsCompletedIsNoFailure() {
    http.next(1, query("POST", "uploadId"), FaultyHttp.lostAnswer())
        .next(1, query("POST", "uploadId"), answer(404, "NoSuchUpload", "Completed perhaps."));
    store.put(KEY, image(LARGE, 1));
    assertThat(bytes(store, KEY)).hasValue(image(LARGE, 1).toByteArray());

    http.next(1, query("POST", "uploadId"), FaultyHttp.lostAnswer())
        .next(1, query("POST", "uploadId"), answer(404, "NoSuchUpload", "Completed perhaps."));
    assertThat(store.create(KEY + "2", image(LARGE, 2))).isTrue();
    assertThat(bytes(store, KEY + "2")).hasValue(image(LARGE, 2).toByteArray());

    http.next(1, query("POST", "uploadId"), answer(404, "NoSuchUpload", "Aborted by somebody."));
    assertFails(
        Kind.UNAVAILABLE, () -> store.put(KEY + "3", image(LARGE, 3)), "has ended the upload");
    assertThat(store.get(KEY + "3")).isEmpty();
  }

  @Test
  void anErrorThatS3AnswersWithA200IsAFailure() {
    http.next(3, query("POST", "uploadId"), answer(200, "InternalError", "Please try again."));
    assertFails(Kind.UNAVAILABLE, () -> store.put(KEY, image(LARGE, 1)), "write " + KEY);
    assertThat(remains()).isZero();
  }

  @Test
  void aLargeUploadThatFailsLeavesNoParts() {
    http.next(3, query("PUT", "partNumber"), answer(503, "SlowDown", "Slow."));
    assertFails(Kind.UNAVAILABLE, () -> store.put(KEY, image(LARGE, 1)), "SlowDown");
    assertThat(remains()).isZero();

    http.next(1, query("PUT", "partNumber"), answer(403, "AccessDenied", "No."));
    assertFails(Kind.DENIED, () -> store.put(KEY, image(LARGE, 1)), "s3:PutObject");
    assertThat(remains()).isZero();
  }

  @Test
  void partsThatCannotBeTakenBackGoWithThePicture() {
    http.next(1, query("PUT", "partNumber"), answer(403, "AccessDenied", "No."))
        .next(1, method("DELETE"), answer(403, "AccessDenied", "No."));
    assertFails(Kind.DENIED, () -> store.put(KEY, image(LARGE, 1)), "s3:PutObject");
    assertThat(remains()).isEqualTo(1);

    store.deleteByPrefix("images/alice/1/");

    assertThat(remains()).isZero();
  }

  @Test
  void createStoresOnlyWhatIsNew() {
    assertThat(store.create(KEY, image)).isTrue();
    assertThat(store.create(KEY, image(1000, 2))).isFalse();
    assertThat(store.create(KEY, image(LARGE, 2))).isFalse();
    assertThat(bytes(store, KEY)).hasValue(image.toByteArray());
    assertThat(remains()).isEqualTo(1);
    assertThat(store.create(KEY + "2", image(LARGE, 2))).isTrue();
  }

  @Test
  void aRefusalOfWhatARetryFindsToBeItsOwnIsNoRefusal() {
    // The first try arrives, its answer does not; the second is refused because of the first.
    http.next(1, method("PUT"), FaultyHttp.lostAnswer());
    assertThat(store.create(KEY, image)).isTrue();
    assertThat(http.requests()).containsExactly("PUT", "PUT", "HEAD");

    // The same for a picture of somebody else: that one stays.
    http.next(1, method("PUT"), FaultyHttp.unreachable());
    assertThat(store.create(KEY, image)).isFalse();
    assertThat(remains()).isEqualTo(1);
  }

  @Test
  void whatCouldNotBeDecidedIsTriedAgain() {
    http.next(2, method("PUT"), answer(409, "ConditionalRequestConflict", "Try again."));
    assertThat(store.create(KEY, image)).isTrue();

    http.next(3, method("PUT"), answer(409, "ConditionalRequestConflict", "Try again."));
    assertFails(Kind.UNAVAILABLE, () -> store.create(KEY + "2", image), "Conflict");
  }

  @Test
  void credentialsThatExpireInTheMiddleAreAskedForAgain() {
    AtomicInteger asked = new AtomicInteger();
    AwsCredentialsProvider rotating =
        () -> {
          asked.incrementAndGet();
          return AwsBasicCredentials.create(server.accessKey(), server.secretKey());
        };
    http.next(1, query("PUT", "partNumber"), answer(400, "ExpiredToken", "It has expired."));
    try (S3Client other =
            server.clientBuilder().credentialsProvider(rotating).httpClient(http).build();
        S3ImageStore uploading = S3ImageStore.builder(other, bucket).build()) {
      uploading.put(KEY, image(LARGE, 1));
    }
    assertThat(asked).as("create, two parts, one of them twice, complete").hasValue(5);
    assertThat(bytes(store, KEY)).hasValue(image(LARGE, 1).toByteArray());
  }

  @Test
  void credentialsThatStayExpiredAreToldAndNothingAcknowledgedIsLost() {
    store.put(KEY, image);
    http.next(20, request -> true, answer(400, "ExpiredToken", "The token has expired."));

    assertFails(
        Kind.DENIED, () -> store.put(KEY, image(LARGE, 2)), "credentials have expired", KEY);

    http.forget();
    assertThat(bytes(store, KEY)).hasValue(image.toByteArray());
  }

  @Test
  void aClockThatIsWrongIsSetRightOrTold() {
    // S3 tells its time with the refusal, and the SDK signs for that.
    http.next(1, method("PUT"), answer(skewed(), skewedBody()));
    store.put(KEY, image);
    assertThat(bytes(store, KEY)).isPresent();

    http.next(20, method("PUT"), answer(skewed(), skewedBody()));
    assertFails(Kind.DENIED, () -> store.put(KEY + "2", image), "clock of this machine");
  }

  @Test
  void readingGoesOnWhereTheConnectionBreaks() {
    ImageData large = image(300_000, 1);
    store.put(KEY, large);
    http.next(1, method("GET"), FaultyHttp.cutAfter(100_001))
        .next(1, method("GET"), FaultyHttp.cutAfter(50_000))
        .next(2, method("GET"), FaultyHttp.cutAfter(0));

    assertThat(bytes(store, KEY)).hasValue(large.toByteArray());

    assertThat(http.requests()).containsExactly("PUT", "GET", "GET", "GET", "GET", "GET");
  }

  @Test
  void readingEndsWhereItCannotGoOn() {
    store.put(KEY, image(300_000, 1));
    http.next(9, method("GET"), FaultyHttp.cutAfter(0));

    assertFails(Kind.UNAVAILABLE, () -> bytes(store, KEY), "reset");
    http.forget();
    assertThat(bytes(store, KEY)).isPresent();
  }

  @Test
  void readingDoesNotGoOnInAnotherObject() {
    store.put(KEY, image(300_000, 1));
    http.next(1, method("GET"), FaultyHttp.cutAfter(100_000));
    try (StoredObject open = store.get(KEY).orElseThrow()) {
      store.put(KEY, image(300_000, 2));
      assertFails(Kind.UNAVAILABLE, open::readAll, "replaced or deleted");
    }
    http.next(1, method("GET"), FaultyHttp.cutAfter(100_000));
    try (StoredObject open = store.get(KEY).orElseThrow()) {
      store.delete(KEY);
      assertFails(Kind.UNAVAILABLE, open::readAll, "replaced or deleted");
    }
  }

  @Test
  void anAnswerWithoutALengthIsToldAndTheStoreGoesOn() {
    store.put(KEY, image);
    http.next(1, method("GET"), FaultyHttp.withoutLength());

    assertFails(Kind.UNAVAILABLE, () -> store.get(KEY), KEY, bucket, "no Content-Length");

    assertThat(bytes(store, KEY)).hasValue(image.toByteArray());
  }

  @Test
  void bytesThatWereDamagedOnTheWayAreNotTaken() {
    http.next(3, method("PUT"), answer(400, "BadDigest", "The digest did not match."));
    assertFails(Kind.UNAVAILABLE, () -> store.put(KEY, image), "damaged on the way");
  }

  @Test
  void refusalsSayWhatToDo() {
    refuse(403, "AccessDenied", "Access Denied");
    assertFails(Kind.DENIED, () -> store.put(KEY, image), "access is denied; allow s3:PutObject");
    refuse(403, "AccessDenied", "Access Denied");
    assertFails(Kind.DENIED, () -> store.get(KEY), "allow s3:GetObject and s3:ListBucket");
    refuse(403, "AccessDenied", "Access Denied");
    assertFails(Kind.DENIED, () -> store.list("", null, 1), "allow s3:ListBucket");
    refuse(403, "AccessDenied", "Access Denied");
    assertFails(Kind.DENIED, () -> store.delete(KEY), "allow s3:ListBucketVersions");
    refuse(403, "AccessDenied", "Access Denied");
    assertFails(Kind.DENIED, () -> store.deleteByPrefix("a/"), "s3:ListBucketMultipartUploads");
    refuse(403, "AccessDenied", "User: x is not authorized to perform: kms:GenerateDataKey on y");
    assertFails(Kind.DENIED, () -> store.put(KEY, image), "kms:GenerateDataKey", "kms:Decrypt");
    refuse(400, "KMS.DisabledException", "The key is disabled.");
    assertFails(Kind.DENIED, () -> store.put(KEY, image), "KMS key is not there or not enabled");
    refuse(403, "InvalidObjectState", "The operation is not valid for the storage class");
    assertFails(Kind.DENIED, () -> store.get(KEY), "archived; restore it");
    refuse(507, "XMinioStorageFull", "Storage backend has reached its minimum free space.", 3);
    assertFails(Kind.FULL, () -> store.put(KEY, image), "no space left");
    refuse(403, "SignatureDoesNotMatch", "It does not match.");
    assertFails(Kind.DENIED, () -> store.put(KEY, image), "does not take these credentials");
  }

  @Test
  void aBucketThatIsNotThereOrElsewhereIsTold() {
    try (S3ImageStore other = S3ImageStore.builder(client, "nowhere").build()) {
      assertFails(Kind.DENIED, () -> other.put(KEY, image), "nowhere", "no such bucket; create it");
      assertFails(Kind.DENIED, () -> other.get(KEY), "no such bucket");
      assertFails(Kind.DENIED, () -> other.deleteByPrefix("a/"), "no such bucket");
    }
    http.next(
        1,
        method("PUT"),
        answer(
            SdkHttpFullResponse.builder()
                .statusCode(301)
                .putHeader("x-amz-bucket-region", "eu-west-3"),
            FaultyHttp.error("PermanentRedirect", "Use another endpoint.")));
    assertFails(Kind.DENIED, () -> store.put(KEY, image), "is in eu-west-3; set region");
    refuse(400, "AuthorizationHeaderMalformed", "the region 'us-east-1' is wrong");
    assertFails(Kind.DENIED, () -> store.put(KEY, image), "in another region; set region");
  }

  @Test
  void credentialsThatAreMissingOrNotOursAreTold() {
    AwsCredentialsProvider none =
        () -> {
          throw SdkClientException.create("Unable to load credentials from any of the providers");
        };
    AwsCredentialsProvider wrong =
        StaticCredentialsProvider.create(AwsBasicCredentials.create(server.accessKey(), "wrong"));
    assertFails(Kind.DENIED, () -> putAs(none), "no credentials");
    assertFails(Kind.DENIED, () -> putAs(wrong), "does not take these credentials");
    assertFails(Kind.DENIED, () -> putAs(AnonymousCredentialsProvider.create()), "denied");
    assertFails(
        Kind.DENIED,
        () -> {
          try (S3Client other =
                  server.clientBuilder().credentialsProvider(none).httpClient(http).build();
              S3ImageStore signing = S3ImageStore.builder(other, bucket).build()) {
            signing.presign(KEY, Duration.ofHours(1));
          }
        },
        "sign an address",
        "no credentials");
  }

  @Test
  void aServerThatIsNotThereIsTold() {
    try (S3Client other =
            S3Client.builder()
                .endpointOverride(URI.create("http://127.0.0.1:1"))
                .region(Region.US_EAST_1)
                .credentialsProvider(server.credentials())
                .forcePathStyle(true)
                .build();
        S3ImageStore away = S3ImageStore.builder(other, bucket).build()) {
      assertFails(Kind.UNAVAILABLE, () -> away.get(KEY), "cannot be reached");
    }
  }

  @Test
  void anInterruptEndsACall() {
    Thread.currentThread().interrupt();
    try {
      assertFails(Kind.UNAVAILABLE, () -> store.put(KEY, image), "interrupted");
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(http.requests()).doesNotContain("HEAD");
  }

  @Test
  void aStoreThatIsClosedSaysSo() {
    store.close();
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> store.put(KEY, image),
            () -> store.get(KEY),
            () -> store.delete(KEY),
            () -> store.deleteByPrefix("a/"),
            () -> store.list("", null, 1),
            () -> store.presign(KEY, Duration.ofHours(1)),
            () -> store.presignPost(KEY, ImageFormat.JPEG, 1, Duration.ofHours(1)))) {
      assertFails(Kind.UNAVAILABLE, call, "closed");
    }
    assertThat(client.listBuckets().buckets()).as("the client is its owner's").isNotEmpty();
  }

  @Test
  void aClientThatCannotWorkIsAFailureOfTheStore() {
    AwsCredentialsProvider broken =
        () -> {
          throw new IllegalStateException("the 'sso' service module must be on the class path");
        };
    assertFails(Kind.UNAVAILABLE, () -> putAs(broken), "client of S3", "'sso' service module");
  }

  private void putAs(AwsCredentialsProvider credentials) {
    try (S3Client other =
            server.clientBuilder().credentialsProvider(credentials).httpClient(http).build();
        S3ImageStore writing = S3ImageStore.builder(other, bucket).build()) {
      writing.put(KEY, image);
    }
  }

  private void refuse(int status, String code, String message) {
    refuse(status, code, message, 1);
  }

  private void refuse(int status, String code, String message, int times) {
    http.forget();
    http.next(times, request -> true, answer(status, code, message));
  }

  private static SdkHttpFullResponse.Builder skewed() {
    return SdkHttpFullResponse.builder()
        .statusCode(403)
        .putHeader(
            "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
  }

  private static String skewedBody() {
    return FaultyHttp.error("RequestTimeTooSkewed", "The difference is too large.");
  }

  private static void assertFails(Kind kind, ThrowingCallable call, String... texts) {
    assertThatThrownBy(call)
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll(texts)
        .extracting(e -> ((StoreException) e).kind())
        .isEqualTo(kind);
  }
}
