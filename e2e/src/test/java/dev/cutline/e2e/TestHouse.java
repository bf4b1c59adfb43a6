package dev.cutline.e2e;

import dev.cutline.Captioner;
import dev.cutline.ImageStore;
import dev.cutline.RecordStore;
import dev.cutline.Settings;
import dev.cutline.core.Cutline;
import dev.cutline.core.CutlineListener;
import dev.cutline.spi.CaptionProvider;
import dev.cutline.spi.ImageStoreProvider;
import dev.cutline.spi.RecordStoreProvider;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;

/** Stores as settings name them, and captions by palette, with a lease that is short. */
final class TestHouse implements AutoCloseable {
  /** Long enough for an upload on a busy machine, short enough to wait for. */
  static final Duration LEASE = Duration.ofSeconds(30);

  private final ImageStore images;
  private final RecordStore records;
  private final Captioner palette;
  private final Cutline cutline;

  private TestHouse(Settings settings, CutlineListener listener, InstantSource clock) {
    String imagesId = settings.find("cutline.images").orElseThrow();
    String recordsId = settings.find("cutline.records").orElseThrow();
    images =
        provider(ImageStoreProvider.class, ImageStoreProvider::id, imagesId)
            .create(settings.withPrefix("cutline.images." + imagesId + "."));
    records =
        provider(RecordStoreProvider.class, RecordStoreProvider::id, recordsId)
            .create(settings.withPrefix("cutline.records." + recordsId + "."));
    palette =
        provider(CaptionProvider.class, CaptionProvider::id, "palette")
            .create(Settings.of(Map.of()));
    cutline =
        Cutline.builder()
            .images(images)
            .records(records)
            .captioner("palette", palette)
            .lease(LEASE)
            .listener(listener)
            .clock(clock)
            .build();
  }

  static TestHouse open(Settings settings, CutlineListener listener) {
    return new TestHouse(settings, listener, InstantSource.system());
  }

  static TestHouse open(Premises premises) {
    return openLater(premises, Duration.ZERO);
  }

  /** Opens the house as it will be {@code later}. */
  static TestHouse openLater(Premises premises, Duration later) {
    return new TestHouse(
        Settings.of(premises.settings()),
        new CutlineListener() {},
        () -> InstantSource.system().instant().plus(later));
  }

  Cutline cutline() {
    return cutline;
  }

  ImageStore images() {
    return images;
  }

  RecordStore records() {
    return records;
  }

  @Override
  public void close() {
    cutline.close();
    palette.close();
    records.close();
    images.close();
  }

  private static <T> T provider(Class<T> type, Function<T, String> id, String wanted) {
    return ServiceLoader.load(type).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> id.apply(provider).equals(wanted))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " " + wanted));
  }
}
