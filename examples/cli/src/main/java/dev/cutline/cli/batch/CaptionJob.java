package dev.cutline.cli.batch;

import dev.cutline.CaptionRun;
import dev.cutline.CaptionState;
import dev.cutline.CaptionStyle;
import dev.cutline.ImageRecord;
import dev.cutline.ImageRejectedException;
import dev.cutline.RateLimitedException;
import dev.cutline.Reason;
import dev.cutline.RecordQuery;
import dev.cutline.StoreException;
import dev.cutline.cli.input.Input;
import dev.cutline.cli.input.PathExpander;
import dev.cutline.cli.input.RawNames;
import dev.cutline.cli.output.Result;
import dev.cutline.core.CaptionsNotWrittenException;
import dev.cutline.core.Cutline;
import dev.cutline.core.Estimate;
import dev.cutline.core.NotFoundException;
import dev.cutline.core.Recaption;
import dev.cutline.core.RungHistory;
import dev.cutline.core.Upload;
import dev.cutline.core.money.RunBudget;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Captions one picture after the other on any number of threads, and makes an {@link Outcome} of
 * whatever happens: what is wrong with one picture is told with it and does not stop the others;
 * what is wrong with a store does.
 */
public final class CaptionJob {
  private static final int MOST_COPIES = 100;

  private final Cutline cutline;
  private final Wanted wanted;
  private final boolean resume;
  private final boolean retryFailed;
  private final Claims claims;
  private final boolean modelNamed;

  /**
   * Makes a job.
   *
   * @param resume whether files that have their captions are left alone
   * @param retryFailed whether files that are stored without captions are taken up; without {@code
   *     resume} only they are
   * @param claims keep what is known by its content from being done twice at once
   */
  public CaptionJob(
      Cutline cutline, Wanted wanted, boolean resume, boolean retryFailed, Claims claims) {
    this.cutline = cutline;
    this.wanted = wanted;
    this.resume = resume;
    this.retryFailed = retryFailed;
    this.claims = claims;
    this.modelNamed = cutline.rungs().stream().anyMatch(rung -> rung.capabilities().isModel());
  }

  /**
   * What the user wants of every picture. Languages and styles are never empty.
   *
   * @param budget what all of them together may cost; null: no limit
   */
  public record Wanted(
      String owner,
      Set<CaptionStyle> styles,
      List<String> languages,
      List<String> tags,
      boolean localOnly,
      @Nullable RunBudget budget) {}

  /** Captions a file. */
  Outcome file(Input input) {
    Optional<Path> path = input.path();
    if (path.isEmpty()) {
      return rejected(input.name(), null, Reason.INVALID_IMAGE, input.problem().orElse(""));
    }
    return guarded(input.name(), path.get(), () -> file(input.name(), path.get()));
  }

  /**
   * Estimates what a file would take; empty if it would be left alone.
   *
   * @param history tells how long the rungs usually take
   * @throws ImageRejectedException if it would be refused
   * @throws UncheckedIOException if it cannot be read
   */
  public Optional<Estimate> estimate(Path path, Map<String, RungHistory> history) {
    boolean leftAlone = resume && copies(FileHash.sha256(path)).stream().anyMatch(this::isDone);
    return leftAlone ? Optional.empty() : Optional.of(cutline.estimate(upload(path), history));
  }

  /** Captions a stored picture again. */
  Outcome stored(ImageRecord record, Recaption options) {
    String name = record.fileName().orElse(record.id());
    List<String> languages =
        options.languages().isEmpty() ? record.languages() : options.languages();
    Supplier<Outcome> work =
        () -> outcome(cutline.recaption(record.owner(), record.id(), options), languages, name);
    return guarded(
        name,
        null,
        () ->
            retryFailed
                ? claims.alone(
                    record.owner(),
                    record.sha256(),
                    () -> settled(record, languages, name).orElseGet(work))
                : work.get());
  }

  /** Returns the outcome for a failed picture that somebody else has seen to meanwhile. */
  private Optional<Outcome> settled(ImageRecord failed, List<String> languages, String name) {
    return cutline
        .find(failed.owner(), failed.id())
        .filter(now -> !isFailed(now))
        .map(now -> Outcome.before(Result.of(now, languages, name)));
  }

  private Outcome file(String name, Path path) {
    if (!resume && !retryFailed) {
      return takeIn(name, path);
    }
    String sha256 = FileHash.sha256(path);
    return claims.alone(
        wanted.owner(),
        sha256,
        () -> {
          Outcome before = takeUp(name, sha256);
          return before == null ? takeIn(name, path) : before;
        });
  }

  private Outcome takeIn(String name, Path path) {
    return outcome(cutline.upload(upload(path)), wanted.languages(), name);
  }

  private Upload upload(Path path) {
    return Upload.builder(wanted.owner(), path)
        .fileName(RawNames.of(path.getFileName()))
        .styles(wanted.styles())
        .languages(wanted.languages())
        .tags(wanted.tags())
        .localOnly(wanted.localOnly())
        .budget(wanted.budget())
        .build();
  }

