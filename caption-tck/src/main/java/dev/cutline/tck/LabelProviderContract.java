package dev.cutline.tck;

import dev.cutline.LabelDetector;
import dev.cutline.Settings;
import dev.cutline.spi.LabelProvider;

/**
 * What every {@link LabelProvider} has to do: be found by its id, and tell a user who got settings
 * wrong all of it at once. Extend it beside the provider, as {@link CaptionProviderContract} shows.
 */
public abstract class LabelProviderContract extends ProviderContract<LabelProvider, LabelDetector> {
  protected LabelProviderContract() {
    super(LabelProvider.class);
  }

  @Override
  final String id(LabelProvider provider) {
    return provider.id();
  }

  @Override
  final LabelDetector create(LabelProvider provider, Settings settings) {
    return provider.create(settings);
  }
}
