package dev.cutline.cli.output;

import dev.cutline.CaptionRun;
import dev.cutline.CaptionState;
import dev.cutline.CaptionStyle;
import dev.cutline.CaptionVersion;
import dev.cutline.ImageRecord;
import dev.cutline.Reason;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What became of one picture in one language: a JSON line, or a row of a table. */
public final class Result {
  private final String file;
  private final String owner;
  private final @Nullable ImageRecord record;
  private final @Nullable String language;
  private final @Nullable String sha256;
  private final @Nullable Reason reason;
  private final @Nullable String message;

  private Result(
      String file,
      String owner,
      @Nullable ImageRecord record,
      @Nullable String language,
      @Nullable String sha256,
      @Nullable Reason reason,
      @Nullable String message) {
    this.file = file;
    this.owner = owner;
    this.record = record;
    this.language = language;
    this.sha256 = sha256;
    this.reason = reason;
    this.message = message;
  }

  /** Returns the result of a stored picture in a language. */
  public static Result of(ImageRecord record, String language, String file) {
    Optional<CaptionRun> failed = record.run(language).filter(run -> run.failure().isPresent());
    return new Result(
        file,
        record.owner(),
        record,
        language,
        record.sha256(),
        failed.flatMap(CaptionRun::failure).orElse(null),
        failed.flatMap(CaptionRun::message).orElse(null));
  }

  /** Returns one result for each of the given languages. */
  public static List<Result> of(ImageRecord record, List<String> languages, String file) {
    return languages.stream().map(language -> of(record, language, file)).toList();
  }

  /**
   * Returns one result for each language that a stored picture has, under the name it was given
   * with.
   */
  public static List<Result> of(ImageRecord record) {
    return of(record, record.languages(), record.fileName().orElse(""));
  }

  /** Returns the result of a file that was refused; the hash is null if it could not be read. */
  public static Result rejected(
      String file, String owner, @Nullable String sha256, Reason reason, String message) {
    return new Result(file, owner, null, null, sha256, reason, message);
  }

  /** Returns this result with another path. */
  public Result under(String path) {
    return new Result(path, owner, record, language, sha256, reason, message);
  }

  /** Returns the path as given. */
  public String file() {
    return file;
  }

  public String owner() {
    return owner;
  }

  /** Returns the record; empty if the file was refused. */
  public Optional<ImageRecord> record() {
    return Optional.ofNullable(record);
  }

  /** Returns the language of the texts; empty if the file was refused. */
  public Optional<String> language() {
    return Optional.ofNullable(language);
  }

  /** Returns the SHA-256 of the file as given; empty if it could not be read. */
  public Optional<String> sha256() {
    return Optional.ofNullable(sha256);
  }

  /** Returns why there is no caption, or no new one. */
  public Optional<Reason> reason() {
    return Optional.ofNullable(reason);
  }

  /** Returns what went wrong, in a line. */
  public Optional<String> message() {
    return Optional.ofNullable(message);
  }

  /** Returns the text of a style that is shown now; empty if there is none. */
  public Optional<String> text(CaptionStyle style) {
    return version(style).map(CaptionVersion::text);
  }

  private Optional<CaptionVersion> version(CaptionStyle style) {
    return record == null || language == null ? Optional.empty() : record.caption(style, language);
  }

  /** Returns where the texts that are shown come from, each origin once. */
  List<Origin> origins() {
    return Stream.of(CaptionStyle.values())
        .flatMap(style -> version(style).stream())
        .map(Origin::of)
        .distinct()
        .toList();
  }

  /** Returns the run that ended last in this language; empty if none did. */
  public Optional<CaptionRun> run() {
    return record == null || language == null ? Optional.empty() : record.run(language);
  }

  /**
   * Returns what became of it. Where every rung failed for a reason that passes, the record waits
   * as {@link CaptionState#PENDING} for somebody to try again; nobody does by himself here, so it
   * says failed. What another language lacks is told with that one.
   */
  public Status status() {
    if (record == null) {
      return Status.REJECTED;
    }
    List<Origin> origins = origins();
    if (reason != null && origins.isEmpty()) {
      return Status.FAILED;
    }
    return switch (record.captionState()) {
      case CAPTIONED -> Status.CAPTIONED;
      case DESCRIBED -> Status.DESCRIBED;
      case PENDING -> origins.isEmpty() ? Status.PENDING : ofTexts(origins);
      case FAILED -> origins.isEmpty() ? Status.FAILED : ofTexts(origins);
    };
  }

  private static Status ofTexts(List<Origin> origins) {
    boolean byRule = origins.stream().allMatch(origin -> origin.kind() == Origin.Kind.RULE);
    return byRule ? Status.DESCRIBED : Status.CAPTIONED;
  }
}
