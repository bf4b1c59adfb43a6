package dev.cutline.core;

import dev.cutline.Capabilities;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.Captioner;
import dev.cutline.ImageStore;
import dev.cutline.InvalidSettingsException;
import dev.cutline.Label;
import dev.cutline.LabelDetector;
import dev.cutline.LabelRequest;
import dev.cutline.RateLimiter;
import dev.cutline.RecordStore;
import dev.cutline.Settings;
import dev.cutline.SettingsReader;
import dev.cutline.core.store.MemoryImageStore;
import dev.cutline.core.store.MemoryRateLimiter;
import dev.cutline.core.store.MemoryRecordStore;
import dev.cutline.spi.CaptionProvider;
import dev.cutline.spi.ImageStoreProvider;
import dev.cutline.spi.LabelProvider;
import dev.cutline.spi.RateLimiterProvider;
import dev.cutline.spi.RecordStoreProvider;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Providers for tests, and class paths that offer them. What they make tells here what it was given
 * and whether it was closed.
 */
final class TestProviders {
  static final List<String> EVENTS = new CopyOnWriteArrayList<>();

  private TestProviders() {}

  /** Returns a class path with these providers besides those of this module. */
  static Providers providers(Path folder, Class<?>... classes) throws IOException {
    return Providers.find(loader(folder, List.of(classes).stream().map(Class::getName).toList()));
  }

  static ClassLoader loader(Path folder, List<String> classNames) throws IOException {
    for (ProviderKind kind : ProviderKind.values()) {
      List<String> lines = new ArrayList<>();
      for (String name : classNames) {
        if (kind.service().isAssignableFrom(type(name, kind.service()))) {
          lines.add(name);
        }
      }
      Path services = Files.createDirectories(folder.resolve("META-INF/services"));
      Files.write(services.resolve(kind.service().getName()), lines);
    }
    return new URLClassLoader(new URL[] {url(folder)}, TestProviders.class.getClassLoader());
  }

  /** A class that is not there is taken for a captioner. */
  private static Class<?> type(String name, Class<?> service) {
    try {
      return Class.forName(name, false, TestProviders.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      return service == CaptionProvider.class ? service : Object.class;
    }
  }

  private static URL url(Path folder) throws MalformedURLException {
    return folder.toUri().toURL();
  }

  /** Captions under the id {@code echo}; knows the key {@code word}. */
  public static class Echo implements CaptionProvider {
    @Override
    public String id() {
      return "echo";
    }

    @Override
    public Captioner create(Settings settings) {
      SettingsReader in = SettingsReader.of(settings);
      String word = in.text("word", "echo");
      in.integer("number", 1, 1, 9);
      in.finish();
      EVENTS.add("made captioner " + word);
      return new Captioner() {
        @Override
        public CaptionReply caption(CaptionRequest request) {
          return FakeCaptioner.reply(request, word);
        }

        @Override
        public Capabilities capabilities() {
          return Capabilities.builder().build();
        }

        @Override
        public String fingerprint() {
          return "echo/" + word;
        }

        @Override
        public void close() {
          EVENTS.add("closed captioner " + word);
        }
      };
    }
  }

  /** Describes by rule under the id {@code palette}. */
  public static class Palette implements CaptionProvider {
    @Override
    public String id() {
      return "palette";
    }

    @Override
    public Captioner create(Settings settings) {
      SettingsReader.of(settings).finish();
      return FakeCaptioner.byRule();
    }
  }

  /** Another one of the same id. */
  public static class Palette2 extends Palette {}

  /** Cannot be made. */
  public static class Exploding implements CaptionProvider {
    public Exploding() {
      throw new IllegalStateException("no good");
    }

    @Override
    public String id() {
      return "exploding";
    }

    @Override
    public Captioner create(Settings settings) {
      throw new IllegalStateException();
    }
  }

  /** Does not know its id. */
  public static class Nameless extends Palette {
    @Override
    public String id() {
      throw new UnsupportedOperationException("who am I?");
    }
  }

  /** Finds labels under the id {@code rekognition}; knows the key {@code region}. */
  public static class Detector implements LabelProvider {
    @Override
    public String id() {
      return "rekognition";
    }

    @Override
    public LabelDetector create(Settings settings) {
      SettingsReader in = SettingsReader.of(settings);
      String region = in.required("region", "a region");
      in.finish();
      return new LabelDetector() {
        @Override
        public List<Label> detect(LabelRequest request) {
          return List.of(Label.of(region, 0.9));
        }

        @Override
        public Capabilities capabilities() {
          return Capabilities.builder().build();
        }
      };
    }
  }

  /** Keeps records under the id {@code jdbc}; knows the key {@code url}. */
  public static class Jdbc implements RecordStoreProvider {
    @Override
    public String id() {
      return "jdbc";
    }

    @Override
    public RecordStore create(Settings settings) {
      SettingsReader in = SettingsReader.of(settings);
      EVENTS.add("records at " + in.required("url", "a database"));
      in.finish();
      return new MemoryRecordStore();
    }
  }

  /**
   * Limits under the id {@code jdbc}; knows the keys {@code url}, {@code requests}, {@code period}.
   */
  public static class JdbcLimiter implements RateLimiterProvider {
    @Override
    public String id() {
      return "jdbc";
    }

    @Override
    public RateLimiter create(Settings settings) {
      SettingsReader in = SettingsReader.of(settings);
      EVENTS.add("limits at " + in.required("url", "a database"));
      int requests = in.integer("requests", 60, 1, 100);
      in.duration("period", Duration.ofHours(1), Duration.ZERO, Duration.ofDays(1));
      in.finish();
      return MemoryRateLimiter.of(requests, Duration.ofHours(1));
    }
  }

  /** Keeps pictures in memory and tells which bucket it was to keep them in. */
  public static class Buckets implements ImageStoreProvider {
    @Override
    public String id() {
      return "s3";
    }

    @Override
    public ImageStore create(Settings settings) {
      EVENTS.add(
          "images in "
              + settings.get("bucket")
              + " of "
              + settings.get("environment")
              + ", unencrypted: "
              + settings.get("unencrypted"));
      return new MemoryImageStore();
    }
  }

  /** Keeps records under the id {@code dynamodb}; says that its settings are wrong. */
  public static class Dynamo implements RecordStoreProvider {
    @Override
    public String id() {
      return "dynamodb";
    }

    @Override
    public RecordStore create(Settings settings) {
      EVENTS.add("records in " + settings.get("table") + " of " + settings.get("environment"));
      throw new InvalidSettingsException(List.of("table: too short", "region: missing"));
    }
  }

  /**
   * Keeps records under the id {@code defect}; throws what no store may where work is looked for.
   */
  public static class Defect implements RecordStoreProvider {
    @Override
    public String id() {
      return "defect";
    }

    @Override
    public RecordStore create(Settings settings) {
      return new HookedRecordStore(
          new MemoryRecordStore(),
          operation -> {
            if (operation.equals("records.unsettled")) {
              throw new IllegalStateException("a defect");
            }
          });
    }
  }
}
