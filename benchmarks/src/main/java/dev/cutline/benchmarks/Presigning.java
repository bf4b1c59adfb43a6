package dev.cutline.benchmarks;

import dev.cutline.ImageFormat;
import dev.cutline.storage.s3.S3ImageStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntFunction;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * What it takes to sign an address of S3, or a form, for somebody else: median and 99th percentile
 * on the clock, processor time and bytes. Nothing can be sent: whoever tries ends the run. Beside
 * it, what the SDK takes for the same request.
 *
 * <p>Arguments: {@code [--requests 20000] [--rounds 11] [--warm-up 6] [--json FILE]}.
 */
final class Presigning {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String BUCKET = "pictures-of-a-benchmark";
  private static final String SHA256 = "%064x".formatted(1);
  private static final String BASE64 =
      Base64.getEncoder().encodeToString(HexFormat.of().parseHex(SHA256));
  private static final AwsCredentials USER =
      AwsBasicCredentials.create("AKIDEXAMPLE", "secret-of-nobody-0123456789012345678");
  private static final AwsCredentials ROLE =
      AwsSessionCredentials.create(
          "ASIAEXAMPLE", "secret-of-nobody-0123456789012345678", "token/".repeat(100));

  private Presigning() {}

  public static void main(String[] args) throws IOException {
    Arguments arguments = Arguments.of(args);
    int requests = arguments.number("requests", 20_000);
    int rounds = arguments.number("rounds", 11);
    int warmUp = arguments.number("warm-up", 6);
    try (S3Client asUser = client(USER);
        S3Client asRole = client(ROLE);
        S3ImageStore user = S3ImageStore.builder(asUser, BUCKET).build();
        S3ImageStore role = S3ImageStore.builder(asRole, BUCKET).build();
        S3Presigner sdkAsUser = sdk(USER);
        S3Presigner sdkAsRole = sdk(ROLE)) {
      List<Case> cases = new ArrayList<>();
      cases.addAll(ours("key of a user", user));
      cases.addAll(bySdk("key of a user", sdkAsUser));
      cases.addAll(ours("session token of a role", role));
      cases.addAll(bySdk("session token of a role", sdkAsRole));
      // In turns, so that what disturbs the machine disturbs all alike.
      for (int round = -warmUp; round < rounds; round++) {
        for (Case each : cases) {
          each.run(requests, (round + warmUp) * requests, round >= 0);
        }
      }
      Report report =
          new Report(
              "signing for S3, medians of %d rounds of %d".formatted(rounds, requests),
              "signed with",
              "what",
              "p50 µs",
              "p99 µs",
              "cpu µs",
              "bytes");
      cases.forEach(each -> each.report(report));
      report.publish(arguments, System.out);
    }
  }

  private static List<Case> ours(String as, S3ImageStore store) {
    return List.of(
        new Case(as, "GET", i -> store.presign(key(i), HOUR)),
        new Case(as, "PUT", i -> store.presignPut(key(i), ImageFormat.JPEG, 1 + i, SHA256, HOUR)),
        new Case(as, "POST", i -> store.presignPost(key(i), ImageFormat.JPEG, 1 + i, HOUR)));
  }

  /** The same by the SDK, which signs no forms. */
  private static List<Case> bySdk(String as, S3Presigner sdk) {
    return List.of(
        new Case(
            as,
            "GET, by the SDK",
            i ->
                sdk.presignGetObject(
                    request ->
                        request
                            .signatureDuration(HOUR)
                            .getObjectRequest(get -> get.bucket(BUCKET).key(key(i))))),
        new Case(
            as,
            "PUT, by the SDK",
            i ->
                sdk.presignPutObject(
                    request ->
                        request
                            .signatureDuration(HOUR)
                            .putObjectRequest(
                                put ->
                                    put.bucket(BUCKET)
                                        .key(key(i))
                                        .contentType(ImageFormat.JPEG.mediaType())
                                        .contentLength(1L + i)
                                        .checksumSHA256(BASE64)
                                        .serverSideEncryption(ServerSideEncryption.AES256)))));
  }

  private static S3Presigner sdk(AwsCredentials credentials) {
    return S3Presigner.builder()
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .build();
  }

  private static String key(int number) {
    return "images/alice/" + number + "/original.jpg";
  }

  private static S3Client client(AwsCredentials credentials) {
    return S3Client.builder()
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .httpClient(new NoNetwork())
        .build();
  }

  /** One way of signing, and its figures. */
  private static final class Case {
    private final String as;
    private final String name;
    private final IntFunction<Object> sign;
    private final Samples p50 = new Samples();
    private final Samples p99 = new Samples();
    private final Samples cpu = new Samples();
    private final Samples bytes = new Samples();

    Case(String as, String name, IntFunction<Object> sign) {
      this.as = as;
      this.name = name;
      this.sign = sign;
    }

    void run(int requests, int first, boolean counts) {
      long[] nanos = new long[requests];
      int[] length = new int[1];
      Effort effort =
          Effort.of(
              () -> {
                for (int i = 0; i < requests; i++) {
                  long start = System.nanoTime();
                  Object signed = sign.apply(first + i);
                  nanos[i] = System.nanoTime() - start;
                  length[0] |= signed.hashCode();
                }
              });
      if (counts) {
        Arrays.sort(nanos);
        p50.add(nanos[requests / 2] / 1000.0);
        p99.add(nanos[requests * 99 / 100] / 1000.0);
        cpu.add(effort.cpuNanos() / 1000.0 / requests);
        bytes.add((double) effort.bytes() / requests);
      }
    }

    void report(Report report) {
      report.row(as, name, p50.median(), p99.median(), cpu.median(), Math.round(bytes.median()));
    }
  }

  /** Ends the run of whoever wants to send something. */
  private static final class NoNetwork implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      throw new IllegalStateException("a call over the network: " + request.httpRequest().method());
    }

    @Override
    public String clientName() {
      return "none";
    }

    @Override
    public void close() {}
  }
}
