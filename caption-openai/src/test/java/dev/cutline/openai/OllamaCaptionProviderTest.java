package dev.cutline.openai;

import dev.cutline.spi.CaptionProvider;
import dev.cutline.tck.CaptionProviderContract;
import java.util.List;
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
    return Map.of(
        "endpoint", "localhost",
        "keep-alive", "ten minutes",
        "temperature", "3");
  }

  @Override
  protected Map<String, Range> ranges() {
    return Map.of(
        "max-tokens", new Range(1, 100_000),
        "context-tokens", new Range(512, 10_000_000),
        "max-long-edge", new Range(64, 16_384));
  }

  @Override
  protected List<String> flags() {
    return List.of("think", "json-schema");
  }
}
