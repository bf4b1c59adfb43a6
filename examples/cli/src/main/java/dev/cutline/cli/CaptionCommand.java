package dev.cutline.cli;

import dev.cutline.CaptionStyle;
import dev.cutline.RecordQuery;
import dev.cutline.Settings;
import dev.cutline.cli.batch.Batch;
import dev.cutline.cli.batch.CaptionJob;
import dev.cutline.cli.batch.Claims;
import dev.cutline.cli.batch.Interruption;
import dev.cutline.cli.batch.JsonlFile;
import dev.cutline.cli.input.PathExpander;
import dev.cutline.cli.input.RawNames;
import dev.cutline.cli.output.Printable;
import dev.cutline.core.Cutline;
import dev.cutline.core.Recaption;
import dev.cutline.core.Upload;
import dev.cutline.core.money.RunBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cutline caption}: takes pictures in and captions them. */
@Command(
    name = "caption",
    description = {
      "Captions pictures and stores them.",
      "Results come in the order of the input: a table on a terminal, JSON Lines otherwise."
    })
final class CaptionCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  private final RootCommand root;

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description =
          "Files, folders (their direct children), globs; - for a list on standard input.")
  private List<String> paths = List.of();

  @Mixin private CaptionOptions captions = new CaptionOptions();

  @Option(
      names = {"-0", "--null"},
      description = "Names on standard input end in a NUL, as find -print0 writes them.")
  private boolean byNul;

  @Option(names = "-r", description = "Take all pictures below a folder, not only its children.")
  private boolean recursive;

  @Option(names = "--tag", paramLabel = "TAG", description = "A tag for each; may be repeated.")
  private List<String> tags = List.of();

  @Option(names = "--labels", description = "Look for labels too (default: cutline.labels).")
  private boolean labels;

  @Option(names = "--local-only", description = "Show the pictures to rungs on this machine only.")
  private boolean localOnly;

  @Option(
      names = "--out",
      paramLabel = "FILE.jsonl",
      description = "Write JSON Lines to this file instead of results to standard output.")
  private @Nullable Path out;

  @Option(
      names = "--resume",
      description = {
        "Skip files that have these captions already, and copies of one that is at work.",
        "Adds to --out what it lacks."
      })
  private boolean resume;

  @Option(
      names = "--retry-failed",
      description = {
        "Try again what is stored without captions: all, or the files among PATH.",
        "Adds to --out what it lacks."
      })
  private boolean retryFailed;

  @Mixin private BudgetOption budget = new BudgetOption();

  @Option(names = "--dry-run", description = "Only count, and estimate cost and time.")
  private boolean dryRun;

  CaptionCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws IOException {
    checkPaths();
    Settings settings =
        labels
            ? root.settings().withDefaults(Map.of("cutline.labels", "rekognition"))
            : root.settings();
    Set<CaptionStyle> styles = captions.stylesOr(settings);
    List<String> languages = captions.languagesOr(settings);
    List<String> checkedTags = checkedTags();
    try (Cutline cutline = Cutline.from(settings);
        Claims claims = claims(settings)) {
      CaptionJob.Wanted wanted =
          new CaptionJob.Wanted(
              root.owner(),
              styles,
              languages,
              checkedTags,
              localOnly,
              budget.open(cutline, localOnly));
      CaptionOptions.checkSpoken(
          cutline, paths.isEmpty() ? captions.namedLanguages() : wanted.languages());
      CaptionJob job = new CaptionJob(cutline, wanted, resume, retryFailed, claims);
      if (dryRun) {
        try (PathExpander files = files()) {
          return new DryRun(
                  root.screen(), cutline.history(root.owner()), captions.concurrency(cutline))
              .files(files, job);
        }
      }
      boolean modelNamed = settings.find("cutline.providers").isPresent();
      return caption(cutline, job, wanted.budget(), modelNamed);
    }
  }

  /** Only what is known by its content can be left to another process. */
  private Claims claims(Settings settings) {
    Interruption interruption = root.surroundings().interruption();
    if (dryRun || !resume && !retryFailed) {
      return Claims.ofProcess(interruption);
    }
    Path home = RootCommand.home(settings);
    try {
      return Claims.ofHome(home, interruption);
    } catch (IOException e) {
      throw new UsageException(
          "cutline.home: "
              + home
              + " cannot be written to ("
              + Unwritable.why(e)
              + "); check who may write there and how much space is left");
    }
  }

  private int caption(Cutline cutline, CaptionJob job, @Nullable RunBudget from, boolean modelNamed)
      throws IOException {
    BatchRun run = new BatchRun(root, "--retry-failed", from);
    int concurrency = captions.concurrency(cutline);
    try (JsonlFile lines = openOut()) {
      return paths.isEmpty()
          ? run.run(job, concurrency, lines, -1, batch -> again(batch, cutline, from), modelNamed)
          : run.run(job, concurrency, lines, count(), this::captionFiles, modelNamed);
    }
  }

  private long captionFiles(Batch batch) {
    try (PathExpander files = files()) {
      batch.files(files);
      return files.skipped();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long again(Batch batch, Cutline cutline, @Nullable RunBudget from) {
    Recaption options =
        Recaption.builder()
            .styles(captions.namedStyles())
            .languages(captions.namedLanguages())
            .useCache(true)
            .budget(from)
            .build();
    RecordQuery all = RecordQuery.builder(root.owner()).build();
    List<RecordQuery> open =
        StatusFilter.FAILED.states().stream()
            .map(state -> all.toBuilder().captionState(state).build())
            .toList();
    batch.stored(Records.of(cutline, open, record -> true), options);
    return 0;
  }

  private PathExpander files() {
    return new PathExpander(paths, recursive, root.surroundings().in(), byNul);
  }

  /**
   * Goes through the folders once more, where somebody sees a bar, or wants to know what a budget
   * left over.
   */
  private long count() throws IOException {
    boolean wanted = root.screen().showsMessages() || budget.isSet();
    if (!wanted || paths.contains(STANDARD_INPUT)) {
      return -1;
    }
    try (PathExpander files = files()) {
      long count = 0;
      while (files.hasNext()) {
        files.next();
        count++;
      }
      return count;
    }
  }

  private @Nullable JsonlFile openOut() {
    if (out == null) {
      return null;
    }
    try {
      return resume || retryFailed ? JsonlFile.append(out) : JsonlFile.create(out);
    } catch (IOException e) {
      throw new UsageException(
          "--out " + out + ": cannot be written to (" + Unwritable.why(e) + "); name another file");
    }
  }

  private void checkPaths() {
    if (paths.isEmpty() && !retryFailed) {
      throw new UsageException(
          "caption: name files or folders to caption, or - for a list on standard input;"
              + " see 'cutline caption --help'");
    }
    if (byNul && !paths.contains(STANDARD_INPUT)) {
      throw new UsageException("caption --null: goes with -, for names on standard input");
    }
    if (paths.isEmpty() && (dryRun || resume)) {
      throw new UsageException("caption: --dry-run and --resume need files or folders");
    }
    boolean lost = RawNames.isDamaged(Path.of("").toAbsolutePath().toString());
    if (lost && paths.stream().anyMatch(path -> !path.startsWith("/"))) {
      throw new UsageException(
          "caption: the name of the folder that you are in is no UTF-8, and Java finds nothing from"
              + " there; go to another one, or name files by their whole paths");
    }
    String unreadable = PathExpander.unreadableFolder(paths);
    if (unreadable != null) {
      throw new UsageException(
          Printable.of(unreadable) + ": the folder cannot be read; check its permissions");
    }
  }

  /** Checks the tags before the first picture, not with each. */
  private List<String> checkedTags() {
    try {
      return Upload.builder(root.owner(), new byte[0]).tags(tags).build().tags();
    } catch (IllegalArgumentException e) {
      throw new UsageException("--tag: " + e.getMessage());
    }
  }
}
