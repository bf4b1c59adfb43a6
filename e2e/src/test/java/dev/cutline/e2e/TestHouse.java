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
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;

/**
 * Pictures in files, records in SQLite and captions by palette, under one folder, with a lease that
 * is short.
 */
final class TestHouse implements AutoCloseable {
  /** Long enough for an upload on a busy machine, short enough to wait for. */
  static final Duration LEASE = Duration.ofSeconds(10);

  private final ImageStore images;
  private final RecordStore records;
  private final Captioner palette;
  private final Cutline cutline;

  private TestHouse(Path home, CutlineListener listener, InstantSource clock) {
    images =
        provider(ImageStoreProvider.class, ImageStoreProvider::id, "files")
            .create(Settings.of(Map.of("directory", home.resolve("objects").toString())));
    records =
        provider(RecordStoreProvider.class, RecordStoreProvider::id, "jdbc")
            .create(Settings.of(Map.of("url", "jdbc:sqlite:" + home.resolve("cutline.db"))));
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

  static TestHouse open(Path home, CutlineListener listener) {
    return new TestHouse(home, listener, InstantSource.system());
  }

  /** Opens the house as it will be {@code later}. */
  static TestHouse openLater(Path home, Duration later) {
    return new TestHouse(
        home, new CutlineListener() {}, () -> InstantSource.system().instant().plus(later));
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
