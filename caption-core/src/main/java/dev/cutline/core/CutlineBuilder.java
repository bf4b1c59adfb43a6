package dev.cutline.core;

import dev.cutline.CaptionStyle;
import dev.cutline.Captioner;
import dev.cutline.ImageRecord;
import dev.cutline.ImageStore;
import dev.cutline.LabelDetector;
import dev.cutline.LanguageTags;
import dev.cutline.RateLimiter;
import dev.cutline.RecordStore;
import dev.cutline.core.chain.CaptionChain;
import dev.cutline.core.chain.ChainListener;
import dev.cutline.core.chain.Rung;
import dev.cutline.imaging.ImageLimits;
import dev.cutline.spi.HashBands;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link Cutline}: made by {@link Cutline#builder()}, and good for several of them. Not
 * safe for several threads.
 */
public final class CutlineBuilder {
  final List<CutlineListener> listeners = new ArrayList<>();
  final List<ChainListener> chainListeners = new ArrayList<>();
  final List<Rung> rungs = new ArrayList<>();
  @Nullable ImageStore images;
  @Nullable RecordStore records;
  @Nullable RateLimiter rateLimiter;
  @Nullable CaptionChain chain;
  @Nullable LabelDetector labels;
  ImageLimits limits = ImageLimits.ofDefaults();
  Set<CaptionStyle> styles = EnumSet.allOf(CaptionStyle.class);
  List<String> languages = List.of("en");
  Duration deadline = Duration.ofSeconds(30);
  Duration lease = Leases.DEFAULT_LENGTH;
  @Nullable BigDecimal ownerDailyBudget;
  @Nullable Duration retention;
  @Nullable Duration reconcileEvery;
  @Nullable Duration cacheMaxAge = BoundedCache.DEFAULT_MAX_AGE;
  @Nullable Integer cacheMaxEntries = BoundedCache.DEFAULT_MAX_ENTRIES;
  @Nullable Integer nearDuplicates;
  InstantSource clock = InstantSource.system();
  Admission admission = Admission.ofHeap();
  boolean keepFacts;
  boolean grounding = true;
  StoreRetry storeRetry = new StoreRetry();

  CutlineBuilder() {}

  /** Sets where pictures are kept; due. */
  public CutlineBuilder images(ImageStore images) {
    this.images = images;
    return this;
  }

  /** Sets where records are kept; due. */
  public CutlineBuilder records(RecordStore records) {
    this.records = records;
    return this;
  }

  /** Sets who may upload how often, by owner; null: as often as they like, which is the default. */
  public CutlineBuilder rateLimiter(@Nullable RateLimiter rateLimiter) {
    this.rateLimiter = rateLimiter;
    return this;
  }

  /**
   * Adds a captioner after those that are there, as a rung with the defaults of {@link
   * Rung#builder}, named after its type. A captioner, a rung or a chain is due.
   *
   * @param type what it is, for example {@code palette}: {@code [a-z][a-z0-9]*}
   * @throws IllegalArgumentException if the type is not of that form
   */
  public CutlineBuilder captioner(String type, Captioner captioner) {
    return rung(Rung.builder(type, type, captioner).build());
  }

  /** Adds a rung after those that are there. */
  public CutlineBuilder rung(Rung rung) {
    rungs.add(rung);
    return this;
  }

  /**
   * Sets the most time for captions in one language, all rungs together; the default is 30 s.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public CutlineBuilder deadline(Duration deadline) {
    this.deadline = positive(deadline, "a deadline");
    return this;
  }

  /**
   * Sets a whole chain, with the deadline, cache and fitting of its own, in place of captioners and
   * rungs. It is not closed.
   */
  public CutlineBuilder chain(CaptionChain chain) {
    this.chain = chain;
    return this;
  }

  /** Sets who finds labels; null: nobody, which is the default. */
  public CutlineBuilder labels(@Nullable LabelDetector labels) {
    this.labels = labels;
    return this;
  }

  /** Sets the largest picture that is taken; the defaults are those of {@link ImageLimits}. */
  public CutlineBuilder limits(ImageLimits limits) {
    this.limits = limits;
    return this;
  }

  /**
   * Sets the styles of uploads that name none; the default is all of them.
   *
   * @throws IllegalArgumentException if there are none
   */
  public CutlineBuilder styles(Set<CaptionStyle> styles) {
    if (styles.isEmpty()) {
      throw new IllegalArgumentException("styles: at least one");
    }
    this.styles = Set.copyOf(styles);
    return this;
  }

  /**
   * Sets the languages of uploads that name none, the first being the one shown; the default is
   * English.
   *
   * @throws IllegalArgumentException if there are none or one is no BCP 47 tag
   */
  public CutlineBuilder languages(List<String> languages) {
    if (languages.isEmpty()) {
      throw new IllegalArgumentException("languages: at least one");
    }
    this.languages = languages.stream().map(LanguageTags::canonical).distinct().toList();
    return this;
  }

  /**
   * Sets whether uploads that do not say keep capture time and camera in the {@linkplain
   * ImageRecord#facts record}; the default is no. Place, serial numbers and the rest of the
   * metadata are kept nowhere, whatever this says.
   */
  public CutlineBuilder keepFacts(boolean keepFacts) {
    this.keepFacts = keepFacts;
    return this;
  }

  /**
   * Sets whether English captions of models are held against the labels, where there are any, and
   * against what a model wrote before, to mark records that {@linkplain ImageRecord#needsReview
   * need a review}; the default is yes. A hint, which costs no call.
   */
  public CutlineBuilder grounding(boolean grounding) {
    this.grounding = grounding;
    return this;
  }

  /** Adds somebody who is told of each step. */
  public CutlineBuilder listener(CutlineListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * Adds somebody who is told of requests, calls and breakers of the chain; a whole {@link #chain}
   * tells its own listeners instead.
   */
  public CutlineBuilder chainListener(ChainListener listener) {
    chainListeners.add(listener);
    return this;
  }

  /** Sets what tells the time; the default is the clock of the system. For tests. */
  public CutlineBuilder clock(InstantSource clock) {
    this.clock = clock;
    return this;
  }

  /**
   * Sets for how long a process may be silent before others take over what it was writing; the
   * default is 2 minutes. It is renewed before every object, so it has to outlast the slowest
   * single write, not the upload.
   *
   * @throws IllegalArgumentException if it is below one second
   */
  public CutlineBuilder lease(Duration lease) {
    this.lease = Leases.checked(lease);
    return this;
  }

  /**
   * Sets the age from which on {@link Cutline#reconcile} deletes pictures, of all owners, as {@link
   * Cutline#delete} would; null: never, which is the default. The age counts from the upload,
   * whatever was edited since.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public CutlineBuilder retention(@Nullable Duration retention) {
    this.retention = retention == null ? null : positive(retention, "a retention");
    return this;
  }

  /**
   * Sets the age from which on a remembered answer is not used again; null: any will do. The
   * default is 365 days. It counts from when the answer was given; none outlives the {@linkplain
   * #retention retention}, either. {@link Cutline#reconcile} cleans up what is older. With a whole
   * {@link #chain} the bounds of its own cache hold instead.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public CutlineBuilder cacheMaxAge(@Nullable Duration age) {
    this.cacheMaxAge = age == null ? null : positive(age, "an age of the cache");
    return this;
  }

  /**
   * Sets how many answers are remembered for each owner; null: any number. The default is 100,000.
   * Beyond it those that were given first are forgotten, when another one comes.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public CutlineBuilder cacheMaxEntries(@Nullable Integer entries) {
    if (entries != null && entries < 1) {
      throw new IllegalArgumentException("a cache has 1 entry or more, not " + entries);
    }
    this.cacheMaxEntries = entries;
    return this;
  }

  /**
   * Sets in how many of 64 bits the perceptual hash of a picture may differ from that of another
   * one of its owner for what a model answered to the same question about the other to do for it,
   * too; null: pictures have to be the same, which is the default. What is used again that way
   * {@linkplain dev.cutline.CaptionVersion#reusedFrom says so}. The README of caption-imaging tells
   * what 4 bits find, and what they confuse: pages of one form, a small thing more or less.
   *
   * @param distance 0 to 7
   * @throws IllegalArgumentException if it is not
   */
  public CutlineBuilder nearDuplicates(@Nullable Integer distance) {
    this.nearDuplicates = distance == null ? null : Integer.valueOf(HashBands.check(distance));
    return this;
  }

  /**
   * Sets how much may be spent for each owner on one day, in UTC, in US dollars, by the prices of
   * the rungs; null: no limit, which is the default. Kept beside the records, so that it holds
   * across processes. Past that, rungs that cost nothing are still asked. With a whole {@link
   * #chain} its own budgets hold instead.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public CutlineBuilder ownerDailyBudget(@Nullable BigDecimal dollars) {
    if (dollars != null && dollars.signum() <= 0) {
      throw new IllegalArgumentException("a daily budget is more than zero, not " + dollars);
    }
    this.ownerDailyBudget = dollars;
    return this;
  }

  /**
   * Sets how often {@link Cutline#reconcile} is run on a thread of its own until the instance is
   * closed; null: never, which is the default of the builder. The first time is after one interval.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public CutlineBuilder reconcileEvery(@Nullable Duration interval) {
    this.reconcileEvery = interval == null ? null : positive(interval, "an interval");
    return this;
  }

  /** Sets how much memory there is for pictures. */
  CutlineBuilder admission(Admission admission) {
    this.admission = admission;
    return this;
  }

  /** Sets how a record store is asked again that fails when captions are to be written. */
  CutlineBuilder storeRetry(StoreRetry storeRetry) {
    this.storeRetry = storeRetry;
    return this;
  }

  /**
   * Builds. What was set stays set, so that another one can be built.
   *
   * @throws IllegalStateException if stores or captioners are missing
   * @throws IllegalArgumentException if two rungs have one name
   */
  public Cutline build() {
    return build(new Closing());
  }

  /**
   * Builds.
   *
   * @param closing what is closed with the instance; what it makes itself is added
   */
  Cutline build(Closing closing) {
    if (chain == null && rungs.isEmpty()) {
      throw new IllegalStateException("captioner: not set");
    }
    Cutline made = new Cutline(this, closing);
    if (reconcileEvery != null) {
      made.keepUp(reconcileEvery);
    }
    return made;
  }

  /**
   * Returns the age from which on a remembered answer is none; null: never. Answers tell what was
   * in pictures, so they do not outlive the retention.
   */
  @Nullable Duration ageOfAnswers() {
    if (retention == null || cacheMaxAge == null) {
      return retention == null ? cacheMaxAge : retention;
    }
    return retention.compareTo(cacheMaxAge) < 0 ? retention : cacheMaxAge;
  }

  private static Duration positive(Duration time, String what) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException(what + " is more than zero, not " + time);
    }
    return time;
  }
}
