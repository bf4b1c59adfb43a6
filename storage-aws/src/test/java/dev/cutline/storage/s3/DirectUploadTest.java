package dev.cutline.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.StoreException;
import dev.cutline.StoredObject;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;

/** Uploads past this process, sent as browsers and programs send them; the server checks all. */
class DirectUploadTest extends S3Buckets {
  private static final String INCOMING = "incoming/alice/0190.jpg";
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int MOST = 1000;
  private static final String BOUNDARY = "----boundary-of-a-browser";
  private static final HttpClient BROWSER = HttpClient.newHttpClient();

  private UploadForm form() {
    return store.presignPost(INCOMING, ImageFormat.JPEG, MOST, MINUTE);
  }

  private UploadRequest request(ImageData image) {
    return store.presignPut(INCOMING, ImageFormat.JPEG, image.size(), image.sha256(), MINUTE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, MOST})
  void aFormUploadsWhatTheStoreThenReadsAndDeletes(int size) throws Exception {
    UploadForm form = form();
    assertThat(http.requests()).as("S3 was not asked").isEmpty();

    HttpResponse<String> answer = post(form.address(), form.fields(), bytes(size, 1));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    try (StoredObject object = store.get(INCOMING).orElseThrow()) {
      assertThat(object.mediaType()).isEqualTo("image/jpeg");
      assertThat(object.readAll()).isEqualTo(bytes(size, 1));
    }
    assertThat(store.delete(INCOMING)).isTrue();
    assertThat(remains()).isZero();
  }

  @ParameterizedTest
  @CsvSource({MOST + 1 + ", EntityTooLarge", "0, EntityTooSmall"})
  void aFormTakesNothingTooLargeOrEmpty(int size, String code) throws Exception {
    UploadForm form = form();

    assertRefused(400, code, post(form.address(), form.fields(), bytes(size, 1)));
  }

  @ParameterizedTest
  @CsvSource({
    "key, incoming/bob/0190.jpg",
    "key, images/alice/0190.jpg",
    "Content-Type, text/html",
    "x-amz-server-side-encryption, aws:kms",
    "acl, public-read",
    "x-amz-meta-x, y",
    "success_action_redirect, http://example.org/",
  })
  void aFormTakesNoOtherFieldAndNoOtherValue(String field, String value) throws Exception {
    UploadForm form = form();
    Map<String, String> changed = new LinkedHashMap<>(form.fields());
    changed.put(field, value);

    assertRefused(403, "AccessDenied", post(form.address(), changed, bytes(10, 1)));
  }

  @Test
  void aFormTakesEveryFieldThatItNames() throws Exception {
    UploadForm form = form();
    for (String field : form.fields().keySet()) {
      Map<String, String> fewer = new LinkedHashMap<>(form.fields());
      fewer.remove(field);

      assertThat(post(form.address(), fewer, bytes(10, 1)).statusCode())
          .as("without %s", field)
          .isBetween(400, 403);
    }
    assertThat(remains()).isZero();
  }

  @Test
  void aFormIsGoodForNoOtherPolicy() throws Exception {
    UploadForm form = form();
    String policy = policy(form);
    assertThat(policy).contains("[\"content-length-range\",1,1000]", "{\"bucket\":\"" + bucket);
    Map<String, String> forged = new LinkedHashMap<>(form.fields());
    forged.put(
        "policy",
        Base64.getEncoder()
            .encodeToString(policy.replace(",1000]", ",9000]").getBytes(StandardCharsets.UTF_8)));

    assertThat(post(form.address(), forged, bytes(2000, 1)).statusCode()).isEqualTo(403);
    assertThat(remains()).isZero();
  }

  @Test
  void aFormIsGoodForNoOtherBucket() throws Exception {
    UploadForm form = form();
    String other = server.createBucket(bucket + "-other");
    URI address = URI.create(form.address().toString().replace(bucket, other));

    assertThat(post(address, form.fields(), bytes(10, 1)).statusCode()).isEqualTo(403);
    assertThat(server.client().listObjectsV2(r -> r.bucket(other)).contents()).isEmpty();
  }

