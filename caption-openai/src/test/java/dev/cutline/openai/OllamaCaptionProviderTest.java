package dev.cutline.openai;

import dev.cutline.spi.CaptionProvider;
import dev.cutline.tck.CaptionProviderContract;
import java.util.Map;

class OllamaCaptionProviderTest extends CaptionProviderContract {
  @Override
  protected Class<? extends CaptionProvider> provider() {
    return OllamaCaptionProvider.class;
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("model", "gemma4");
  }

  @Override
  protected Map<String, String> required() {
    return Map.of("model", "for example gemma4");
  }

  @Override
  protected Map<String, String> wrong() {
    return Map.of("endpoint", "localhost", "keep-alive", "ten minutes", "think", "hard");
  }
}
