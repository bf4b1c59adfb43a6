package dev.cutline.core;

import dev.cutline.CaptionReply;
import dev.cutline.CaptionRun;
import dev.cutline.CaptionStyle;
import dev.cutline.CaptionVersion;
import dev.cutline.CaptionVersion.Author;
import dev.cutline.ImageRecord;
import dev.cutline.StoreException;
import dev.cutline.StoreException.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes what captioning gave to the record as it is by then: a person may have edited it
 * meanwhile, or deleted it. What the store does not take is kept elsewhere, because it was paid
 * for. Thread-safe.
 */
final class CaptionWriter {
  /** Digits after the point that stores keep of an amount. */
  private static final int CENTS = 9;

  private final Catalogue catalogue;
  private final CaptionRules rules;
  private final Review review;
  private final Freshness freshness;
  private final StoreRetry retry;
  private final UnwrittenCaptions unwritten;

  CaptionWriter(
      Catalogue catalogue,
      CaptionRules rules,
      Review review,
      Freshness freshness,
      StoreRetry retry,
      UnwrittenCaptions unwritten) {
    this.catalogue = catalogue;
    this.rules = rules;
    this.review = review;
    this.freshness = freshness;
    this.retry = retry;
    this.unwritten = unwritten;
  }

  /**
   * Adds versions, runs, labels and notes, and marks what a person should look at.
   *
   * @param styles that were asked for; those that the record did not want yet are added to it
   * @throws NotFoundException if the picture was deleted meanwhile
   * @throws CaptionsNotWrittenException if the store failed, in whatever way, and somebody has
   *     answered
   * @throws StoreException if the store failed and nobody has
   */
  ImageRecord write(
      ImageRecord asked,
      Set<CaptionStyle> styles,
      List<CaptionResult> results,
      LabelStep.Result labels) {
    Unwritten captions = new Unwritten(asked.owner(), asked.id(), styles, results, labels);
    if (!captions.isAnswered()) {
      return writeNow(asked, captions);
    }
    // Whoever is to stop has paid by now; stores give up when they see an interrupt.
    boolean interrupted = Thread.interrupted();
    try {
      return retry.run(again -> again ? writeLate(captions) : writeNow(asked, captions));
    } catch (NotFoundException e) {
      throw e;
    } catch (RuntimeException e) { // a store of somebody else's may throw anything
      interrupted |= Thread.interrupted();
      boolean kept = unwritten.keep(captions);
      throw new CaptionsNotWrittenException(
          merged(asked, captions, false).record(), kept, kind(e), e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Writes captions that could not be written when they came, or whose writer was not told that
   * they were. What has come since stays shown.
   *
   * @throws NotFoundException if the picture was deleted meanwhile
   * @throws StoreException if the store fails
   */
  ImageRecord writeLate(Unwritten captions) {
    return catalogue.change(
        captions.owner(),
        captions.imageId(),
        change ->
            isThere(change.record(), captions) ? change : merged(change.record(), captions, true));
  }

  private ImageRecord writeNow(ImageRecord asked, Unwritten captions) {
    return catalogue.change(asked, change -> merged(change.record(), captions, false));
  }

  private static Kind kind(RuntimeException e) {
    return e instanceof StoreException failure ? failure.kind() : Kind.UNAVAILABLE;
  }

  /** A record has all runs of one writing or none of them, until newer ones take their place. */
  private static boolean isThere(ImageRecord current, Unwritten captions) {
    return captions.results().stream()
        .map(CaptionResult::run)
        .anyMatch(run -> current.run(run.language()).filter(r -> isSame(r, run)).isPresent());
  }

  private static boolean isSame(CaptionRun stored, CaptionRun run) {
    return stored.at().equals(run.at())
        && stored.latency().toMillis() == run.latency().toMillis()
        && stored.rung().equals(run.rung());
  }

  /**
   * Returns the record with captions.
   *
   * @param late whether somebody may have asked again since: then theirs stay shown. Otherwise the
   *     clock is not asked: it may have been set back
   */
  private Catalogue.Change merged(ImageRecord current, Unwritten captions, boolean late) {
    List<CaptionVersion> added = new ArrayList<>();
    List<CaptionVersion> shown = new ArrayList<>();
    List<CaptionResult> newer = new ArrayList<>();
    for (CaptionResult result : captions.results()) {
      List<CaptionVersion> versions = versions(current, result, added.size());
      added.addAll(versions);
      if (!late || !isOutdated(current, result)) {
        shown.addAll(versions);
        newer.add(result);
      }
    }
    LabelStep.Result labels = newer.isEmpty() ? LabelStep.Result.NONE : captions.labels();
    ImageRecord record =
        labels
            .applyTo(current)
            .languages(union(current.languages(), languages(captions)))
            .styles(Set.copyOf(union(List.copyOf(current.styles()), captions.styles())))
            .runs(withNewer(current.runs(), newer))
            .build();
    ImageRecord captioned =
        rules.apply(record, shown).toBuilder()
            .lastCaptionNumber(current.lastCaptionNumber() + added.size())
            .build();
    return new Catalogue.Change(review.judged(current, captioned), added);
  }

  private static boolean isOutdated(ImageRecord current, CaptionResult result) {
    return current
        .run(result.run().language())
        .filter(run -> run.at().isAfter(result.run().at()))
        .isPresent();
  }

  private static List<String> languages(Unwritten captions) {
    return captions.results().stream().map(result -> result.run().language()).toList();
  }

  /**
   * Returns the versions that an answer makes; none if nobody has answered.
   *
   * @param before how many others are added before them
   */
  private List<CaptionVersion> versions(ImageRecord current, CaptionResult result, int before) {
    CaptionReply reply = result.reply();
    List<CaptionVersion> added = new ArrayList<>();
    if (reply == null) {
      return added;
    }
    CaptionRun run = result.run();
    BigDecimal left = reply.costUsd();
    int texts = reply.texts().size();
    for (Map.Entry<CaptionStyle, String> text : reply.texts().entrySet()) {
      // The shares sum up to the cost: the last one takes what rounding has left.
      BigDecimal share =
          texts == 1 ? left : left.divide(BigDecimal.valueOf(texts), CENTS, RoundingMode.DOWN);
      left = left.subtract(share);
      texts--;
      CaptionVersion version =
          CaptionVersion.builder(
                  current.lastCaptionNumber() + before + added.size() + 1,
                  text.getKey(),
                  run.language(),
                  text.getValue(),
                  Author.MODEL)
              .decorative(reply.isDecorative())
              .rung(reply.rung().orElse(null))
              .provider(reply.provider().orElse(null))
              .model(reply.model())
              .promptVersion(reply.promptVersion().orElse(null))
              .origin(reply.rung().flatMap(freshness::origin).orElse(null))
              .costUsd(share)
              .createdAt(run.at())
              .reusedFrom(reply.reusedFrom().orElse(null))
              .build();
      if (!repeats(current, version, reply)) {
        added.add(version);
      }
    }
    return added;
  }

  /** An earlier answer, used again, that says what is shown already is no news. */
  private static boolean repeats(ImageRecord current, CaptionVersion version, CaptionReply reply) {
    Optional<CaptionVersion> shown = current.caption(version.style(), version.language());
    return reply.isCached()
        && shown
            .filter(
                s ->
                    s.author() == Author.MODEL
                        && s.text().equals(version.text())
                        && s.provider().equals(version.provider())
                        && s.model().equals(version.model())
                        && s.origin().equals(version.origin()))
            .isPresent();
  }

  private static List<CaptionRun> withNewer(List<CaptionRun> runs, List<CaptionResult> results) {
    List<CaptionRun> all = new ArrayList<>(runs);
    for (CaptionResult result : results) {
      all.removeIf(run -> run.language().equals(result.run().language()));
      all.add(result.run());
    }
    return all;
  }

  private static <T> List<T> union(List<T> some, Collection<T> others) {
    Set<T> all = new LinkedHashSet<>(some);
    all.addAll(others);
    return List.copyOf(all);
  }
}
