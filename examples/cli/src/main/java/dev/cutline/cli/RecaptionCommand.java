package dev.cutline.cli;

import dev.cutline.Settings;
import dev.cutline.cli.batch.CaptionJob;
import dev.cutline.cli.batch.Claims;
import dev.cutline.core.Cutline;
import dev.cutline.core.Recaption;
import dev.cutline.core.RecaptionSelection.Chosen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cutline recaption}: asks again. */
@Command(
    name = "recaption",
    description = {
      "Asks for captions of stored pictures again: of those with these ids, or of all that the"
          + " options choose.",
      "Texts of persons stay shown."
    })
final class RecaptionCommand implements Callable<Integer> {
  private final RootCommand root;

  @Parameters(paramLabel = "ID", arity = "0..*", description = "The ids of the pictures.")
  private List<String> ids = List.of();

  @Mixin private RecaptionOptions which = new RecaptionOptions();

  @Mixin private CaptionOptions captions = new CaptionOptions();

  @Mixin private BudgetOption budget = new BudgetOption();

  @Option(names = "--cached", description = "An earlier answer to the same question will do.")
  private boolean cached;

  @Option(
      names = "--resume",
      description = {
        "Go on with the last run of just these ids or options:",
        "what it has asked for is not asked for again, but for what failed."
      })
  private boolean resume;

  @Option(names = "--dry-run", description = "Only count, and estimate cost and time.")
  private boolean dryRun;

  RecaptionCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    if (ids.isEmpty() != which.isSet()) {
      throw new UsageException(
          "recaption: name ids, or say which captions: --model, --prompt-version, --provider,"
              + " --untouched, --status, --tag, …; --all for all of them");
    }
    Settings settings = root.settings();
    RecaptionMark mark = new RecaptionMark(RootCommand.home(settings), asked());
    Instant since = resume ? mark.begun().orElse(null) : null;
    try (Cutline cutline = Cutline.from(settings)) {
      CaptionOptions.checkSpoken(cutline, captions.namedLanguages());
      Recaption options =
          Recaption.builder()
              .styles(captions.namedStyles())
              .useCache(cached)
              .budget(budget.open(cutline, false))
              .build();
      if (dryRun) {
        return new DryRun(
                root.screen(), cutline.history(root.owner()), captions.concurrency(cutline))
            .stored(cutline, chosen(cutline, since), options);
      }
      if (since == null) {
        mark.begin();
      }
      int status = recaption(cutline, options, since, settings);
      return missing(cutline) && status == ExitStatus.DONE ? ExitStatus.SOME_FAILED : status;
    }
  }

  private int recaption(
      Cutline cutline, Recaption options, @Nullable Instant since, Settings settings) {
    CaptionJob.Wanted wanted =
        new CaptionJob.Wanted(
            root.owner(),
            captions.stylesOr(settings),
            captions.languagesOr(settings),
            List.of(),
            false,
            options.budget().orElse(null));
    Claims claims = Claims.ofProcess(root.surroundings().interruption());
    return new BatchRun(root, "--resume", options.budget().orElse(null))
        .run(
            new CaptionJob(cutline, wanted, false, false, claims),
            captions.concurrency(cutline),
            null,
            root.screen().showsMessages() || budget.isSet() ? count(cutline, since) : -1,
            batch -> {
              batch.chosen(chosen(cutline, since), options);
              return 0;
            },
            settings.find("cutline.providers").isPresent());
  }

  private long count(Cutline cutline, @Nullable Instant since) {
    long count = 0;
    for (Iterator<Chosen> all = chosen(cutline, since); all.hasNext(); all.next()) {
      count++;
    }
    return count;
  }

  private Iterator<Chosen> chosen(Cutline cutline, @Nullable Instant since) {
    String owner = root.owner();
    List<String> languages = captions.namedLanguages();
    if (ids.isEmpty()) {
      return which.chosen(cutline, owner, languages, since);
    }
    return which.chosen(
        cutline,
        distinctIds().stream().flatMap(id -> cutline.find(owner, id).stream()),
        owner,
        languages,
        since);
  }

  /** Tells of ids that nobody knows. */
  private boolean missing(Cutline cutline) {
    List<String> missing = new ArrayList<>();
    for (String id : distinctIds()) {
      if (cutline.find(root.owner(), id).isEmpty()) {
        missing.add(id);
      }
    }
    missing.forEach(root::notFound);
    return !missing.isEmpty();
  }

  private Set<String> distinctIds() {
    return new LinkedHashSet<>(ids);
  }

  /** Returns all that tells this run from others. */
  private String asked() {
    return String.join(
        "\n",
        root.owner(),
        String.join(",", ids),
        which.toString(),
        captions.namedStyles().toString(),
        captions.namedLanguages().toString());
  }
}
