package dev.cutline.core;

import dev.cutline.CaptionStyle;
import dev.cutline.InvalidSettingsException;
import dev.cutline.LanguageTags;
import dev.cutline.Settings;
import dev.cutline.SettingsReader;
import dev.cutline.imaging.ImageLimits;
import dev.cutline.spi.HashBands;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads {@link CoreSettings} to the end, whatever is wrong, and finds keys that nobody knows. Used
 * once.
 */
final class CoreSettingsReader {
  private static final Pattern RUNG = Pattern.compile("[a-z][a-z0-9]*");
  private static final String NONE = "none";
  private static final String SQLITE = "jdbc:sqlite:";

  /** Of the applications on top, which may share a file of settings with us. */
  private static final List<String> OF_APPLICATIONS = List.of("server.", "auth.", "admin.");

  private final Settings settings;
  private final Providers providers;
  private final SettingsReader in;

  private CoreSettingsReader(Settings settings, Providers providers) {
    this.settings = settings;
    this.providers = providers;
    this.in = SettingsReader.of(settings.withPrefix("cutline."));
  }

  /** Returns what stands there, with defaults in place of what is wrong; problems are added. */
  static CoreSettings read(Settings settings, Providers providers, Problems problems) {
    CoreSettingsReader reader = new CoreSettingsReader(settings, providers);
    CoreSettings read = reader.read();
    problems.check(reader.in::finish);
    return read;
  }

  private CoreSettings read() {
    boolean bucket = isSet("cutline.images.s3.bucket");
    boolean table = isSet("cutline.records.dynamodb.table");
    Optional<String> recordsNamed = in.text("records");
    String images = in.text("images", bucket ? "s3" : "files");
    String records = recordsNamed.orElse(table ? "dynamodb" : "jdbc");
    Optional<String> rateLimit = in.text("rate-limit").filter(id -> !id.equals("none"));
    Environment environment = environment(bucket || table);
    boolean allowed =
        environment == Environment.LOCAL
            || guard(images, records, recordsNamed.isPresent(), rateLimit);
    CoreSettings read =
        new CoreSettings(
            home(),
            environment,
            allowed,
            rungs(),
            in.duration(
                "deadline", Duration.ofSeconds(30), Duration.ofMillis(1), Duration.ofHours(1)),
            styles(),
            languages(),
            limits(),
            in.bool("keep-facts", false),
            in.bool("grounding", true),
            in.duration("lease", Leases.DEFAULT_LENGTH, Duration.ofSeconds(1), Duration.ofDays(1)),
            reconcileEvery(),
            retention(),
            cacheMaxAge(),
            cacheMaxEntries(),
            nearDuplicates(),
            ownerDailyBudget(),
            images,
            records,
            rateLimit,
            in.text("labels").filter(id -> !id.equals("none")));
    in.uri("base-url");
    in.text("url-key");
    leaveToOthers();
    return read;
  }

  private Optional<BigDecimal> ownerDailyBudget() {
    Optional<BigDecimal> set = in.amount("owner-daily-budget");
    if (set.filter(dollars -> dollars.signum() == 0).isPresent()) {
      in.problem("owner-daily-budget", "is more than zero");
      return Optional.empty();
    }
    return set;
  }

  private Environment environment(boolean cloud) {
    String text = in.text("environment", "auto");
    if (text.equals("auto")) {
      return cloud ? Environment.PRODUCTION : Environment.LOCAL;
    }
    Optional<Environment> named = Environment.ofId(text);
    if (named.isEmpty()) {
      in.problem("environment", "\"" + text + "\" is none of auto, local, production");
    }
    return named.orElse(Environment.LOCAL);
  }

  /** Tells whether production takes what is named; what it refuses is a problem. */
  private boolean guard(
      String images, String records, boolean recordsNamed, Optional<String> rateLimit) {
    String refused = ", which production refuses; or set cutline.environment to local";
    Map<String, String> refusals = new LinkedHashMap<>();
    if (images.equals("files") || images.equals("memory")) {
      refusals.put("images", images + " keeps pictures on this machine only" + refused);
    }
    if (records.equals("memory")) {
      refusals.put("records", "memory forgets records at the end of the process" + refused);
    }
    if (records.equals("jdbc") && !recordsNamed && isSqlite()) {
      refusals.put(
          "records",
          "SQLite keeps records on this machine only, which production refuses unless"
              + " cutline.records=jdbc is set");
    }
    if (rateLimit.filter("memory"::equals).isPresent()) {
      refusals.put("rate-limit", "memory counts for one process only" + refused);
    }
    refusals.forEach(in::problem);
    return refusals.isEmpty();
  }

  private boolean isSqlite() {
    try {
      return settings
          .find("cutline.records.jdbc.url")
          .map(url -> url.toLowerCase(Locale.ROOT).startsWith(SQLITE))
          .orElse(true);
    } catch (InvalidSettingsException e) {
      // The store says so when it reads it.
      return false;
    }
  }

  private boolean isSet(String key) {
    return isSet(settings, key);
  }

