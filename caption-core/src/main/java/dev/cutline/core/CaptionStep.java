package dev.cutline.core;

import dev.cutline.Attempt;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionRun;
import dev.cutline.CaptionStyle;
import dev.cutline.Deadline;
import dev.cutline.ImageData;
import dev.cutline.ImageRecord;
import dev.cutline.Label;
import dev.cutline.Usage;
import dev.cutline.core.chain.CaptionChain;
import dev.cutline.core.chain.ChainOptions;
import dev.cutline.core.money.RunBudget;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks the chain for captions of one picture, once for each language. Writes nothing. Thread-safe.
 */
final class CaptionStep {
  /** The chain has a deadline of its own; that of the request must not be the earlier one. */
  private static final Duration CHAIN_DECIDES = Duration.ofDays(1);

  private final CaptionChain chain;
  private final Lookalikes lookalikes;
  private final Leases clock;
  private final Progress progress;

  CaptionStep(CaptionChain chain, Lookalikes lookalikes, Leases clock, Progress progress) {
    this.chain = chain;
    this.lookalikes = lookalikes;
    this.clock = clock;
    this.progress = progress;
  }

  /** Returns a result for each language, in their order. */
  List<CaptionResult> ask(
      ImageRecord record,
      ImageData picture,
      Set<CaptionStyle> styles,
      List<String> languages,
      List<Label> labels,
      boolean useCache,
      @Nullable RunBudget budget) {
    ChainOptions options =
        ChainOptions.builder()
            .owner(record.owner())
            .localOnly(record.isLocalOnly())
            .useCache(useCache)
            .budget(budget)
            .lookalikes(lookalikes.of(record))
            .build();
    List<CaptionResult> results = new ArrayList<>();
    for (String language : languages) {
      progress.done(record.owner(), record.id(), Step.CAPTIONING, language);
      CaptionRequest request =
          CaptionRequest.builder(picture)
              .styles(styles)
              .language(language)
              .context(record.context().orElse(null))
              .labels(labels.stream().filter(label -> !label.isConcern()).toList())
              .deadline(Deadline.after(CHAIN_DECIDES))
              .build();
      results.add(ask(request, options));
    }
    return results;
  }

  /** Returns what becomes of each language if nobody may be asked. */
  List<CaptionResult> refused(List<String> languages, CaptionException why) {
    return languages.stream()
        .map(
            language ->
                new CaptionResult(
                    CaptionRun.builder(language, clock.now())
                        .failure(why.reason(), why.getMessage())
                        .build(),
                    null))
        .toList();
  }

  private CaptionResult ask(CaptionRequest request, ChainOptions options) {
    long start = System.nanoTime();
    try {
      CaptionReply reply = chain.caption(request, options);
      return new CaptionResult(answered(request, reply), reply);
    } catch (CaptionException e) {
      return new CaptionResult(
          failed(request, e, Duration.ofNanos(System.nanoTime() - start)), null);
    }
  }

  private CaptionRun answered(CaptionRequest request, CaptionReply reply) {
    return CaptionRun.builder(request.language(), clock.now())
        .rung(reply.rung().orElse(null))
        .provider(reply.provider().orElse(null))
        .model(reply.model())
        .cached(reply.isCached())
        .latency(reply.elapsed())
        .usage(reply.usage())
        .costUsd(reply.costUsd())
        .trail(reply.trail())
        .build();
  }

  private CaptionRun failed(CaptionRequest request, CaptionException failure, Duration latency) {
    List<Attempt> trail = failure.trail();
    return CaptionRun.builder(request.language(), clock.now())
        .latency(latency)
        .usage(trail.stream().map(Attempt::usage).reduce(Usage.NONE, Usage::plus))
        .costUsd(trail.stream().map(Attempt::costUsd).reduce(BigDecimal.ZERO, BigDecimal::add))
        .trail(trail)
        .failure(failure.reason(), failure.getMessage())
        .build();
  }
}
