package dev.cutline.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** What is signed here, beside what the SDK signs for the same time. */
class PresignerTest {
  private static final Pattern DATE = Pattern.compile("X-Amz-Date=(\\w+)");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);
  private static final AwsCredentials PLAIN = AwsBasicCredentials.create("AKID", "se/cr+et");
  private static final AwsCredentials SESSION =
      AwsSessionCredentials.create("ASIA", "se/cr+et", "FwoG/token+with=all*of~them");

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "us-east-1, -, false, pictures, a",
        "eu-central-1, -, false, pictures, images/alice/0190-x/original.jpg",
        "eu-central-1, -, true, pictures, images/~abc/1_2/thumbnail-200.webp",
        "eu-central-1, -, false, with.dots, a/b",
        "cn-north-1, -, false, pictures, a/b",
        "us-gov-west-1, -, false, pictures, a/b",
        "us-east-1, http://127.0.0.1:9000, true, pictures, a/b",
        "us-east-1, https://minio.example, true, pictures, a/b",
        "us-east-1, https://minio.example:8443, false, pictures, a/b",
        "us-east-1, http://proxy.example/s3, true, pictures, a/b",
      })
  void signsAnAddressAsTheSdkDoes(
      String region, @Nullable URI endpoint, boolean pathStyle, String bucket, String key) {
    for (AwsCredentials credentials : new AwsCredentials[] {PLAIN, SESSION}) {
      String theirs = bySdk(credentials, region, endpoint, pathStyle, bucket, key);
      try (S3Client client = client(credentials, region, endpoint, pathStyle)) {
        Presigner presigner =
            new Presigner(client, bucket, pathStyle, InstantSource.fixed(timeOf(theirs)));

        String ours = presigner.get(key, Duration.ofMinutes(61)).toString();

        assertThat(bare(ours)).isEqualTo(bare(theirs));
        assertThat(parameters(ours)).containsExactlyInAnyOrder(parameters(theirs));
      }
    }
  }

  @Test
  void countsFromTheSecondThatIsSigned() {
    Instant now = Instant.parse("2026-11-22T05:30:00.9Z");
    try (S3Client client = client(PLAIN, "us-east-1", null, false)) {
      Presigner presigner = new Presigner(client, "pictures", false, InstantSource.fixed(now));

      assertThat(presigner.put("a", 1, Map.of(), Duration.ofSeconds(60)).expires())
          .isEqualTo(Instant.parse("2026-11-22T05:31:00Z"));
      assertThat(presigner.post("a", Map.of(), 1, Duration.ofSeconds(60)).expires())
          .isEqualTo(Instant.parse("2026-11-22T05:31:00Z"));
    }
  }

  @Test
  void endsWithTheCredentialsThatSign() {
    Instant now = Instant.parse("2026-11-22T05:30:00.9Z");
    Duration asked = Duration.ofHours(1);

    Signed early = signed(session(Instant.parse("2026-11-22T05:45:00.5Z")), now, asked);
    assertThat(early.get).contains("X-Amz-Expires=900&");
    assertThat(early.put.address().toString()).contains("X-Amz-Expires=900&");
    assertThat(early.put.expires()).isEqualTo(Instant.parse("2026-11-22T05:45:00Z"));
    assertThat(early.post.expires()).isEqualTo(Instant.parse("2026-11-22T05:45:00Z"));
    assertThat(policy(early.post)).contains("\"expiration\":\"2026-11-22T05:45:00Z\"");

    Signed late = signed(session(Instant.parse("2026-11-22T06:31:00Z")), now, asked);
    assertThat(late.get).contains("X-Amz-Expires=3600&");
    assertThat(late.put.expires()).isEqualTo(Instant.parse("2026-11-22T06:30:00Z"));

    Signed over = signed(session(Instant.parse("2026-11-22T05:30:00.8Z")), now, asked);
    assertThat(over.get).as("S3 has a clock of its own").contains("X-Amz-Expires=3600&");
    assertThat(over.post.expires()).isEqualTo(Instant.parse("2026-11-22T06:30:00Z"));
  }

  private record Signed(String get, UploadRequest put, UploadForm post) {}

  private static Signed signed(AwsCredentials credentials, Instant now, Duration validity) {
    try (S3Client client = client(credentials, "us-east-1", null, false)) {
      Presigner presigner = new Presigner(client, "pictures", false, InstantSource.fixed(now));
      return new Signed(
          presigner.get("a", validity).toString(),
          presigner.put("a", 1, Map.of(), validity),
          presigner.post("a", Map.of(), 1, validity));
    }
  }

  private static AwsCredentials session(Instant end) {
    return AwsSessionCredentials.builder()
        .accessKeyId("ASIA")
        .secretAccessKey("secret")
        .sessionToken("token")
        .expirationTime(end)
        .build();
  }

  private static String policy(UploadForm form) {
    byte[] policy = Base64.getDecoder().decode(form.fields().get("policy"));
    return new String(policy, StandardCharsets.UTF_8);
  }

  private static S3Client client(
      AwsCredentials credentials, String region, @Nullable URI endpoint, boolean pathStyle) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(region))
            .credentialsProvider(StaticCredentialsProvider.create(credentials))
            .httpClientBuilder(ApacheHttpClient.builder())
            .forcePathStyle(pathStyle);
    return endpoint == null ? builder.build() : builder.endpointOverride(endpoint).build();
  }

  private static String bySdk(
      AwsCredentials credentials,
      String region,
      @Nullable URI endpoint,
      boolean pathStyle,
      String bucket,
      String key) {
    S3Presigner.Builder builder =
        S3Presigner.builder()
            .region(Region.of(region))
            .credentialsProvider(StaticCredentialsProvider.create(credentials))
            .serviceConfiguration(
                S3Configuration.builder().pathStyleAccessEnabled(pathStyle).build());
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    try (S3Presigner presigner = builder.build()) {
      return presigner
          .presignGetObject(
              request ->
                  request
                      .signatureDuration(Duration.ofMinutes(61))
                      .getObjectRequest(get -> get.bucket(bucket).key(key)))
          .url()
          .toString();
    }
  }

  private static String bare(String address) {
    return address.substring(0, address.indexOf('?'));
  }

  /** What the parameters are, the signature among them; their order is nobody's business. */
  private static String[] parameters(String address) {
    return address.substring(address.indexOf('?') + 1).split("&", -1);
  }

  private static Instant timeOf(String address) {
    Matcher date = DATE.matcher(address);
    assertThat(date.find()).isTrue();
    return LocalDateTime.parse(date.group(1), TIME).toInstant(ZoneOffset.UTC);
  }
}
