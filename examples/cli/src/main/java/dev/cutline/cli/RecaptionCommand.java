package dev.cutline.cli;

import dev.cutline.ImageRecord;
import dev.cutline.Settings;
import dev.cutline.cli.batch.CaptionJob;
import dev.cutline.cli.batch.Claims;
import dev.cutline.core.Cutline;
import dev.cutline.core.Recaption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cutline recaption}: asks again. */
@Command(
    name = "recaption",
    description = "Asks for captions of stored pictures again. Texts of persons stay shown.")
final class RecaptionCommand implements Callable<Integer> {
  private final RootCommand root;

  @Parameters(paramLabel = "ID", arity = "1..*", description = "The ids of the pictures.")
  private List<String> ids = List.of();

  @Mixin private CaptionOptions captions = new CaptionOptions();

  @Option(names = "--cached", description = "An earlier answer to the same question will do.")
  private boolean cached;

  RecaptionCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    String owner = root.owner();
    Settings settings = root.settings();
    Recaption options =
        Recaption.builder()
            .styles(captions.namedStyles())
            .languages(captions.namedLanguages())
            .useCache(cached)
            .build();
    CaptionJob.Wanted wanted =
        new CaptionJob.Wanted(
            owner, captions.stylesOr(settings), captions.languagesOr(settings), List.of(), false);
    try (Cutline cutline = Cutline.from(settings)) {
      CaptionOptions.checkSpoken(cutline, captions.namedLanguages());
      List<ImageRecord> records = new ArrayList<>();
      for (String id : new LinkedHashSet<>(ids)) {
        cutline.find(owner, id).ifPresentOrElse(records::add, () -> root.notFound(id));
      }
      int status = recaption(cutline, wanted, records, options, settings);
      boolean someMissing = records.size() < new LinkedHashSet<>(ids).size();
      return someMissing && status == ExitStatus.DONE ? ExitStatus.SOME_FAILED : status;
    }
  }

  private int recaption(
      Cutline cutline,
      CaptionJob.Wanted wanted,
      List<ImageRecord> records,
      Recaption options,
      Settings settings) {
    return new BatchRun(root)
        .run(
            new CaptionJob(
                cutline,
                wanted,
                false,
                false,
                Claims.ofProcess(root.surroundings().interruption())),
            captions.concurrency(cutline),
            null,
            records.size(),
            batch -> {
              batch.stored(records.iterator(), options);
              return 0;
            },
            settings.find("cutline.providers").isPresent());
  }
}
