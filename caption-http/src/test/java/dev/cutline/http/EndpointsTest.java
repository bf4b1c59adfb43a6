package dev.cutline.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointsTest {
  @ParameterizedTest
  @CsvSource({
    "http://host/v1, chat, http://host/v1/chat",
    "http://host/v1/, /chat, http://host/v1/chat",
    "http://host:8000, chat/completions, http://host:8000/chat/completions",
    "http://host///, chat, http://host/chat",
    "https://host/a%20b?x=1, c%3Ad, https://host/a%20b/c%3Ad?x=1"
  })
  void putsOneSlashBetween(URI base, String path, URI expected) {
    assertThat(Endpoints.below(base, path)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "https://h, v1, https://h/v1/chat",
    "https://h/, v1, https://h/v1/chat",
    "https://h/v1, v1, https://h/v1/chat",
    "https://h/x/v1//, v1, https://h/x/v1/chat",
    "https://h/v12?a=b, v1, https://h/v12/v1/chat?a=b",
    "https://h, openai/v1, https://h/openai/v1/chat",
    "https://h/openai/v1/, openai/v1, https://h/openai/v1/chat",
  })
  void addsTheVersionWhereTheBaseHasNone(URI base, String version, URI expected) {
    assertThat(Endpoints.below(base, version, "chat")).isEqualTo(expected);
  }

  @Test
  void encodesASegment() {
    assertThat(Endpoints.segment("a/b c:d+é%")).isEqualTo("a%2Fb%20c%3Ad%2B%C3%A9%25");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost",
        "http://LOCALHOST:1",
        "http://a.localhost/",
        "http://127.0.0.1",
        "http://127.1.2.3:8/x",
        "http://[::1]:11434"
      })
  void knowsThisMachine(URI uri) {
    assertThat(Endpoints.isLoopback(uri)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost.example.com",
        "http://127.0.0.1.example.com",
        "http://192.168.0.1",
        "http://0.0.0.0",
        "http://[::2]",
        "http://example.com/localhost",
        "http://1270.0.0.1",
        "http://user@example.com",
        "mailto:a"
      })
  void knowsOtherMachines(URI uri) {
    assertThat(Endpoints.isLoopback(uri)).isFalse();
  }

  @Test
  void showsNeitherUserNorQuery() {
    assertThat(Endpoints.withoutQuery(URI.create("https://user:pass@host:1/a?key=1#x")))
        .isEqualTo(URI.create("https://host:1/a"));
  }
}
