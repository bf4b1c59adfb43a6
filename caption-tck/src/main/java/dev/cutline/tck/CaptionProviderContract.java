package dev.cutline.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.Captioner;
import dev.cutline.Settings;
import dev.cutline.spi.CaptionProvider;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What every {@link CaptionProvider} has to do: be found by its id, and tell a user who got
 * settings wrong all of it at once. Extend it beside the provider.
 *
 * <pre>{@code
 * class MyCaptionProviderTest extends CaptionProviderContract {
 *   protected Class<? extends CaptionProvider> provider() {
 *     return MyCaptionProvider.class;
 *   }
 *
 *   protected Map<String, String> settings() {
 *     return Map.of("model", "m-1", "api-key", "sk-0123456789");
 *   }
 *
 *   protected Map<String, String> required() {
 *     return Map.of("model", "for example m-1", "api-key", "MY_API_KEY");
 *   }
 *
 *   protected Map<String, String> wrong() {
 *     return Map.of("endpoint", "no address");
 *   }
 *
 *   protected Map<String, Range> ranges() {
 *     return Map.of("max-tokens", new Range(1, 100_000));
 *   }
 * }
 * }</pre>
 */
public abstract class CaptionProviderContract extends ProviderContract<CaptionProvider, Captioner> {
  protected CaptionProviderContract() {
    super(CaptionProvider.class);
  }

  @Override
  final String id(CaptionProvider provider) {
    return provider.id();
  }

  @Override
  final Captioner create(CaptionProvider provider, Settings settings) {
    return provider.create(settings);
  }

  @Test
  public void makesACaptionerOfItsSettings() {
    try (Captioner captioner = make(settings())) {
      assertThat(captioner.capabilities().styles()).isNotEmpty();
      assertThat(captioner.fingerprint())
          .isNotBlank()
          .doesNotContain(settings().getOrDefault("api-key", "***"));
    }
  }

  @Test
  public void makesTheSameCaptionerOfEnvironmentVariables() {
    Map<String, String> environment = new HashMap<>();
    settings().forEach((key, value) -> environment.put(variable(key), value));

    try (Captioner fromValues = make(settings());
        Captioner fromVariables = make(Map.of(), environment)) {
      assertThat(fromVariables.fingerprint()).isEqualTo(fromValues.fingerprint());
    }
  }
}
