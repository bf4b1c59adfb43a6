package dev.cutline.openai;

import dev.cutline.spi.CaptionProvider;
import dev.cutline.tck.CaptionProviderContract;
import java.util.List;
import java.util.Map;

class OpenAiCaptionProviderTest extends CaptionProviderContract {
  @Override
  protected Class<? extends CaptionProvider> provider() {
    return OpenAiCaptionProvider.class;
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("model", "gpt-6-luna", "api-key", "sk-0123456789");
  }

  @Override
  protected Map<String, String> required() {
    return Map.of("model", "for example gpt-6-luna", "api-key", "OPENAI_API_KEY");
  }

  @Override
  protected Map<String, String> wrong() {
    return Map.of(
        "endpoint", "api.openai.com",
        "dialect", "latin",
        "temperature", "-1");
  }

  @Override
  protected Map<String, Range> ranges() {
    return Map.of(
        "max-tokens", new Range(1, 100_000),
        "max-long-edge", new Range(64, 16_384));
  }

  @Override
  protected List<String> flags() {
    return List.of("json-schema");
  }
}
