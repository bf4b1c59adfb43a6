package com.example.captions;

import dev.cutline.*;
import dev.cutline.spi.CaptionProvider;
import java.net.URI;
import java.util.Set;

/** Reads the settings. Public, and without work in its constructor, for ServiceLoader. */
public final class ExampleCaptionProvider implements CaptionProvider {
  @Override
  public String id() {
    return "example";
  }

  @Override
  public Captioner create(Settings settings) {
    SettingsReader in = SettingsReader.of(settings);
    URI endpoint = in.uri("endpoint", URI.create("http://localhost:9000/caption"));
    Secret apiKey = in.requiredSecret("api-key", "env:EXAMPLE_API_KEY");
    in.finish(); // throws with all that is wrong, unknown keys included
    var capabilities = Capabilities.builder().styles(Set.of(CaptionStyle.CONCISE)).build();
    return new ExampleCaptioner(endpoint, apiKey, capabilities, "example|" + endpoint);
  }
}
