package dev.cutline.core;

import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionVersion;
import dev.cutline.ImageRecord;
import dev.cutline.ImageRejectedException;
import dev.cutline.ImageStore;
import dev.cutline.InvalidSettingsException;
import dev.cutline.RateLimitedException;
import dev.cutline.RecordPage;
import dev.cutline.RecordQuery;
import dev.cutline.RecordStore;
import dev.cutline.Settings;
import dev.cutline.StorageState;
import dev.cutline.StoreException;
import dev.cutline.StoredObject;
import dev.cutline.VersionConflictException;
import dev.cutline.core.chain.CaptionChain;
import dev.cutline.core.chain.JpegFitter;
import dev.cutline.core.chain.Rung;
import dev.cutline.core.chain.RungStatus;
import dev.cutline.core.money.DailyBudgets;
import dev.cutline.imaging.ImageInspector;
import dev.cutline.imaging.PerceptualHash;
import dev.cutline.imaging.Renderer;
import dev.cutline.spi.HashBands;
import java.net.URI;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Captions pictures: takes one in, checks it, takes off what is private, makes thumbnails, asks a
 * chain of captioners and keeps picture and record in the stores that it was given.
 *
 * <pre>{@code
 * try (Cutline cutline = Cutline.from(Settings.ofEnvironment())) {
 *   ImageRecord record = cutline.upload(Upload.of("alice", Path.of("cat.jpg")));
 *   record.caption(CaptionStyle.CONCISE).ifPresent(System.out::println);
 * }
 * }</pre>
 *
 * <p>What {@link #upload} has returned from is not lost, whatever is killed afterwards; what a
 * crash leaves half done is finished or undone by {@link #reconcile}. Thread-safe. Every method
 * throws {@link StoreException} if a store fails.
 */
public final class Cutline implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Cutline.class);

  /** A rung that is asked alone may use its own timeouts to the full. */
  private static final Duration ALONE = Duration.ofHours(2);

  private static final int EXPIRED_AT_START = 100;
  private static final int HISTORY = 200;

  /** As many as a store gives at once. */
  private static final int MOST_SIMILAR = 100;

  private final ImageStore images;
  private final RecordStore records;
  private final CaptionChain chain;
  private final JpegFitter fitter;
  private final DailyBudgets budgets;
  private final Catalogue catalogue;
  private final Freshness freshness;
  private final Editing editing;
  private final Deletion deletion;
  private final Reconciler reconciler;
  private final UploadPipeline uploads;
  private final Recaptioning recaptioning;
  private final DryRun dryRun;
  private final Closing closing;

  /** Written by the thread that makes this, before anybody else knows it. */
  private ReconcileReport settledAtStart = ReconcileReport.NOTHING;

  Cutline(CutlineBuilder builder, Closing closing) {
    this.closing = closing;
    this.images = due(builder.images, "images");
    this.records = due(builder.records, "records");
    Leases leases = new Leases(builder.clock, builder.lease);
    Progress progress = new Progress(builder.listeners);
    Admission admission = builder.admission;
    ImageInspector inspector = new ImageInspector(builder.limits);
    Renderer renderer = new Renderer();
    this.fitter = new JpegFitter(renderer, admission.decoding());
    this.budgets =
        new DailyBudgets(records.budgetLedger(), builder.clock, builder.ownerDailyBudget);
    this.chain = builder.chain == null ? chain(builder) : builder.chain;
    CaptionRules rules = CaptionRules.of(chain.rungs());
    this.freshness = new Freshness(chain.rungs(), builder.styles, builder.languages);
    this.catalogue = new Catalogue(records, leases);
    this.editing = new Editing(records, catalogue, rules, leases);
    ImageIds ids = new ImageIds(builder.clock);
    UnwrittenCaptions unwritten = new UnwrittenCaptions(images, ids);
    CaptionWriter writer =
        new CaptionWriter(
            catalogue,
            rules,
            new Review(rules, builder.grounding),
            freshness,
            builder.storeRetry,
            unwritten);
    this.deletion = new Deletion(images, records, leases, unwritten, progress);
    this.reconciler =
        new Reconciler(
            images,
            records,
            leases,
            deletion,
            new LateCaptions(unwritten, writer),
            builder.retention,
            builder.ageOfAnswers());
    Captioning captioning =
        new Captioning(
            new LabelStep(builder.labels, fitter, progress),
            new CaptionStep(
                chain, new Lookalikes(records, builder.nearDuplicates), leases, progress),
            writer,
            progress);
    Intake intake = new Intake(builder.limits.maxBytes());
    InspectStep inspecting = new InspectStep(inspector, progress);
    RenderStep rendering = new RenderStep(renderer, admission, fitter, progress);
    this.uploads =
        new UploadPipeline(
            new RateStep(builder.rateLimiter, progress),
            intake,
            admission,
            inspecting,
            new FactsStep(builder.keepFacts),
            new CleanStep(progress),
            rendering,
            new RecordStep(records, leases, ids, builder.styles, builder.languages, progress),
            new StoreStep(images, records, leases, deletion, progress),
            captioning);
    this.recaptioning =
        new Recaptioning(images, catalogue, admission, inspecting, rendering, captioning);
    this.dryRun =
        new DryRun(
            intake,
            admission,
            inspector,
            new Estimator(chain.rungs()),
            builder.styles,
            builder.languages);
  }

  private CaptionChain chain(CutlineBuilder builder) {
    CaptionChain.Builder made =
        CaptionChain.builder()
            .deadline(builder.deadline)
            .cache(
                new BoundedCache(
                    records.captionCache(),
                    builder.clock,
                    builder.ageOfAnswers(),
                    builder.cacheMaxEntries))
            .budgets(budgets)
            .fitter(fitter);
    builder.rungs.forEach(made::rung);
    builder.chainListeners.forEach(made::listener);
    return closing.add(made.build());
  }

  private static <T> T due(@Nullable T value, String what) {
    if (value == null) {
      throw new IllegalStateException(what + ": not set");
    }
    return value;
  }

  /**
   * Starts with no rate limit, no labels, default limits and a lease of two minutes. Stores and
   * captioner are due.
   */
  public static CutlineBuilder builder() {
    return new CutlineBuilder();
  }

  /**
   * Returns an instance made of settings alone: everything under {@code cutline.}, with providers
   * and stores found on the class path. It owns what it made and closes it. {@linkplain #reconcile
   * Settles} what an earlier process left half done; of pictures that are too old it deletes a
   * hundred, so that nobody waits long for a start, and goes on with them, and with what comes up,
   * every hour on a thread of its own.
   *
   * @throws InvalidSettingsException with every problem of the settings, unknown keys included
   * @throws StoreException if a store cannot be reached
   */
  public static Cutline from(Settings settings) {
    return from(settings, builder -> {});
  }

  /**
   * Returns an instance made of settings, as {@link #from(Settings)}, and of what they cannot say:
   * listeners, for example.
   *
   * <pre>{@code
   * Cutline cutline = Cutline.from(settings, builder -> builder.chainListener(listener));
   * }</pre>
   *
   * @param more is given what the settings made, before it is built; what it sets itself is not
   *     closed with the instance
   * @throws InvalidSettingsException with every problem of the settings, unknown keys included;
   *     then {@code more} was not called
   * @throws StoreException if a store cannot be reached
   */
  public static Cutline from(Settings settings, Consumer<CutlineBuilder> more) {
    return Assembly.of(settings, Providers.find(), false, more);
  }

  /**
   * Like {@link #from(Settings)}, for who only wants to read: it will do with a home that cannot be
   * written to, and then settles nothing. Whatever would write throws a {@link StoreException} of
   * kind {@link StoreException.Kind#DENIED} then.
   *
   * @throws InvalidSettingsException with every problem of the settings, unknown keys included
   * @throws StoreException if a store cannot be reached, or is not there to be read
   */
  public static Cutline forReading(Settings settings) {
    return Assembly.of(settings, Providers.find(), true, builder -> {});
  }

  /**
   * Takes a picture in and captions it. Returns once it is stored and every language was asked for;
   * whether there are captions is told by the record, because a picture without them is kept all
   * the same.
   *
   * @return the record, stored
   * @throws ImageRejectedException if it is none of our formats, beyond a limit or broken; nothing
   *     was stored
   * @throws RateLimitedException if the owner has to wait; nothing was stored
   * @throws java.io.UncheckedIOException if the file cannot be read
   * @throws NotFoundException if the picture was deleted while it was being captioned
   * @throws CaptionsNotWrittenException if the record store failed after somebody had answered; the
   *     picture is stored and the captions are in the exception
   * @throws StoreException if a store failed
   */
  public ImageRecord upload(Upload upload) {
    return uploads.run(upload);
  }

  /** Returns a stored picture; empty if this owner has none of that id. */
  public Optional<ImageRecord> find(String owner, String id) {
    return catalogue.find(owner, id);
  }

  /** Returns a page of an owner's pictures, newest first. */
  public RecordPage query(RecordQuery query) {
    return records.query(query);
  }

  /**
   * Returns stored pictures of the owner that look nearly like one of them: whose perceptual hash
   * differs in at most so many of 64 bits. Copies of a picture that was scaled, recompressed or
   * recoloured are up to 4 apart; the README of caption-imaging says what else is.
   *
   * @param distance 0 to 7
   * @return at most 99, the nearest first, without the picture itself; none if it shows too little
   *     to compare
   * @throws NotFoundException if there is no such picture
   * @throws IllegalArgumentException if the distance is not 0 to 7
   */
  public List<ImageRecord> similar(String owner, String id, int distance) {
    HashBands.check(distance);
    OptionalLong hash = catalogue.get(owner, id).perceptualHash();
    if (hash.isEmpty() || !PerceptualHash.isTelling(hash.getAsLong())) {
      return List.of();
    }
    return records.similar(owner, hash.getAsLong(), distance, MOST_SIMILAR).stream()
        .filter(record -> !record.id().equals(id))
        .limit(MOST_SIMILAR - 1)
        .toList();
  }

  /**
   * Returns every caption that a picture ever had, by rising number.
   *
   * @throws NotFoundException if there is no such picture
   */
  public List<CaptionVersion> versions(String owner, String id) {
    catalogue.get(owner, id);
    return records.captionVersions(owner, id);
  }

  /**
   * Changes what a person may change. Captions become new versions that are shown from then on: no
   * model's text takes the place of a person's. They also settle that somebody has {@linkplain
   * ImageRecord#needsReview looked}.
   *
   * @throws NotFoundException if there is no such picture
   * @throws VersionConflictException if the edit expects a version that is no longer the last
   */
  public ImageRecord edit(String owner, String id, Edit edit) {
    return editing.edit(owner, id, edit);
  }

  /**
   * Shows an earlier caption again. This is a person's decision, so it becomes a new version by a
   * person with the old text, and no model's text takes its place later. The versions in between
   * stay.
   *
   * @param captionNumber the {@linkplain CaptionVersion#number number} of the version
   * @throws NotFoundException if there is no such picture or version
   */
  public ImageRecord revert(String owner, String id, long captionNumber) {
    return editing.revert(owner, id, captionNumber);
  }

  /**
   * Asks for captions of a stored picture again. Texts of persons stay shown; if nobody answers,
   * what is there stays too, and the run says why.
   *
   * @throws NotFoundException if there is no such picture, or it was deleted meanwhile
   * @throws CaptionsNotWrittenException if the record store failed after somebody had answered; the
   *     captions are in the exception
   * @throws StoreException if a store failed
   */
  public ImageRecord recaption(String owner, String id, Recaption options) {
    return recaptioning.run(owner, id, options);
  }

  /**
   * Tells what the settings of today would have otherwise in a picture's captions: another model,
   * prompt, language or style. Costs no call and looks at nothing but the record.
   */
  public Staleness staleness(ImageRecord record) {
    return freshness.of(record);
  }

  /**
   * Tells whether a caption was written by what the settings no longer name: see {@link Staleness}.
   */
  public boolean isStale(CaptionVersion version) {
    return freshness.isStale(version);
  }

  /**
   * Returns what a selection chooses, newest picture first, read from the store a page at a time as
   * the stream is read.
   */
  public Stream<RecaptionSelection.Chosen> chosen(RecaptionSelection selection) {
    Iterator<RecaptionSelection.Chosen> pages = new RecaptionPages(records, selection);
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(pages, Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  /**
   * Asks for captions of all that a selection chooses again, as {@link #recaption} does, in the
   * languages that it chooses. The work is done as the stream is read, a little ahead of it, and
   * the records come as they are afterwards, in the order of the selection; {@link
   * ImageRecord#run(String)} tells how each went. It ends early where a {@linkplain
   * Recaption#budget budget} does not reach for a call. Pictures that are deleted meanwhile are
   * left out.
   *
   * @param options in place of whose languages those count that are chosen
   * @param concurrency pictures at work at once, 1 to 256
   * @return a stream of one thread's, to be closed
   * @throws IllegalArgumentException if the concurrency is not 1 to 256
   */
  public Stream<ImageRecord> recaptionAll(
      RecaptionSelection selection, Recaption options, int concurrency) {
    if (concurrency < 1 || concurrency > 256) {
      throw new IllegalArgumentException("concurrency is 1 to 256, not " + concurrency);
    }
    RecaptionRun run =
        new RecaptionRun(
            recaptioning, new RecaptionPages(records, selection), options, concurrency);
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(run, Spliterator.ORDERED | Spliterator.NONNULL),
            false)
        .onClose(run::close);
  }

  /**
   * Deletes a picture: its objects, then its record with every caption.
   *
   * @throws NotFoundException if there is no such picture
   * @throws StoreException if a store failed on the way; the picture is not to be seen any more and
   *     {@link #reconcile} deletes the rest
   */
  public void delete(String owner, String id) {
    deletion.delete(catalogue, owner, id);
  }

  /**
   * Deletes everything of an owner: pictures, records, captions, remembered answers. Pictures that
   * are uploaded meanwhile may stay.
   *
   * @return how many pictures there were
   */
  public long deleteAll(String owner) {
    return deletion.deleteAll(catalogue, owner);
  }

  /**
   * Opens a rendition of a picture.
   *
   * @return the object, to be closed by the caller; empty if this owner has no such picture
   */
  public Optional<StoredObject> open(String owner, String id, Rendition rendition) {
    return key(owner, id, rendition).flatMap(images::get);
  }

  /**
   * Returns an address under which anybody may fetch a rendition for some time. Costs one look at
   * the record, and none at the image.
   *
   * @param validity for how long at most: an address ends with what signed it, which may be earlier
   *     (in S3, with the credentials of a role); more than zero, at most 7 days
   * @return the address; empty if this owner has no such picture or the image store has nothing to
   *     link to
   */
  public Optional<URI> presign(String owner, String id, Rendition rendition, Duration validity) {
    return key(owner, id, rendition).flatMap(key -> images.presign(key, validity));
  }

  /**
   * Finishes or undoes what a crash left half done: uploads that never became {@link
   * StorageState#STORED} and deletions; and writes captions to their records that {@linkplain
   * CaptionsNotWrittenException could not be written} when they came. Then deletes what is older
   * than the {@linkplain CutlineBuilder#retention retention}, if one is set, and forgets answers
   * that are {@linkplain CutlineBuilder#cacheMaxAge too old}. Touches only what nobody holds a
   * lease on, so it is safe while other processes are at work and when it runs twice at once. Costs
   * a few small queries, and one of the image store, when there is nothing to do, so that an
   * application may call it every few minutes.
   */
  public ReconcileReport reconcile() {
    return reconciler.run();
  }

  /**
   * Returns what {@link #from(Settings)} settled when it made this; nothing if the builder made it.
   */
  public ReconcileReport settledAtStart() {
    return settledAtStart;
  }

  /** Returns how the rungs of the chain stand, in their order. */
  public List<RungStatus> rungs() {
    return chain.status();
  }

  /**
   * Asks one rung and nobody else, and keeps nothing: to find out whether it works.
   *
   * @param rung its name in the settings
   * @throws IllegalArgumentException if there is no such rung
   * @throws dev.cutline.CaptionException if it did not answer
   */
  public CaptionReply ask(String rung, CaptionRequest request) {
    Rung asked =
        chain.rungs().stream()
            .filter(each -> each.name().equals(rung))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("there is no rung \"" + rung + "\""));
    try (CaptionChain alone =
        CaptionChain.builder()
            .rung(asked)
            .budgets(budgets)
            .fitter(fitter)
            .deadline(ALONE)
            .build()) {
      return alone.caption(request);
    }
  }

  /**
   * Estimates what the captions of a picture would take, from its header and the settings. Nothing
   * is sent or stored.
   *
   * @throws ImageRejectedException if {@link #upload} would refuse it by its header
   * @throws java.io.UncheckedIOException if the file cannot be read
   */
  public Estimate estimate(Upload upload) {
    return estimate(upload, Map.of());
  }

  /**
   * Estimates as {@link #estimate(Upload)} does, with the times that the rungs usually take.
   *
   * @param history what {@link #history} has told
   */
  public Estimate estimate(Upload upload, Map<String, RungHistory> history) {
    return dryRun.of(upload, history);
  }

  /**
   * Estimates what {@link #recaption} of a picture would take. Nothing is sent or stored.
   *
   * @param history what {@link #history} has told; empty: usual times
   */
  public Estimate estimate(
      ImageRecord record, Recaption options, Map<String, RungHistory> history) {
    return dryRun.of(record, options, history);
  }

  /**
   * Returns what the trails of an owner's newest pictures, at most 200, tell of the rungs, by their
   * names. Costs one query of a page.
   */
  public Map<String, RungHistory> history(String owner) {
    return RungHistory.of(records.query(RecordQuery.builder(owner).limit(HISTORY).build()).items());
  }

  /** Settles what an earlier process left half done, before anything else is asked of this. */
  void settleAtStart() {
    try {
      settledAtStart = reconciler.run(EXPIRED_AT_START);
    } catch (StoreException e) {
      // What is half done can wait; who only wants to read need not.
      LOG.warn("what an earlier process left half done cannot be settled yet: {}", e.getMessage());
    }
  }

  /** Goes on settling on a thread of its own, until this is closed. */
  void keepUp(Duration interval) {
    closing.add(Upkeep.start(reconciler, interval));
  }

  private Optional<String> key(String owner, String id, Rendition rendition) {
    return catalogue
        .find(owner, id)
        .map(record -> ObjectKeys.of(owner, id, rendition, record.format()));
  }

  /**
   * Closes what {@link #from(Settings)} made; what the builder was given stays open. Closing twice
   * does nothing.
   */
  @Override
  public void close() {
    closing.close();
  }
}
