package dev.cutline.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.cutline.InvalidSettingsException;
import dev.cutline.SecretResolver;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;

/**
 * Reads {@code aws-secret:NAME[#json-key]} from AWS Secrets Manager: the text of a secret, or one
 * text of the JSON object that it is. Region and credentials are those that the AWS SDK finds by
 * itself. A secret is kept for five minutes, or until who was refused with it asks again; if it
 * cannot be read then because Secrets Manager cannot be reached or is busy, the last value goes on.
 * Thread-safe. Public only because {@link java.util.ServiceLoader} needs it.
 */
public final class AwsSecretResolver implements SecretResolver {
  static final Duration KEPT = Duration.ofMinutes(5);

  private static final Duration CALL = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(AwsSecretResolver.class);
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Supplier<SecretsManagerClient> clients;
  private final LongSupplier nanoClock;
  private final Map<String, Kept> kept = new HashMap<>();

  /** Does no work: the client is made when the first secret is asked for. */
  public AwsSecretResolver() {
    this(AwsSecretResolver::client, System::nanoTime);
  }

  /**
   * For tests.
   *
   * @param clients makes a client, which is closed after one call
   */
  AwsSecretResolver(Supplier<SecretsManagerClient> clients, LongSupplier nanoClock) {
    this.clients = clients;
    this.nanoClock = nanoClock;
  }

  private static SecretsManagerClient client() {
    SecretsManagerClientBuilder builder = SecretsManagerClient.builder();
    return builder.overrideConfiguration(config -> config.apiCallTimeout(CALL)).build();
  }

  @Override
  public String scheme() {
    return "aws-secret";
  }

  @Override
  public String resolve(String name) {
    return resolve(name, KEPT);
  }

  @Override
  public String renew(String name) {
    return resolve(name, Duration.ZERO);
  }

  private String resolve(String name, Duration maxAge) {
    int hash = name.indexOf('#');
    String secret = hash < 0 ? name : name.substring(0, hash);
    String text = text(secret, maxAge);
    return hash < 0 ? text : field(name, text, name.substring(hash + 1));
  }

  /** One at a time: at the start many settings name the same secret. */
  private synchronized String text(String secret, Duration maxAge) {
    Kept known = kept.get(secret);
    long now = nanoClock.getAsLong();
    if (known != null && now - known.readAt() < maxAge.toNanos()) {
      return known.text();
    }
    try (SecretsManagerClient client = clients.get()) {
      String text =
          client
              .getSecretValue(GetSecretValueRequest.builder().secretId(secret).build())
              .secretString();
      if (text == null) {
        throw problem(secret, "holds bytes and no text; store it as a text");
      }
      kept.put(secret, new Kept(text, now));
      return text;
    } catch (SdkException e) {
      AwsProblem problem = AwsProblem.of(e);
      if (known != null && problem.reason().isPassing()) {
        LOG.warn("aws-secret:{} goes on with its last value: {}", secret, problem.text());
        return known.text();
      }
      throw problem(secret, "cannot be read: " + problem.text() + "; " + problem.advice());
    }
  }

  private static String field(String name, String text, String key) {
    try {
      return find(text, key)
          .orElseThrow(() -> problem(name, "has no text under \"" + key + "\"; check the name"));
    } catch (IOException e) {
      // Its message would show a part of the secret.
      throw problem(name, "is no JSON object; leave #" + key + " out or store one");
    }
  }

  private static Optional<String> find(String text, String key) throws IOException {
    Optional<String> found = Optional.empty();
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("no object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = parser.currentName().equals(key);
        JsonToken value = parser.nextToken();
        if (wanted && value.isScalarValue() && value != JsonToken.VALUE_NULL) {
          found = Optional.of(parser.getText());
        }
        parser.skipChildren();
      }
    }
    return found;
  }

  private static InvalidSettingsException problem(String name, String what) {
    return new InvalidSettingsException("aws-secret:" + name + " " + what);
  }

  private record Kept(String text, long readAt) {}
}
