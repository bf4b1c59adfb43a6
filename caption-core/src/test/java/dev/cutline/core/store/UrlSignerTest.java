package dev.cutline.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class UrlSignerTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Secret SECRET = Secret.of("00112233445566778899aabbccddeeff");
  private static final String KEY = "images/alice/1/original.jpg";
  private static final long IN_AN_HOUR = NOON.plusSeconds(3600).getEpochSecond();

  private final UrlSigner signer = UrlSigner.of(SECRET, InstantSource.fixed(NOON));

  @Test
  void signsInAWayThatOthersCanFollow() {
    // printf 'GET\nimages/alice/1/original.jpg\n1795266000' | openssl dgst -sha256 -hmac 0011…
    assertThat(signer.sign(URI.create("http://localhost:8080"), KEY, Duration.ofHours(1)))
        .hasToString(
            "http://localhost:8080/objects/images/alice/1/original.jpg?expires=1795266000&signature="
                + "03fb6d6cc49e00aad03c78b34b37de329a712c76a65eaceb7b72f5bcdb79277f");
  }

  @Test
  void acceptsItsOwnSignatureUntilItExpires() {
    String signature = signature(KEY, Duration.ofHours(1));

    assertThat(signer.verify(KEY, IN_AN_HOUR, signature)).isTrue();
    assertThat(at(NOON.plusSeconds(3599)).verify(KEY, IN_AN_HOUR, signature)).isTrue();
    assertThat(at(NOON.plusSeconds(3600)).verify(KEY, IN_AN_HOUR, signature)).isFalse();
    assertThat(at(NOON.plusSeconds(90_000)).verify(KEY, IN_AN_HOUR, signature)).isFalse();
  }

  @Test
  void refusesAnythingElse() {
    String signature = signature(KEY, Duration.ofHours(1));

    assertThat(signer.verify(KEY + "x", IN_AN_HOUR, signature)).isFalse();
    assertThat(signer.verify(KEY, IN_AN_HOUR + 1, signature)).isFalse();
    assertThat(signer.verify(KEY, Long.MAX_VALUE, signature)).isFalse();
    assertThat(signer.verify(KEY, Long.MIN_VALUE, signature)).isFalse();
    assertThat(signer.verify(KEY, IN_AN_HOUR, signature.substring(1))).isFalse();
    assertThat(signer.verify(KEY, IN_AN_HOUR, "")).isFalse();
    assertThat(signer.verify(KEY, IN_AN_HOUR, "\u00e4".repeat(64))).isFalse();
    UrlSigner other = UrlSigner.of(Secret.of("another key of ours"), InstantSource.fixed(NOON));
    assertThat(other.verify(KEY, IN_AN_HOUR, signature)).isFalse();
  }

  @Test
  void roundsTheValidityUpToSeconds() {
    assertThat(signer.sign(URI.create("http://h"), KEY, Duration.ofMillis(1)).getQuery())
        .startsWith("expires=" + (NOON.getEpochSecond() + 1) + "&");
  }

  @Test
  void refusesKeysThatAreTooShort() {
    assertThatThrownBy(() -> UrlSigner.of(Secret.of("short")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 16");
  }

  private static UrlSigner at(Instant now) {
    return UrlSigner.of(SECRET, InstantSource.fixed(now));
  }

  private String signature(String key, Duration validity) {
    String query = signer.sign(URI.create("http://h"), key, validity).getQuery();
    return query.substring(query.indexOf("signature=") + "signature=".length());
  }
}
