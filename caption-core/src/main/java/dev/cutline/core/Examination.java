package dev.cutline.core;

import dev.cutline.CaptionException;
import dev.cutline.Captioner;
import dev.cutline.InvalidSettingsException;
import dev.cutline.LabelDetector;
import dev.cutline.LabelRequest;
import dev.cutline.Reason;
import dev.cutline.Settings;
import dev.cutline.StoreException;
import dev.cutline.core.store.MemoryImageStore;
import dev.cutline.core.store.MemoryRecordStore;
import dev.cutline.spi.Diagnosable;
import dev.cutline.spi.Diagnosis;
import dev.cutline.spi.Finding;
import dev.cutline.spi.LabelProvider;
import dev.cutline.spi.Preparable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One look at everything that settings name, for {@link Doctor}. Used once. */
final class Examination implements AutoCloseable {
  private final Settings settings;
  private final Providers providers;
  private final Set<Finding> told = new HashSet<>();
  private final Consumer<Finding> listener;
  private final Problems problems = new Problems();
  private final CoreSettings core;
  private final StoreSettings sections;
  private final Optional<Part> labels;
  private final List<Part> parts = new ArrayList<>();
  private final List<Asked> rungs = new ArrayList<>();
  private final Closing closing = new Closing();
  private boolean failed;

  Examination(Settings settings, Providers providers, Consumer<Finding> listener) {
    this.settings = settings;
    this.providers = providers;
    this.listener = listener;
    this.core = CoreSettingsReader.read(settings, providers, problems);
    this.sections = new StoreSettings(settings, core, false);
    this.labels = core.labels().map(this::labels);
  }

  boolean hasFailed() {
    return failed;
  }

  void prepare() {
    List<Part> stores = List.of(images(), records());
    stores.forEach(part -> part.validate(problems));
    problems.raise();
    stores.forEach(
        part -> part.provider(Preparable.class).ifPresent(provider -> prepare(part, provider)));
  }

  /** Reads all settings, and tells what is wrong with them. */
  void read() {
    for (String name : core.rungs()) {
      RungSettings rung = RungSettings.read(settings, name, problems);
      problems
          .captioner(providers, rung)
          .map(closing::add)
          .ifPresent(captioner -> rungs.add(new Asked(rung, captioner)));
    }
    if (!sections.lacksUrlKey()) {
      parts.add(images());
    }
    parts.add(records());
    rateLimit().ifPresent(parts::add);
    parts.forEach(part -> part.validate(problems));
    labels.ifPresent(part -> part.validate(problems));
    tellOfSettings();
  }

  /** Looks at everything whose settings can be used. */
  void run(boolean captions) {
    home();
    parts.stream().filter(Part::isSound).forEach(this::diagnose);
    labels.filter(Part::isSound).ifPresent(part -> examineLabels(part, captions));
    rungs.forEach(rung -> examine(rung, captions));
  }

  @Override
  public void close() {
    closing.close();
  }

  private void tellOfSettings() {
    Diagnosis diagnosis = about("settings");
    List<String> wrong = problems.all();
    wrong.forEach(problem -> diagnosis.fail(problem, null));
    Strays.of(settings, core.rungs(), providers.knownIds(ProviderKind.CAPTIONS))
        .forEach(stray -> diagnosis.warn(stray, "or take them out"));
    if (wrong.isEmpty()) {
      int keys = settings.keys().size();
      diagnosis.ok(
          keys == 0 ? "none; the defaults can be used" : "can be used, keys that are set: " + keys);
    }
  }

  private void home() {
    about("environment")
        .ok(
            core.environment().id()
                + (CoreSettingsReader.isSet(settings, "cutline.environment")
                    ? ", as it is set"
                    : core.environment() == Environment.PRODUCTION
                        ? ", because a bucket or a table is set"
                        : ", because neither bucket nor table is set"));
    Diagnosis diagnosis = about("home");
    Home home = sections.home();
    if (!sections.needHome()) {
      diagnosis.ok("is not needed by what is set");
    } else if (!home.isThere()) {
      diagnosis.ok(
          home.folder() + " is not there yet; 'cutline init' or the first command makes it");
    } else {
      try {
        home.prepare(core.environment());
        diagnosis.ok(home.folder() + " can be written to, and is at home in this environment");
      } catch (InvalidSettingsException e) {
        e.problems().forEach(problem -> diagnosis.fail(problem, null));
      }
    }
  }

  private Part images() {
    return new Part(
        "image store",
        "cutline.images",
        StoreSettings.prefix("images", core.images()),
        () -> providers.images(core.images()),
        () -> sections.images(core.images()));
  }

