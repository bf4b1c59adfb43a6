package dev.cutline.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.spi.CaptionProvider;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class RegistrationTest {
  @Test
  void bothProvidersAreFound() {
    assertThat(ServiceLoader.load(CaptionProvider.class).stream().map(p -> p.get().id()))
        .contains("openai", "ollama");
  }
}
