package dev.cutline.storage.s3;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * Signs for S3 as one identity, in one region and at one time: Signature Version 4 (IAM user guide,
 * "Create a signed AWS API request"; S3 API reference, "Authenticating Requests"). Thread-safe.
 */
final class SigningKey {
  static final String ALGORITHM = "AWS4-HMAC-SHA256";

  private static final String SERVICE = "s3";
  private static final String END = "aws4_request";
  private static final String HMAC = "HmacSHA256";
  private static final int DATE_LENGTH = 8;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final AwsCredentialsIdentity identity;
  private final Instant second;
  private final String time;
  private final String scope;
  private final byte[] key;

  SigningKey(AwsCredentialsIdentity identity, String region, Instant now) {
    this.identity = identity;
    this.second = now.truncatedTo(ChronoUnit.SECONDS);
    this.time = TIME.format(second);
    String date = time.substring(0, DATE_LENGTH);
    this.scope = String.join("/", date, region, SERVICE, END);
    byte[] daily = hmac(bytes("AWS4" + identity.secretAccessKey()), date);
    this.key = hmac(hmac(hmac(daily, region), SERVICE), END);
  }

  /** Returns when is signed, as S3 wants it: {@code 20261122T053000Z}. */
  String time() {
    return time;
  }

  /** Returns who signs, and for which day and region. */
  String credential() {
    return identity.accessKeyId() + "/" + scope;
  }

  /** Returns what has to be sent beside the signature of temporary credentials. */
  Optional<String> sessionToken() {
    return identity instanceof AwsSessionCredentialsIdentity session
        ? Optional.of(session.sessionToken())
        : Optional.empty();
  }

  /**
   * Returns for how long what is signed is good: for as long as is asked for, in whole seconds, but
   * no longer than the identity where its end is known. If that is over by the clock of this
   * machine, as is asked for: S3 has a clock of its own.
   */
  Duration validity(Duration asked) {
    return identity
        .expirationTime()
        .map(end -> Duration.between(second, end).truncatedTo(ChronoUnit.SECONDS))
        .filter(left -> left.toSeconds() > 0 && left.compareTo(asked) < 0)
        .orElse(asked);
  }

  /** Returns when what is signed ends; counted from the second that is signed. */
  Instant end(Duration asked) {
    return second.plus(validity(asked));
  }

  /** Returns the signature of a policy, which is signed as it is sent. */
  String ofPolicy(String base64) {
    return HexFormat.of().formatHex(hmac(key, base64));
  }

  /** Returns the signature of a request in its canonical form. */
  String ofRequest(String canonical) {
    return HexFormat.of()
        .formatHex(hmac(key, String.join("\n", ALGORITHM, time, scope, sha256(canonical))));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(bytes(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + HMAC, e);
    }
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(text)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