  private Part records() {
    return new Part(
        "record store",
        "cutline.records",
        StoreSettings.prefix("records", core.records()),
        () -> providers.records(core.records()),
        () -> sections.records(core.records()));
  }

  private Optional<Part> rateLimit() {
    return core.rateLimit()
        .map(
            id ->
                new Part(
                    "rate limit",
                    "cutline.rate-limit",
                    "cutline.rate-limit.",
                    () -> providers.rateLimits(id),
                    () -> sections.rateLimit(id)));
  }

  private Part labels(String id) {
    return new Part(
        "labels",
        "cutline.labels",
        StoreSettings.prefix("labels", id),
        () -> providers.labels(id),
        () -> settings.withPrefix(StoreSettings.prefix("labels", id)));
  }

  private Diagnosis diagnose(Part part) {
    Diagnosis diagnosis = about(part.subject());
    part.provider(Diagnosable.class)
        .ifPresentOrElse(
            provider -> guarded(diagnosis, () -> provider.diagnose(part.section(), diagnosis)),
            () -> diagnosis.ok("is set; its provider has nothing to look at"));
    return diagnosis;
  }

  private void prepare(Part part, Preparable provider) {
    Diagnosis diagnosis = about(part.subject());
    guarded(diagnosis, () -> provider.prepare(part.section(), diagnosis));
  }

  /** What a provider forgets to catch is a finding, too. */
  private void guarded(Diagnosis diagnosis, Runnable work) {
    try {
      work.run();
    } catch (InvalidSettingsException e) {
      e.problems().forEach(problem -> diagnosis.fail(problem, null));
    } catch (StoreException | CaptionException e) {
      diagnosis.fail(String.valueOf(e.getMessage()), null);
    } catch (RuntimeException e) {
      diagnosis.fail("could not be looked at (" + e + ")", "tell who wrote the provider");
    }
  }

  private void examineLabels(Part part, boolean captions) {
    Diagnosis diagnosis = diagnose(part);
    if (captions) {
      guarded(diagnosis, () -> askForLabels(part, diagnosis));
    }
  }

  private static void askForLabels(Part part, Diagnosis diagnosis) {
    LabelProvider provider = part.provider(LabelProvider.class).orElseThrow();
    try (LabelDetector detector = provider.create(part.section())) {
      int found = detector.detect(LabelRequest.builder(TrialCaption.picture()).build()).size();
      diagnosis.ok("found " + found + " labels in a small picture");
    } catch (CaptionException e) {
      unanswered(
          diagnosis,
          e.reason(),
          "no labels: " + e.reason() + ": " + e.getMessage(),
          TrialCaption.remedy(e.reason()));
    }
  }

  private void examine(Asked rung, boolean captions) {
    Diagnosis diagnosis = about("rung " + rung.settings.name());
    diagnosis.ok("is set: " + rung.captioner + " (" + rung.settings.type() + ")");
    guarded(
        diagnosis,
        () -> {
          if (rung.settings.provider(providers) instanceof Diagnosable provider) {
            provider.diagnose(rung.settings.forProvider(), diagnosis);
          }
        });
    if (captions) {
      guarded(diagnosis, () -> ask(rung, diagnosis));
    }
  }

  /** Through a chain of its own, so that retry and fitting are as in earnest. */
  private void ask(Asked rung, Diagnosis diagnosis) {
    try (MemoryImageStore images = new MemoryImageStore();
        MemoryRecordStore records = new MemoryRecordStore();
        Cutline alone =
            Cutline.builder()
                .images(images)
                .records(records)
                .rung(rung.settings.rung(rung.captioner))
                .build()) {
      TrialCaption trial = TrialCaption.of(alone, rung.settings.name());
      trial
          .reason()
          .ifPresentOrElse(
              reason ->
                  unanswered(
                      diagnosis,
                      reason,
                      "no caption: " + trial.text(),
                      TrialCaption.remedy(reason)),
              () -> diagnosis.ok("a caption: " + trial.text()));
    }
  }

  /** Whose credentials are fine and who is refused all the same lacks a permission. */
  private static void unanswered(Diagnosis diagnosis, Reason reason, String text, String remedy) {
    Optional<String> needed =
        reason == Reason.UNAUTHORIZED && !diagnosis.hasFailed()
            ? diagnosis.needed()
            : Optional.empty();
    needed.ifPresentOrElse(
        permission -> diagnosis.denied(text, "allow it", permission),
        () -> diagnosis.fail(text, remedy));
  }

  private Diagnosis about(String subject) {
    return Diagnosis.of(
        subject,
        finding -> {
          failed |= finding.level() == Finding.Level.FAIL;
          if (told.add(finding)) {
            listener.accept(finding);
          }
        });
  }

  private record Asked(RungSettings settings, Captioner captioner) {}
}
