package dev.cutline.core.store;

import dev.cutline.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs addresses of stored objects, and tells whether an address that somebody comes with is one
 * of them: {@code {base}/objects/{key}?expires={epoch seconds}&signature={HMAC-SHA256 in hex}}. Who
 * has such an address may fetch this one object until it expires, and nothing else. Thread-safe.
 */
public final class UrlSigner {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int MIN_KEY_LENGTH = 16;

  private final SecretKeySpec key;
  private final InstantSource clock;

  private UrlSigner(Secret key, InstantSource clock) {
    byte[] bytes = key.reveal().getBytes(StandardCharsets.UTF_8);
    if (bytes.length < MIN_KEY_LENGTH) {
      throw new IllegalArgumentException(
          "a key for signing has at least " + MIN_KEY_LENGTH + " characters, not " + bytes.length);
    }
    this.key = new SecretKeySpec(bytes, ALGORITHM);
    this.clock = clock;
  }

  /**
   * Returns a signer with a key.
   *
   * @param key shared by all who sign and verify; at least 16 characters, best 64 random hex digits
   * @throws IllegalArgumentException if it is shorter
   */
  public static UrlSigner of(Secret key) {
    return of(key, InstantSource.system());
  }

  /** Like {@link #of(Secret)} with a clock of your own, for tests. */
  public static UrlSigner of(Secret key, InstantSource clock) {
    return new UrlSigner(key, clock);
  }

  /**
   * Returns a signed address.
   *
   * @param base where the objects are served, without a slash at its end
   * @param objectKey which object
   * @param validity for how long, from now; whole seconds, rounded up
   */
  public URI sign(URI base, String objectKey, Duration validity) {
    long expires = clock.instant().plus(validity).plusNanos(999_999_999).getEpochSecond();
    return URI.create(
        base
            + "/objects/"
            + objectKey
            + "?expires="
            + expires
            + "&signature="
            + signature(objectKey, expires));
  }

  /**
   * Tells whether a signature is ours and has not expired. Takes the same time whatever is wrong
   * with it.
   *
   * @param objectKey which object, as it stood in the address
   * @param expires epoch seconds, as they stood in the address
   * @param signature as it stood in the address
   */
  public boolean verify(String objectKey, long expires, String signature) {
    boolean ours =
        MessageDigest.isEqual(
            signature(objectKey, expires).getBytes(StandardCharsets.UTF_8),
            signature.getBytes(StandardCharsets.UTF_8));
    return ours && expires > clock.instant().getEpochSecond();
  }

  private String signature(String objectKey, long expires) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      // The method and line breaks, which no key holds, keep the parts apart.
      String signed = "GET\n" + objectKey + "\n" + expires;
      return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
