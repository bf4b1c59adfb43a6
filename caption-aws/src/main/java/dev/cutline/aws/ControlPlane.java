package dev.cutline.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.cutline.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.PartitionMetadata;

/**
 * Asks the side of a service that tells of its things, such as whether an endpoint is in service:
 * one signed request, JSON back. The clients of that side are tens of megabytes, for a question
 * that a diagnosis asks once. Thread-safe.
 */
public final class ControlPlane {
  private static final Duration CALL = Duration.ofSeconds(10);
  private static final JsonFactory JSON = new JsonFactory();

  private final AwsClients aws;
  private final String service;
  private final URI address;

  private ControlPlane(AwsClients aws, String service, URI address) {
    this.aws = Objects.requireNonNull(aws, "aws");
    this.service = Objects.requireNonNull(service, "service");
    this.address = Objects.requireNonNull(address, "address");
  }

  /**
   * Returns the one of a service at an address.
   *
   * @param service as it is signed for, for example {@code bedrock}
   */
  public static ControlPlane at(URI address, AwsClients aws, String service) {
    return new ControlPlane(aws, service, address);
  }

  /**
   * Returns the one of a service at its usual address in the region.
   *
   * @param host what the name of the host starts with, for example {@code api.sagemaker}
   */
  public static ControlPlane of(AwsClients aws, String service, String host) {
    String domain = PartitionMetadata.of(aws.region()).dnsSuffix();
    URI address = URI.create("https://" + host + "." + aws.region().id() + "." + domain);
    return new ControlPlane(aws, service, address);
  }

  /**
   * Returns what is found under a path.
   *
   * @param path encoded, with a slash at its start
   * @return JSON
   * @throws software.amazon.awssdk.core.exception.SdkException whatever is wrong
   * @throws dev.cutline.CaptionException if there is no answer within ten seconds
   */
  public String get(String path) {
    return send(request(SdkHttpMethod.GET).encodedPath(path).build(), "");
  }

  /**
   * Returns what an operation answers.
   *
   * @param target for example {@code SageMaker.DescribeEndpoint}
   * @param body JSON
   * @return JSON
   * @throws software.amazon.awssdk.core.exception.SdkException whatever is wrong
   * @throws dev.cutline.CaptionException if there is no answer within ten seconds
   */
  public String post(String target, String body) {
    SdkHttpRequest request =
        request(SdkHttpMethod.POST)
            .encodedPath("/")
            .putHeader("Content-Type", "application/x-amz-json-1.1")
            .putHeader("X-Amz-Target", target)
            .build();
    return send(request, body);
  }

  private SdkHttpRequest.Builder request(SdkHttpMethod method) {
    return SdkHttpRequest.builder().method(method).uri(address);
  }

  private String send(SdkHttpRequest request, String body) {
    return aws.call(service, Deadline.after(CALL), () -> exchange(request, body));
  }

  private String exchange(SdkHttpRequest request, String body) {
    ContentStreamProvider payload = ContentStreamProvider.fromUtf8String(body);
    SignedRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                sign ->
                    sign.identity(aws.credentials().resolveCredentials())
                        .request(request)
                        .payload(payload)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, aws.region().id()));
    HttpExecuteRequest ready =
        HttpExecuteRequest.builder()
            .request(signed.request())
            .contentStreamProvider(body.isEmpty() ? null : signed.payload().orElse(payload))
            .build();
    try {
      HttpExecuteResponse answer = aws.http().prepareRequest(ready).call();
      String text = text(answer);
      if (answer.httpResponse().isSuccessful()) {
        return text;
      }
      throw failure(answer, text);
    } catch (IOException e) {
      throw SdkClientException.create("no answer of " + service + ": " + e.getMessage(), e);
    }
  }

  private static String text(HttpExecuteResponse answer) throws IOException {
    AbortableInputStream body = answer.responseBody().orElse(null);
    if (body == null) {
      return "";
    }
    try (InputStream in = body) {
      return new String(in.readNBytes(AwsClients.MAX_REPLY_BYTES), StandardCharsets.UTF_8);
    }
  }

  /** As the clients of the SDK would throw it, so that it is judged as theirs are. */
  private static AwsServiceException failure(HttpExecuteResponse answer, String text) {
    Map<String, String> fields = texts(text);
    String code =
        answer
            .httpResponse()
            .firstMatchingHeader("x-amzn-ErrorType")
            .orElseGet(() -> fields.getOrDefault("__type", ""));
    AwsErrorDetails details =
        AwsErrorDetails.builder()
            .errorCode(code.replaceFirst(":.*", "").replaceFirst(".*#", ""))
            .errorMessage(fields.getOrDefault("message", ""))
            .sdkHttpResponse(answer.httpResponse())
            .build();
    return AwsServiceException.builder()
        .statusCode(answer.httpResponse().statusCode())
        .awsErrorDetails(details)
        .build();
  }

  /** Returns the texts of an object, names in lower case; nothing if it is none. */
  private static Map<String, String> texts(String text) {
    Map<String, String> texts = new HashMap<>();
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return texts;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName().toLowerCase(Locale.ROOT);
        if (parser.nextToken() == JsonToken.VALUE_STRING) {
          texts.put(name, parser.getText());
        }
        parser.skipChildren();
      }
    } catch (IOException e) {
      texts.clear(); // the status alone tells, then
    }
    return texts;
  }
}