  /** Returns the outcome for a file that was seen before, or null if it has to be taken in. */
  private @Nullable Outcome takeUp(String name, String sha256) {
    List<ImageRecord> copies = copies(sha256);
    Optional<ImageRecord> done = copies.stream().filter(this::isDone).findFirst();
    Optional<ImageRecord> taken =
        takeUp(copies.stream().filter(copy -> !isDone(copy) && mayBeTakenUp(copy)).toList());
    if (done.isPresent()) {
      return Outcome.before(Result.of(done.get(), wanted.languages(), name));
    }
    if (taken.isPresent()) {
      return outcome(taken.get(), wanted.languages(), name);
    }
    return resume ? null : Outcome.leftOut();
  }

  /**
   * Captions records of one content, taken in apart, and returns the first as it is then. The
   * answer to the first is remembered for the others; where there is none, they are not asked for
   * either.
   */
  private Optional<ImageRecord> takeUp(List<ImageRecord> open) {
    ImageRecord first = null;
    for (ImageRecord copy : open) {
      List<String> missing =
          wanted.languages().stream().filter(language -> lacks(copy, language)).toList();
      ImageRecord now = recaption(copy, missing);
      first = first == null ? now : first;
      if (!isDone(now)) {
        break;
      }
    }
    return Optional.ofNullable(first);
  }

  /** Returns the stored pictures with a content, newest first. */
  private List<ImageRecord> copies(String sha256) {
    RecordQuery.Builder sameContent =
        RecordQuery.builder(wanted.owner()).sha256(sha256).limit(MOST_COPIES);
    return cutline.query(sameContent.build()).items();
  }

  private boolean isDone(ImageRecord record) {
    boolean settled =
        record.captionState() == CaptionState.CAPTIONED
            || record.captionState() == CaptionState.DESCRIBED && !modelNamed;
    return settled && wanted.languages().stream().noneMatch(language -> lacks(record, language));
  }

  private boolean mayBeTakenUp(ImageRecord record) {
    // A picture that may go to remote rungs stays so; who wants it local now has to take it in
    // anew.
    boolean samePrivacy = record.isLocalOnly() == wanted.localOnly();
    return samePrivacy && (resume || isFailed(record));
  }

  private static boolean isFailed(ImageRecord record) {
    return record.captionState() == CaptionState.FAILED
        || record.captionState() == CaptionState.PENDING;
  }

  private boolean lacks(ImageRecord record, String language) {
    boolean onlyDescribed = modelNamed && record.captionState() == CaptionState.DESCRIBED;
    return onlyDescribed
        || wanted.styles().stream().anyMatch(style -> record.caption(style, language).isEmpty());
  }

  private ImageRecord recaption(ImageRecord record, List<String> languages) {
    Recaption options =
        Recaption.builder()
            .styles(wanted.styles())
            .languages(languages)
            .useCache(true)
            .budget(wanted.budget())
            .build();
    return cutline.recaption(record.owner(), record.id(), options);
  }

  private Outcome outcome(ImageRecord record, List<String> languages, String name) {
    List<Result> results = Result.of(record, languages, name);
    return results.stream().anyMatch(CaptionJob::isBroke)
        ? Outcome.stop(results, Stop.ofBudget(wanted.budget()))
        : Outcome.of(results);
  }

  private static boolean isBroke(Result result) {
    return result.reason().filter(Reason.BUDGET_SPENT::equals).isPresent();
  }

  private Outcome guarded(String name, @Nullable Path path, Supplier<Outcome> work) {
    try {
      return work.get();
    } catch (ImageRejectedException e) {
      return rejected(name, path, e.reason(), message(e));
    } catch (RateLimitedException e) {
      return rejected(name, path, Reason.RATE_LIMITED, message(e));
    } catch (UncheckedIOException e) {
      return rejected(name, null, Reason.INVALID_IMAGE, PathExpander.whyUnreadable(e.getCause()));
    } catch (CaptionsNotWrittenException e) {
      // They are paid for, and the picture is stored: so they stand in the results.
      return Outcome.stop(Result.of(e.record(), languages(e.record()), name), Stop.of(e));
    } catch (StoreException e) {
      return Outcome.stop(List.of(), Stop.of(e));
    } catch (NotFoundException e) {
      return Outcome.leftOut(); // somebody deleted it while it was at work
    } catch (RuntimeException e) {
      // A defect of ours, or of a provider: told with the picture that met it, and the others go
      // on.
      return rejected(name, path, Reason.INTERNAL, "unexpected " + e).because(e);
    }
  }

  /** Returns the languages of which the last asking told. */
  private static List<String> languages(ImageRecord record) {
    return record.runs().stream().map(CaptionRun::language).toList();
  }

  private Outcome rejected(String name, @Nullable Path path, Reason reason, String message) {
    return Outcome.of(
        List.of(Result.rejected(name, wanted.owner(), hashOf(path), reason, message)));
  }

  private static @Nullable String hashOf(@Nullable Path path) {
    try {
      return path == null ? null : FileHash.sha256(path);
    } catch (UncheckedIOException e) {
      return null; // it could be read a moment ago; its line does without
    }
  }

  private static String message(RuntimeException e) {
    return Objects.requireNonNullElseGet(e.getMessage(), e::toString);
  }
}