  @Test
  void nothingIsTakenAfterItsTime() throws Exception {
    Instant before = Instant.now().minusSeconds(61);
    try (S3ImageStore late = builder().clock(() -> before).build()) {
      UploadForm form = late.presignPost(INCOMING, ImageFormat.JPEG, MOST, MINUTE);
      UploadRequest put =
          late.presignPut(INCOMING, ImageFormat.JPEG, 10, image(10, 1).sha256(), MINUTE);

      assertThat(form.expires()).isBefore(Instant.now());
      assertRefused(403, "AccessDenied", post(form.address(), form.fields(), bytes(10, 1)));
      assertThat(send(put.address(), put.headers(), bytes(10, 1)).statusCode()).isEqualTo(403);
    }
    assertThat(remains()).isZero();
  }

  @Test
  void aRequestUploadsTheBytesThatItWasMadeFor() throws Exception {
    UploadRequest put = request(image(10, 1));
    assertThat(http.requests()).as("S3 was not asked").isEmpty();
    assertThat(put.headers())
        .containsOnlyKeys("content-type", "x-amz-checksum-sha256", "x-amz-server-side-encryption");

    HttpResponse<String> answer = send(put.address(), put.headers(), bytes(10, 1));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    try (StoredObject object = store.get(INCOMING).orElseThrow()) {
      assertThat(object.mediaType()).isEqualTo("image/jpeg");
      assertThat(object.readAll()).isEqualTo(bytes(10, 1));
    }
  }

  @Test
  void aRequestTakesNoOtherBytes() throws Exception {
    UploadRequest put = request(image(10, 1));

    assertRefused(400, "BadDigest", send(put.address(), put.headers(), bytes(10, 2)));
    assertRefused(403, "SignatureDoesNotMatch", send(put.address(), put.headers(), bytes(11, 1)));
    assertRefused(403, "SignatureDoesNotMatch", send(put.address(), put.headers(), bytes(9, 1)));
  }

  @Test
  void aRequestTakesNoOtherKeyAndNoOtherHeader() throws Exception {
    UploadRequest put = request(image(10, 1));
    URI other = URI.create(put.address().toString().replace("/alice/", "/bob/"));

    assertRefused(403, "SignatureDoesNotMatch", send(other, put.headers(), bytes(10, 1)));
    for (String name : put.headers().keySet()) {
      Map<String, String> changed = new LinkedHashMap<>(put.headers());
      changed.put(name, name.equals("content-type") ? "text/html" : "AAAA");
      assertThat(send(put.address(), changed, bytes(10, 1)).statusCode())
          .as("another %s", name)
          .isBetween(400, 403);
      changed.remove(name);
      assertThat(send(put.address(), changed, bytes(10, 1)).statusCode())
          .as("no %s", name)
          .isEqualTo(403);
    }
    assertThat(remains()).isZero();
  }

  @Test
  void asksForTheSameEncryptionAsTheStore() {
    try (S3ImageStore kms = builder().kmsKey("alias/pictures").build();
        S3ImageStore plain = builder().withoutEncryption().build()) {
      Map<String, String> wanted =
          Map.of(
              "x-amz-server-side-encryption", "aws:kms",
              "x-amz-server-side-encryption-aws-kms-key-id", "alias/pictures",
              "x-amz-server-side-encryption-bucket-key-enabled", "true");
      UploadForm form = kms.presignPost(INCOMING, ImageFormat.PNG, 1, MINUTE);

      assertThat(form.fields()).containsAllEntriesOf(wanted);
      assertThat(policy(form))
          .contains("{\"x-amz-server-side-encryption-aws-kms-key-id\":\"alias/pictures\"}");
      assertThat(
              kms.presignPut(INCOMING, ImageFormat.PNG, 1, image(1, 1).sha256(), MINUTE).headers())
          .containsAllEntriesOf(wanted);
      assertThat(form().fields()).containsEntry("x-amz-server-side-encryption", "AES256");
      assertThat(plain.presignPost(INCOMING, ImageFormat.PNG, 1, MINUTE).fields())
          .containsOnlyKeys(
              "key",
              "Content-Type",
              "x-amz-algorithm",
              "x-amz-credential",
              "x-amz-date",
              "policy",
              "x-amz-signature");
    }
  }

