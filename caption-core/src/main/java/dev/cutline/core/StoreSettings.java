package dev.cutline.core;

import dev.cutline.Settings;
import java.util.HashMap;
import java.util.Map;

/**
 * The sections of the settings that stores read, with what follows from the home and the
 * environment for what they leave open.
 */
final class StoreSettings {
  private static final String FILES = "files";
  private static final String S3 = "s3";
  private static final String JDBC = "jdbc";
  private static final String DYNAMODB = "dynamodb";

  /** Read by stores that installations can share: they remember it, as a home does. */
  private static final String ENVIRONMENT = "environment";

  private final Settings settings;
  private final CoreSettings core;
  private final Home home;
  private final boolean readOnly;

  /**
   * Makes the sections.
   *
   * @param readOnly whether what is in the home is opened for reading only
   */
  StoreSettings(Settings settings, CoreSettings core, boolean readOnly) {
    this.settings = settings;
    this.core = core;
    this.home = new Home(core.home());
    this.readOnly = readOnly;
  }

  Home home() {
    return home;
  }

  /** Tells whether anything of what is named is kept in the home. */
  boolean needHome() {
    boolean files =
        core.images().equals(FILES)
            && (isOpen(section("images", FILES), "directory") || needUrlKey());
    boolean database =
        (core.records().equals(JDBC) || core.rateLimit().filter(JDBC::equals).isPresent())
            && isOpen(section("records", JDBC), "url");
    return files || database;
  }

  static String prefix(String part, String id) {
    return "cutline." + part + "." + id + ".";
  }

  Settings images(String id) {
    Settings section = section("images", id);
    if (id.equals(S3)) {
      return section.withDefaults(
          core.environment() == Environment.PRODUCTION
              ? Map.of(ENVIRONMENT, core.environment().id(), "unencrypted", "refuse")
              : Map.of(ENVIRONMENT, core.environment().id()));
    }
    if (!id.equals(FILES)) {
      return section;
    }
    Map<String, String> defaults = new HashMap<>();
    defaults.put("directory", home.objects().toString());
    if (readOnly) {
      defaults.put("read-only", "true");
    }
    settings.find("cutline.base-url").ifPresent(base -> defaults.put("base-url", base));
    settings.find("cutline.url-key").ifPresent(key -> defaults.put("url-key", key));
    if (needUrlKey()) {
      defaults.put("url-key", home.urlKey());
    }
    return section.withDefaults(defaults);
  }

  Settings records(String id) {
    Settings section = section("records", id);
    return switch (id) {
      case JDBC -> section.withDefaults(database());
      case DYNAMODB -> section.withDefaults(Map.of(ENVIRONMENT, core.environment().id()));
      default -> section;
    };
  }

  private Map<String, String> database() {
    String url = "jdbc:sqlite:" + home.database();
    return readOnly ? Map.of("url", url, "read-only", "true") : Map.of("url", url);
  }

  /** A rate limiter that lives beside the records finds the way there in their section. */
  Settings rateLimit(String id) {
    Settings own = settings.withPrefix("cutline.rate-limit.");
    return id.equals("memory") ? own : new CombinedSettings(own, records(id));
  }

  /**
   * Tells whether {@link #images} would have to make the home, which holds the key that signs
   * addresses.
   */
  boolean lacksUrlKey() {
    return core.images().equals(FILES) && needUrlKey() && !home.isThere();
  }

  private boolean needUrlKey() {
    Settings section = section("images", FILES);
    boolean links = !isOpen(section, "base-url") || !isOpen(settings, "cutline.base-url");
    return links && isOpen(section, "url-key") && isOpen(settings, "cutline.url-key");
  }

  private Settings section(String part, String id) {
    return settings.withPrefix(prefix(part, id));
  }

  private static boolean isOpen(Settings some, String key) {
    return !CoreSettingsReader.isSet(some, key);
  }
}
