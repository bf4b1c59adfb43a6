package dev.cutline.storage.s3;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.S3Utilities;
import software.amazon.awssdk.utils.CompletableFutureUtils;

/**
 * Signs requests that somebody else is to send, without asking S3: addresses and forms. The SDK
 * signs no forms, and takes three to five times as long for an address as this does (the benchmark
 * {@code Presigning}, November 2026). What it finds out once, here too: where a bucket answers.
 * Thread-safe.
 */
final class Presigner {
  private static final String UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";
  private static final JsonFactory JSON = new JsonFactory();

  private final String bucket;
  private final URI address;
  private final String host;
  private final String region;
  private final IdentityProvider<? extends AwsCredentialsIdentity> credentials;
  private final InstantSource clock;

  Presigner(S3Client client, String bucket, boolean pathStyle, InstantSource clock) {
    S3ServiceClientConfiguration like = client.serviceClientConfiguration();
    this.bucket = bucket;
    this.address = address(like, bucket, pathStyle);
    this.host = host(address);
    this.region = like.region().id();
    this.credentials = like.credentialsProvider();
    this.clock = clock;
  }

  private static URI address(S3ServiceClientConfiguration like, String bucket, boolean pathStyle) {
    S3Utilities.Builder utilities =
        S3Utilities.builder()
            .region(like.region())
            .s3Configuration(S3Configuration.builder().pathStyleAccessEnabled(pathStyle).build());
    like.endpointOverride().ifPresent(utilities::endpoint);
    // The SDK tells the address of an object, not that of a bucket.
    String object = utilities.build().getUrl(request -> request.bucket(bucket).key("x")).toString();
    return URI.create(object.substring(0, object.length() - 1));
  }

  /** Returns the host as clients send it: without the usual port. */
  private static String host(URI address) {
    int usual = address.getScheme().equals("https") ? 443 : 80;
    int port = address.getPort();
    return port < 0 || port == usual ? address.getHost() : address.getHost() + ":" + port;
  }

  /** Returns the address of an object for whoever is to fetch it. */
  URI get(String key, Duration validity) {
    return signed("GET", key, new TreeMap<>(), validity, key());
  }

  /**
   * Returns what is needed to put an object.
   *
   * @param size of it, signed and not among the headers that are returned: clients send it unasked
   */
  UploadRequest put(String key, long size, Map<String, String> headers, Duration validity) {
    SortedMap<String, String> signed = new TreeMap<>(headers);
    signed.put("content-length", Long.toString(size));
    SigningKey signing = key();
    return new UploadRequest(
        signed("PUT", key, signed, validity, signing), headers, signing.end(validity));
  }

  private SigningKey key() {
    AwsCredentialsIdentity identity =
        CompletableFutureUtils.joinLikeSync(credentials.resolveIdentity());
    if (identity.secretAccessKey() == null) {
      throw SdkClientException.create(
          "Unable to find credentials to sign with: they are anonymous");
    }
    return new SigningKey(identity, region, clock.instant());
  }

  private URI signed(
      String method,
      String key,
      SortedMap<String, String> headers,
      Duration validity,
      SigningKey signing) {
    headers.put("host", host);
    String names = String.join(";", headers.keySet());
    StringBuilder query = new StringBuilder(400);
    query.append("X-Amz-Algorithm=").append(SigningKey.ALGORITHM);
    query.append("&X-Amz-Credential=").append(encoded(signing.credential()));
    query.append("&X-Amz-Date=").append(signing.time());
    query.append("&X-Amz-Expires=").append(signing.validity(validity).toSeconds());
    signing
        .sessionToken()
        .ifPresent(token -> query.append("&X-Amz-Security-Token=").append(encoded(token)));
    query.append("&X-Amz-SignedHeaders=").append(encoded(names));
    StringBuilder canonical = new StringBuilder(600);
    // Keys are made of characters that stand for themselves in an address.
    canonical.append(method).append('\n').append(address.getRawPath()).append(key).append('\n');
    canonical.append(query).append('\n');
    headers.forEach((name, value) -> canonical.append(name).append(':').append(value).append('\n'));
    canonical.append('\n').append(names).append('\n').append(UNSIGNED_PAYLOAD);
    query.append("&X-Amz-Signature=").append(signing.ofRequest(canonical.toString()));
    return URI.create(address + key + "?" + query);
  }

  /** Returns a text as it stands in the query of an address that is signed. */
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  /**
   * Returns a form to upload an object with.
   *
   * @param fields that it has besides key and signature
   * @param maxBytes the most that S3 takes; it takes at least one
   */
  UploadForm post(String key, Map<String, String> fields, long maxBytes, Duration validity) {
    SigningKey signing = key();
    Instant expires = signing.end(validity);
    Map<String, String> form = new LinkedHashMap<>();
    form.put("key", key);
    form.putAll(fields);
    form.put("x-amz-algorithm", SigningKey.ALGORITHM);
    form.put("x-amz-credential", signing.credential());
    form.put("x-amz-date", signing.time());
    signing.sessionToken().ifPresent(token -> form.put("x-amz-security-token", token));
    String policy =
        Base64.getEncoder()
            .encodeToString(policy(form, maxBytes, expires).getBytes(StandardCharsets.UTF_8));
    form.put("policy", policy);
    form.put("x-amz-signature", signing.ofPolicy(policy));
    return new UploadForm(address, form, expires);
  }

  /** Returns what a form has to be like: every field as it is here, and no other. */
  private String policy(Map<String, String> fields, long maxBytes, Instant expires) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("expiration", expires.toString());
      json.writeArrayFieldStart("conditions");
      writeEqual(json, "bucket", bucket);
      for (Map.Entry<String, String> field : fields.entrySet()) {
        writeEqual(json, field.getKey(), field.getValue());
      }
      json.writeStartArray();
      json.writeString("content-length-range");
      json.writeNumber(1);
      json.writeNumber(maxBytes);
      json.writeEndArray();
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a text can always be written to", e);
    }
    return text.toString();
  }

  private static void writeEqual(JsonGenerator json, String field, String value)
      throws IOException {
    json.writeStartObject();
    json.writeStringField(field, value);
    json.writeEndObject();
  }
}
