package com.example.captions;

import dev.cutline.spi.CaptionProvider;
import dev.cutline.tck.CaptionProviderContract;
import java.util.Map;

class ExampleCaptionProviderTest extends CaptionProviderContract {
  @Override
  protected Class<? extends CaptionProvider> provider() {
    return ExampleCaptionProvider.class;
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("api-key", "key-0123456789");
  }

  @Override
  protected Map<String, String> required() {
    return Map.of("api-key", "EXAMPLE_API_KEY");
  }

  @Override
  protected Map<String, String> wrong() {
    return Map.of("endpoint", "nowhere");
  }
}