  @Test
  void sendsTheTokenOfTemporaryCredentialsAlong() {
    try (S3Client session =
            server
                .clientBuilder()
                .httpClient(http)
                .credentialsProvider(
                    StaticCredentialsProvider.create(
                        AwsSessionCredentials.create("ASIA", "secret", "to/ken")))
                .build();
        S3ImageStore role = S3ImageStore.builder(session, bucket).pathStyle(true).build()) {
      UploadForm form = role.presignPost(INCOMING, ImageFormat.JPEG, 1, MINUTE);

      assertThat(form.fields()).containsEntry("x-amz-security-token", "to/ken");
      assertThat(policy(form)).contains("{\"x-amz-security-token\":\"to/ken\"}");
      assertThat(
              role.presignPut(INCOMING, ImageFormat.JPEG, 1, image(1, 1).sha256(), MINUTE)
                  .address())
          .asString()
          .contains("X-Amz-Security-Token=to%2Fken");
    }
  }

  @Test
  void anonymousCredentialsSignNothing() {
    try (S3Client anonymous =
            server
                .clientBuilder()
                .httpClient(http)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build();
        S3ImageStore nobody = S3ImageStore.builder(anonymous, bucket).build()) {
      assertThatThrownBy(() -> nobody.presignPost(INCOMING, ImageFormat.JPEG, 1, MINUTE))
          .isInstanceOf(StoreException.class)
          .hasMessageContainingAll("cannot sign a form for " + INCOMING, "no credentials");
    }
  }

  @Test
  void refusesWhatCannotBe() {
    String sha256 = image(1, 1).sha256();
    for (String key : new String[] {"", "/a", "a/../b", "A", "${filename}"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> store.presignPost(key, ImageFormat.JPEG, 1, MINUTE));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> store.presignPut(key, ImageFormat.JPEG, 1, sha256, MINUTE));
    }
    for (long size : new long[] {-1, 0, (5L << 30) + 1}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> store.presignPost("a", ImageFormat.JPEG, size, MINUTE));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> store.presignPut("a", ImageFormat.JPEG, size, sha256, MINUTE));
    }
    store.presignPost("a", ImageFormat.JPEG, 5L << 30, Duration.ofDays(7));
    for (Duration validity : new Duration[] {Duration.ZERO, Duration.ofDays(7).plusNanos(1)}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> store.presignPost("a", ImageFormat.JPEG, 1, validity));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> store.presignPut("a", ImageFormat.JPEG, 1, sha256, validity));
    }
    for (String wrong : new String[] {"", "ab", sha256.toUpperCase(Locale.ROOT)}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> store.presignPut("a", ImageFormat.JPEG, 1, wrong, MINUTE));
    }
  }

  @Test
  void showsNoSignature() {
    UploadForm form = form();
    UploadRequest put = request(image(10, 1));

    assertThat(form)
        .hasToString("form for " + INCOMING + " at " + form.address() + " until " + form.expires());
    assertThat(put.toString())
        .endsWith(INCOMING + " until " + put.expires())
        .doesNotContain("X-Amz-Signature");
  }

  private static String policy(UploadForm form) {
    return new String(
        Base64.getDecoder().decode(form.fields().get("policy")), StandardCharsets.UTF_8);
  }

  private void assertRefused(int status, String code, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("<Code>" + code + "</Code>");
    assertThat(remains()).isZero();
  }

  private static byte[] bytes(int size, int seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Sends a form as a browser does. */
  private static HttpResponse<String> post(URI address, Map<String, String> fields, byte[] file)
      throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    fields.forEach(
        (name, value) -> body.writeBytes(part("name=\"" + name + "\"\r\n\r\n" + value + "\r\n")));
    body.writeBytes(
        part("name=\"file\"; filename=\"cat.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n"));
    body.writeBytes(file);
    body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return BROWSER.send(
        HttpRequest.newBuilder(address)
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(BodyPublishers.ofByteArray(body.toByteArray()))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static byte[] part(String text) {
    return ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + text)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static HttpResponse<String> send(URI address, Map<String, String> headers, byte[] file)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).PUT(BodyPublishers.ofByteArray(file));
    headers.forEach(request::header);
    return BROWSER.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
