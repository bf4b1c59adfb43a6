package dev.cutline.core.chain;

import dev.cutline.core.money.RunBudget;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a caller of a {@link CaptionChain} may ask for besides the captions. Immutable. */
public final class ChainOptions {
  private static final ChainOptions DEFAULTS = builder().build();

  private final @Nullable String owner;
  private final boolean localOnly;
  private final boolean useCache;
  private final @Nullable RunBudget budget;
  private final Supplier<List<Lookalike>> lookalikes;

  private ChainOptions(Builder builder) {
    this.owner = builder.owner;
    this.localOnly = builder.localOnly;
    this.useCache = builder.useCache;
    this.budget = builder.budget;
    this.lookalikes = builder.lookalikes;
  }

  /** Returns: no owner (and so no cache), any rung, earlier answers welcome. */
  public static ChainOptions ofDefaults() {
    return DEFAULTS;
  }

  /** Starts with {@link #ofDefaults()}. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns whose answers are used again and kept; empty: nobody's. */
  public Optional<String> owner() {
    return Optional.ofNullable(owner);
  }

  /** Tells whether only rungs are asked that leave the picture on this machine. */
  public boolean isLocalOnly() {
    return localOnly;
  }

  /** Tells whether an earlier answer will do. New answers are kept in any case. */
  public boolean useCache() {
    return useCache;
  }

  /** Returns what this request may spend from, besides the budgets of the day; empty: no limit. */
  public Optional<RunBudget> budget() {
    return Optional.ofNullable(budget);
  }

  /** Returns pictures whose answers will do as well, the nearest first; none unless asked for. */
  public List<Lookalike> lookalikes() {
    return lookalikes.get();
  }

  /** Builds {@link ChainOptions}. Not safe for several threads. */
  public static final class Builder {
    private @Nullable String owner;
    private boolean localOnly;
    private boolean useCache = true;
    private @Nullable RunBudget budget;
    private Supplier<List<Lookalike>> lookalikes = List::of;

    private Builder() {}

    /** Sets whose answers are used again and kept. Default: none, nothing is looked up or kept. */
    public Builder owner(String owner) {
      this.owner = Objects.requireNonNull(owner, "owner");
      return this;
    }

    /** Sets whether rungs that send the picture away are left out. Default: no. */
    public Builder localOnly(boolean localOnly) {
      this.localOnly = localOnly;
      return this;
    }

    /** Sets whether an earlier answer will do. Default: yes. */
    public Builder useCache(boolean useCache) {
      this.useCache = useCache;
      return this;
    }

    /**
     * Sets what this request may spend from, with others of its run. Where that does not reach for
     * a call, models that cost nothing are still asked, and rungs that describe by rule are not:
     * the run is to end, and not to go on with less. The request then fails with {@link
     * dev.cutline.Reason#BUDGET_SPENT}. Default: null, no limit.
     */
    public Builder budget(@Nullable RunBudget budget) {
      this.budget = budget;
      return this;
    }

    /**
     * Sets which pictures of the owner look so much the same that what a model answered to the same
     * question about one of them will do, where {@link #useCache} allows it. Default: none.
     *
     * @param lookalikes gives them, the nearest first; asked when there is no answer about the
     *     picture itself, by several threads perhaps
     */
    public Builder lookalikes(Supplier<List<Lookalike>> lookalikes) {
      this.lookalikes = Objects.requireNonNull(lookalikes, "lookalikes");
      return this;
    }

    public ChainOptions build() {
      return new ChainOptions(this);
    }
  }
}
