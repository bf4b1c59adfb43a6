package dev.cutline.core;

import dev.cutline.ImageStore;
import dev.cutline.LabelDetector;
import dev.cutline.RateLimiter;
import dev.cutline.RecordStore;
import dev.cutline.Settings;
import dev.cutline.core.chain.Rung;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a {@link Cutline} of settings and providers. Everything is read and made before anything is
 * thrown, so that one message tells all that is wrong; what was made is closed again then. Used
 * once.
 */
final class Assembly {
  private static final Logger log = LoggerFactory.getLogger(Assembly.class);

  private final Settings settings;
  private final Providers providers;
  private final boolean readingWillDo;
  private final Problems problems = new Problems();
  private final CutlineBuilder builder = Cutline.builder();
  private final Closing closing = new Closing();

  private boolean readOnly;

  private Assembly(Settings settings, Providers providers, boolean readingWillDo) {
    this.settings = settings;
    this.providers = providers;
    this.readingWillDo = readingWillDo;
  }

  /**
   * Returns what the settings describe, once what an earlier process left half done is settled.
   *
   * @param readingWillDo whether a home that cannot be written to is no problem
   * @param more adds what settings cannot say
   * @throws dev.cutline.InvalidSettingsException with every problem
   */
  static Cutline of(
      Settings settings,
      Providers providers,
      boolean readingWillDo,
      Consumer<CutlineBuilder> more) {
    return new Assembly(settings, providers, readingWillDo).build(more);
  }

  private Cutline build(Consumer<CutlineBuilder> more) {
    try {
      CoreSettings core = CoreSettingsReader.read(settings, providers, problems);
      builder
          .deadline(core.deadline())
          .styles(core.styles())
          .languages(core.languages())
          .limits(core.limits())
          .keepFacts(core.keepFacts())
          .grounding(core.grounding())
          .lease(core.lease())
          .retention(core.retention().orElse(null))
          .cacheMaxAge(core.cacheMaxAge().orElse(null))
          .cacheMaxEntries(core.cacheMaxEntries().orElse(null))
          .nearDuplicates(core.nearDuplicates().orElse(null))
          .ownerDailyBudget(core.ownerDailyBudget().orElse(null));
      rungs(core).forEach(builder::rung);
      builder.labels(core.labels().flatMap(this::labels).orElse(null));
      stores(core);
      problems.raise();
      more.accept(builder);
      Cutline made = builder.build(closing);
      if (!readOnly) {
        made.settleAtStart();
        core.reconcileEvery().ifPresent(made::keepUp);
      }
      return made;
    } catch (RuntimeException | Error e) {
      closing.close();
      throw e;
    }
  }

  private List<Rung> rungs(CoreSettings core) {
    List<Rung> rungs = new ArrayList<>();
    Strays.of(settings, core.rungs(), providers.knownIds(ProviderKind.CAPTIONS)).forEach(log::warn);
    for (String name : core.rungs()) {
      RungSettings rung = RungSettings.read(settings, name, problems);
      problems.captioner(providers, rung).map(closing::add).map(rung::rung).ifPresent(rungs::add);
    }
    return rungs;
  }

  private Optional<LabelDetector> labels(String id) {
    return problems
        .collect("cutline.labels: ", () -> providers.labels(id))
        .flatMap(
            provider ->
                problems.collect(
                    StoreSettings.prefix("labels", id),
                    () -> provider.create(settings.withPrefix(StoreSettings.prefix("labels", id)))))
        .map(closing::add);
  }

  private void stores(CoreSettings core) {
    StoreSettings sections = sections(core);
    if (!core.allowed() || sections.needHome() && !homeIsReady(core, sections.home())) {
      // Stores would be opened in a place that is not theirs.
      return;
    }
    images(core, sections).ifPresent(builder::images);
    records(core, sections).ifPresent(builder::records);
    if (readOnly) {
      return; // nobody uploads, and nothing can be claimed
    }
    builder.rateLimiter(core.rateLimit().flatMap(id -> rateLimiter(id, sections)).orElse(null));
    if (sections.needHome() && problems.isEmpty()) {
      problems.check(() -> sections.home().claim(core.environment()));
    }
  }

  private StoreSettings sections(CoreSettings core) {
    StoreSettings sections = new StoreSettings(settings, core, false);
    readOnly = readingWillDo && sections.needHome() && sections.home().isReadOnly();
    return readOnly ? new StoreSettings(settings, core, true) : sections;
  }

  private boolean homeIsReady(CoreSettings core, Home home) {
    return problems
        .collect(() -> readOnly ? home.check(core.environment()) : home.prepare(core.environment()))
        .isPresent();
  }

  private Optional<ImageStore> images(CoreSettings core, StoreSettings sections) {
    String prefix = StoreSettings.prefix("images", core.images());
    return problems
        .collect("cutline.images: ", () -> providers.images(core.images()))
        .flatMap(
            provider ->
                problems.collect(prefix, () -> provider.create(sections.images(core.images()))))
        .map(closing::add);
  }

  private Optional<RecordStore> records(CoreSettings core, StoreSettings sections) {
    String prefix = StoreSettings.prefix("records", core.records());
    return problems
        .collect("cutline.records: ", () -> providers.records(core.records()))
        .flatMap(
            provider ->
                problems.collect(prefix, () -> provider.create(sections.records(core.records()))))
        .map(closing::add);
  }

  private Optional<RateLimiter> rateLimiter(String id, StoreSettings sections) {
    return problems
        .collect("cutline.rate-limit: ", () -> providers.rateLimits(id))
        .flatMap(
            provider ->
                problems.collect(
                    "cutline.rate-limit.", () -> provider.create(sections.rateLimit(id))))
        .map(closing::add);
  }
}
