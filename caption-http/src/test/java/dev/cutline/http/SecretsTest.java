package dev.cutline.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  private static final URI PLAIN = URI.create("https://host/v1");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sk-a/b+c=\"d",
        "sk-a\\/b+c=\\\"d",
        "\\u0073k-a\\u002Fb\\u002bc=\\u0022d",
      })
  void strikesAKeyOutHoweverJsonWritesIt(String written) {
    Secrets secrets = Secrets.of(PLAIN, List.of("sk-a/b+c=\"d"));

    assertThat(secrets.withoutThem("wrong key " + written + ", twice: " + written))
        .isEqualTo("wrong key ***, twice: ***");
  }

  @Test
  void leavesWhatIsTooShortToBeASecret() {
    assertThat(Secrets.of(PLAIN, List.of("", "abcde")).withoutThem("abcde")).isEqualTo("abcde");
  }

  @Test
  void strikesOutWhatTheAddressHoldsBesidesItsPlace() {
    URI uri = URI.create("https://somebody:pass%20word@host/v1?key=q-123%2F456&flag&x=1");

    String clean =
        Secrets.of(uri, List.of())
            .withoutThem("somebody pass%20word pass word q-123%2F456 q-123/456 host v1 flag 1");

    assertThat(clean).isEqualTo("*** *** *** *** *** host v1 flag 1");
  }

  @Test
  void showsTheVersionOfAzure() {
    URI uri = URI.create("https://host/v1?api-version=2024-10-21");

    assertThat(Secrets.of(uri, List.of()).withoutThem("2024-10-21 is unknown"))
        .isEqualTo("2024-10-21 is unknown");
  }
}
