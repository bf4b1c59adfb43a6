package dev.cutline.core;

import dev.cutline.Captioner;
import dev.cutline.InvalidSettingsException;
import dev.cutline.Settings;
import dev.cutline.core.chain.Rung;
import dev.cutline.spi.CaptionProvider;
import dev.cutline.spi.ImageStoreProvider;
import dev.cutline.spi.LabelProvider;
import dev.cutline.spi.RateLimiterProvider;
import dev.cutline.spi.RecordStoreProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the class path (or module path) offers: captioners, label detectors, stores and rate
 * limiters, found by {@link ServiceLoader}. Being here makes nobody be asked; the settings name the
 * ones to use. Immutable.
 */
public final class Providers {
  private final ProviderCatalog<CaptionProvider> captions;
  private final ProviderCatalog<LabelProvider> labels;
  private final ProviderCatalog<ImageStoreProvider> images;
  private final ProviderCatalog<RecordStoreProvider> records;
  private final ProviderCatalog<RateLimiterProvider> rateLimits;

  private Providers(List<ClassLoader> loaders) {
    this.captions =
        ProviderCatalog.load(
            ProviderKind.CAPTIONS,
            loaders.stream().map(l -> ServiceLoader.load(CaptionProvider.class, l)).toList(),
            CaptionProvider::id);
    this.labels =
        ProviderCatalog.load(
            ProviderKind.LABELS,
            loaders.stream().map(l -> ServiceLoader.load(LabelProvider.class, l)).toList(),
            LabelProvider::id);
    this.images =
        ProviderCatalog.load(
            ProviderKind.IMAGES,
            loaders.stream().map(l -> ServiceLoader.load(ImageStoreProvider.class, l)).toList(),
            ImageStoreProvider::id);
    this.records =
        ProviderCatalog.load(
            ProviderKind.RECORDS,
            loaders.stream().map(l -> ServiceLoader.load(RecordStoreProvider.class, l)).toList(),
            RecordStoreProvider::id);
    this.rateLimits =
        ProviderCatalog.load(
            ProviderKind.RATE_LIMITS,
            loaders.stream().map(l -> ServiceLoader.load(RateLimiterProvider.class, l)).toList(),
            RateLimiterProvider::id);
  }

  /**
   * Returns what is found through the class loader of this thread's context, and through that of
   * this class.
   */
  public static Providers find() {
    List<ClassLoader> loaders = new ArrayList<>();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (context != null) {
      loaders.add(context);
    }
    ClassLoader ours = Providers.class.getClassLoader();
    if (ours != null && !loaders.contains(ours)) {
      loaders.add(ours);
    }
    return new Providers(loaders);
  }

  /** Returns what is found through one class loader. */
  public static Providers find(ClassLoader loader) {
    return new Providers(List.of(loader));
  }

  /** Returns everything that was found, by kind, then by id. */
  public List<ProviderListing> listings() {
    return catalogs().flatMap(catalog -> catalog.listings().stream()).toList();
  }

  /**
   * Returns what is wrong with what was found, one line each: providers that do not load, ids that
   * are taken twice.
   */
  public List<String> problems() {
    return catalogs().flatMap(catalog -> catalog.problems().stream()).toList();
  }

  /**
   * Returns the provider of captioners with an id.
   *
   * @throws InvalidSettingsException if there is none or more than one; the message says what to do
   */
  public CaptionProvider captions(String id) {
    return captions.require(id);
  }

  /**
   * Returns the captioner of one rung, made of its section of the settings as {@link
   * Cutline#from(dev.cutline.Settings)} makes it; whoever asks for it closes it.
   *
   * @throws InvalidSettingsException with all that is wrong in the section, keys in full
   */
  public Captioner captioner(String rung, Settings settings) {
    return rung(rung, settings).captioner();
  }

  /**
   * Returns one rung, made of its section of the settings as {@link
   * Cutline#from(dev.cutline.Settings)} makes it; whoever asks for it closes its captioner.
   *
   * @throws InvalidSettingsException with all that is wrong in the section, keys in full
   */
  public Rung rung(String name, Settings settings) {
    Problems problems = new Problems();
    RungSettings read = RungSettings.read(settings, name, problems);
    Optional<Captioner> captioner = problems.captioner(this, read);
    if (!problems.isEmpty()) {
      captioner.ifPresent(Captioner::close);
    }
    problems.raise();
    return read.rung(captioner.orElseThrow());
  }

  /** Like {@link #captions}, for label detectors. */
  public LabelProvider labels(String id) {
    return labels.require(id);
  }

  /** Like {@link #captions}, for image stores. */
  public ImageStoreProvider images(String id) {
    return images.require(id);
  }

  /** Like {@link #captions}, for record stores. */
  public RecordStoreProvider records(String id) {
    return records.require(id);
  }

  /** Like {@link #captions}, for rate limiters. */
  public RateLimiterProvider rateLimits(String id) {
    return rateLimits.require(id);
  }

  /** Returns the ids of a kind that were found or that an artifact of ours would bring. */
  Set<String> knownIds(ProviderKind kind) {
    Set<String> ids = new TreeSet<>(kind.ids());
    listings().stream().filter(l -> l.kind() == kind).forEach(l -> ids.add(l.id()));
    return ids;
  }

  private Stream<ProviderCatalog<?>> catalogs() {
    return Stream.of(captions, labels, images, records, rateLimits);
  }
}