  /** Tells whether a key is set to anything, be it right or wrong. */
  static boolean isSet(Settings settings, String key) {
    try {
      return settings.get(key) != null;
    } catch (InvalidSettingsException e) {
      // It is set to something; whoever reads it says what is wrong.
      return true;
    }
  }

  private Path home() {
    Path usual = Path.of(System.getProperty("user.home"), ".cutline");
    Optional<String> text = in.text("home");
    try {
      return text.map(Path::of).orElse(usual);
    } catch (InvalidPathException e) {
      in.problem("home", "is not a path: " + e.getReason());
      return usual;
    }
  }

  private List<String> rungs() {
    List<String> named = in.list("providers", "palette");
    if (named.isEmpty()) {
      in.problem("providers", "names nobody");
    }
    repeated().forEach(name -> in.problem("providers", "names \"" + name + "\" more than once"));
    List<String> names = new ArrayList<>();
    for (String name : named) {
      if (RUNG.matcher(name).matches()) {
        names.add(name);
      } else {
        in.problem("providers", "\"" + name + "\" is no name; names are like primary or backup2");
      }
    }
    return names;
  }

  /** Returns the names that occur more than once, each once. */
  private Set<String> repeated() {
    Set<String> seen = new HashSet<>();
    Set<String> repeated = new LinkedHashSet<>();
    for (String name : in.text("providers", "").split(",", -1)) {
      if (!name.isBlank() && !seen.add(name.strip())) {
        repeated.add(name.strip());
      }
    }
    return repeated;
  }

  private Set<CaptionStyle> styles() {
    Set<CaptionStyle> styles = EnumSet.noneOf(CaptionStyle.class);
    for (String id : in.list("styles", "concise,creative,alt")) {
      CaptionStyle.ofId(id)
          .ifPresentOrElse(
              styles::add,
              () -> in.problem("styles", "\"" + id + "\" is none of concise, creative, alt"));
    }
    return styles.isEmpty() ? EnumSet.allOf(CaptionStyle.class) : styles;
  }

  private List<String> languages() {
    Set<String> tags = new LinkedHashSet<>();
    for (String tag : in.list("language", "en")) {
      try {
        tags.add(LanguageTags.canonical(tag));
      } catch (IllegalArgumentException e) {
        in.problem("language", e.getMessage() + "; use one like en, de or pt-BR");
      }
    }
    return tags.isEmpty() ? List.of("en") : List.copyOf(tags);
  }

  private ImageLimits limits() {
    ImageLimits usual = ImageLimits.ofDefaults();
    return ImageLimits.builder()
        .maxBytes(in.whole("image.max-bytes", usual.maxBytes(), 1, 1L << 30))
        .maxPixels(in.whole("image.max-pixels", usual.maxPixels(), 1, Integer.MAX_VALUE))
        .maxSide(in.integer("image.max-side", usual.maxSide(), 1, 65_535))
        .build();
  }

  private Optional<Duration> reconcileEvery() {
    String key = "reconcile-every";
    return in.text(key).filter(NONE::equals).isPresent()
        ? Optional.empty()
        : Optional.of(
            in.duration(key, Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofDays(7)));
  }

  private Optional<Duration> retention() {
    String key = "retention";
    if (in.text(key, NONE).equals(NONE)) {
      return Optional.empty();
    }
    Duration longest = Duration.ofDays(36_500);
    // The longest stands in for what is wrong, too: then it is a problem, and nothing is built.
    return Optional.of(in.duration(key, longest, Duration.ofHours(1), longest));
  }

  private Optional<Duration> cacheMaxAge() {
    String key = "cache.max-age";
    return in.text(key).filter(NONE::equals).isPresent()
        ? Optional.empty()
        : Optional.of(
            in.duration(
                key, BoundedCache.DEFAULT_MAX_AGE, Duration.ofMinutes(1), Duration.ofDays(36_500)));
  }

  private Optional<Integer> cacheMaxEntries() {
    String key = "cache.max-entries";
    return in.text(key).filter(NONE::equals).isPresent()
        ? Optional.empty()
        : Optional.of(in.integer(key, BoundedCache.DEFAULT_MAX_ENTRIES, 1, 100_000_000));
  }

  private Optional<Integer> nearDuplicates() {
    String key = "cache.near-duplicates";
    return in.text(key, NONE).equals(NONE)
        ? Optional.empty()
        : Optional.of(in.integer(key, 0, 0, HashBands.MAX_DISTANCE));
  }

  private void leaveToOthers() {
    in.text("auth");
    OF_APPLICATIONS.forEach(in::ignore);
    in.ignore("rate-limit.");
    // A rung that is not named now may be named tomorrow, or on the command line.
    in.ignore("provider.");
    providers.knownIds(ProviderKind.IMAGES).forEach(id -> in.ignore("images." + id + "."));
    providers.knownIds(ProviderKind.RECORDS).forEach(id -> in.ignore("records." + id + "."));
    providers.knownIds(ProviderKind.LABELS).forEach(id -> in.ignore("labels." + id + "."));
  }
}
