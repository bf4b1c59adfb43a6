package dev.cutline.core.chain;

import dev.cutline.Capabilities;
import dev.cutline.CaptionCache;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Captioner;
import dev.cutline.ImageFormat;
import dev.cutline.Reason;
import dev.cutline.core.money.DailyBudgets;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Captioners asked in order until one answers, under one deadline. The {@link Reason} of a failure
 * decides what comes next: once more, with a smaller picture, the next rung, or a stop. Every
 * answer and every failure carries the trail of what was tried.
 *
 * <p>Each answer meets the {@linkplain dev.cutline.core.contract.OutputContract output contract}. A
 * rung that writes only some of the styles asked for serves with those, and the rest stay open: one
 * reply comes from one model.
 *
 * <p>Calls run on threads of the chain, and pictures are made to fit there: a captioner that hangs
 * and heeds neither cancellation nor interrupt, and a decode that takes too long, cost their
 * thread, never the caller's time; but on a rung with {@link Rung.Builder#maxConcurrency}, such a
 * captioner keeps its turn, and others wait for one up to the timeout of the rung. A captioner that
 * is {@linkplain Capabilities#isPunctual punctual} is asked on the caller's own thread, unless
 * another rung may have to be asked as well. Thread-safe. Closing ends those threads; the
 * captioners stay with whoever made them.
 */
public final class CaptionChain implements Captioner {
  private static final Logger log = LoggerFactory.getLogger(CaptionChain.class);

  private final List<Rung> rungs;
  private final List<RungState> states;
  private final Duration deadline;
  private final ChainParts parts;

  private CaptionChain(Builder builder) {
    this.rungs = List.copyOf(builder.rungs);
    Listeners listeners = new Listeners(builder.listeners);
    this.states = rungs.stream().map(rung -> new RungState(rung, builder.time, listeners)).toList();
    this.deadline = builder.deadline;
    Calls calls =
        builder.executor == null
            ? Calls.onOwnThreads(builder.maxThreads)
            : Calls.on(builder.executor);
    this.parts =
        new ChainParts(
            builder.time,
            calls,
            builder.fitter,
            new Backoff(builder.random),
            new Flights(),
            listeners,
            builder.cache,
            builder.budgets);
  }

  /** Starts a chain without rungs, with a deadline of 30 s, no cache and threads of its own. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns {@link #caption(CaptionRequest, ChainOptions)} with {@link ChainOptions#ofDefaults()}.
   */
  @Override
  public CaptionReply caption(CaptionRequest request) {
    return caption(request, ChainOptions.ofDefaults());
  }

  /**
   * Returns the first good answer, with its rung, cost, trail and whether it is an earlier one.
   *
   * @throws CaptionException if nobody answered. A reason that {@linkplain Reason#isPassing()
   *     passes} if that is true of any rung that could have answered, so that asking later may
   *     help; otherwise that of the first one that was asked. {@link Reason#REFUSED} and {@link
   *     Reason#INVALID_IMAGE} where the chain stopped at them, {@link Reason#MISCONFIGURED} if no
   *     rung may serve the request, {@link Reason#TIMEOUT} if the caller was interrupted (its
   *     interrupt status is kept) or the request cancelled. {@link CaptionException#retryAfter()}
   *     says when the first rung that is left alone, by its wish or for not working, is asked again
   * @throws IllegalStateException if the chain is closed
   */
  public CaptionReply caption(CaptionRequest request, ChainOptions options) {
    if (parts.calls().isClosed()) {
      throw new IllegalStateException("the chain is closed");
    }
    return run(request, options).answer();
  }

  /**
   * Asks as {@link #caption(CaptionRequest, ChainOptions)} does, without a thread of the caller's:
   * on virtual threads from Java 24, below that on a pool of at most {@link Builder#maxThreads},
   * apart from that of the calls.
   *
   * @return completes with the answer, or with the {@link CaptionException} that tells why there is
   *     none; {@link Reason#UNAVAILABLE} also where no thread is free. Completing it in any other
   *     way, by cancelling it or by {@code orTimeout}, cancels the request and the call under way
   * @throws IllegalStateException if the chain is closed
   */
  public CompletableFuture<CaptionReply> captionAsync(
      CaptionRequest request, ChainOptions options) {
    if (parts.calls().isClosed()) {
      throw new IllegalStateException("the chain is closed");
    }
    return AsyncRequest.start(asked -> run(asked, options), parts.calls(), request);
  }

  private ChainRun run(CaptionRequest request, ChainOptions options) {
    return new ChainRun(parts, states, request, options, deadline);
  }

  /** Returns the rungs in the order in which they are asked. */
  public List<Rung> rungs() {
    return rungs;
  }

  /** Returns how the rungs stand, in the order in which they are asked. */
  public List<RungStatus> status() {
    return states.stream().map(state -> new RungStatus(state, spentToday(state.rung()))).toList();
  }

  private @Nullable BigDecimal spentToday(Rung rung) {
    if (parts.budgets() == null || rung.dailyBudget().isEmpty()) {
      return null;
    }
    try {
      return parts.budgets().spentToday(rung.name());
    } catch (RuntimeException | Error e) { // a ledger of others may throw anything
      log.warn("what was spent on {} today cannot be read: {}", rung, e.getMessage());
      return null;
    }
  }

  /**
   * Returns what the rungs can do together: any picture (it is fitted to each rung), every language
   * and style that one of them knows; local if all of them are, a model if one of them is.
   */
  @Override
  public Capabilities capabilities() {
    Set<CaptionStyle> styles = EnumSet.noneOf(CaptionStyle.class);
    Set<String> languages = new HashSet<>();
    boolean anyLanguage = false;
    boolean local = true;
    boolean model = false;
    for (Rung rung : rungs) {
      Capabilities each = rung.capabilities();
      styles.addAll(each.styles());
      languages.addAll(each.languages());
      anyLanguage |= each.languages().isEmpty();
      local &= each.isLocal();
      model |= each.isModel();
    }
    return Capabilities.builder()
        .formats(EnumSet.allOf(ImageFormat.class))
        .languages(anyLanguage ? Set.of() : languages)
        .styles(styles)
        .local(local)
        .model(model)
        .build();
  }

  /** Returns the fingerprints of all rungs: which of them answers is not known before. */
  @Override
  public String fingerprint() {
    StringBuilder all = new StringBuilder("chain");
    for (Rung rung : rungs) {
      all.append(' ').append(rung.fingerprint().length()).append(':').append(rung.fingerprint());
    }
    return all.toString();
  }

  /**
   * Abandons what is under way, whatever it waits for (its callers get {@link Reason#UNAVAILABLE}),
   * and ends the chain's own threads, waiting for them at most 2 s.
   */
  @Override
  public void close() {
    parts.calls().close();
  }

  /** Builds a {@link CaptionChain}. Not safe for several threads. */
  public static final class Builder {
    private final List<Rung> rungs = new ArrayList<>();
    private final List<ChainListener> listeners = new ArrayList<>();
    private Duration deadline = Duration.ofSeconds(30);
    private int maxThreads = 256;
    private ImageFitter fitter = new JpegFitter();
    private Time time = new SystemTime();
    private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();
    private @Nullable CaptionCache cache;
    private @Nullable DailyBudgets budgets;
    private @Nullable ExecutorService executor;

    private Builder() {}

    /**
     * Adds a rung after those that are there.
     *
     * @throws IllegalArgumentException if there is one of that name
     */
    public Builder rung(Rung rung) {
      if (rungs.stream().anyMatch(each -> each.name().equals(rung.name()))) {
        throw new IllegalArgumentException("two rungs are named \"" + rung.name() + "\"");
      }
      rungs.add(rung);
      return this;
    }

    /**
     * Sets the most time for a request, all rungs together. A request's own deadline holds if it is
     * earlier. Default: 30 s.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder deadline(Duration deadline) {
      if (deadline.isNegative() || deadline.isZero()) {
        throw new IllegalArgumentException("deadline is positive, not " + deadline);
      }
      this.deadline = deadline;
      return this;
    }

    /** Sets where answers are kept, for requests that name their owner. Default: nowhere. */
    public Builder cache(@Nullable CaptionCache cache) {
      this.cache = cache;
      return this;
    }

    /** Adds somebody who is told of requests, calls and breakers. */
    public Builder listener(ChainListener listener) {
      listeners.add(Objects.requireNonNull(listener, "listener"));
      return this;
    }

    /**
     * Sets where it is kept what was spent today, on a rung with a {@linkplain
     * Rung.Builder#dailyBudget budget} or for the owner of a request. Default: nowhere, and nothing
     * is limited.
     */
    public Builder budgets(@Nullable DailyBudgets budgets) {
      this.budgets = budgets;
      return this;
    }

    /**
     * Sets how many pictures may be made to fit at once on the chain's own pool, and, below Java
     * 24, how many calls may be under way there along with them; further ones find their rung
     * {@link Reason#UNAVAILABLE}. Calls on virtual threads have no such bound; {@link
     * Rung.Builder#maxConcurrency} does. Default: 256.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder maxThreads(int maxThreads) {
      if (maxThreads < 1) {
        throw new IllegalArgumentException("maxThreads is at least 1, not " + maxThreads);
      }
      this.maxThreads = maxThreads;
      return this;
    }

    /**
     * Sets threads of yours to run the calls on and to make pictures fit; the chain does not end
     * them. One that refuses work makes the rung {@link Reason#UNAVAILABLE}; one that queues it
     * lets the rung's timeout run meanwhile. Default: threads of the chain's own.
     */
    public Builder executor(@Nullable ExecutorService executor) {
      this.executor = executor;
      return this;
    }

    /** Sets how pictures are made to fit the rungs. Default: they are rendered smaller, as JPEG. */
    public Builder fitter(ImageFitter fitter) {
      this.fitter = Objects.requireNonNull(fitter, "fitter");
      return this;
    }

    Builder time(Time time) {
      this.time = time;
      return this;
    }

    Builder random(DoubleSupplier random) {
      this.random = random;
      return this;
    }

    /**
     * Returns the chain.
     *
     * @throws IllegalArgumentException if it has no rung, or one with a budget and nowhere to keep
     *     what was spent
     */
    public CaptionChain build() {
      for (Rung rung : rungs) {
        if (budgets == null && rung.dailyBudget().isPresent()) {
          throw new IllegalArgumentException(
              "rung " + rung.name() + " has a daily budget, and the chain no budgets");
        }
      }
      if (rungs.isEmpty()) {
        throw new IllegalArgumentException("a chain has at least one rung");
      }
      return new CaptionChain(this);
    }
  }
}
