package dev.cutline.cli;

import dev.cutline.Settings;
import dev.cutline.core.Cutline;
import dev.cutline.core.Doctor;
import dev.cutline.jdbc.JdbcSchema;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code cutline init}: makes what the settings name, or takes the last change of the schema back.
 */
@Command(
    name = "init",
    description = {
      "Creates what the settings name and is missing: folders, database, schema.",
      "Other commands do so too; this one does nothing else. What they do not make is a bucket and a"
          + " table: --aws makes them, for development."
    })
final class InitCommand implements Callable<Integer> {
  private static final String BUCKET = "cutline.images.s3.bucket";
  private static final String TABLE = "cutline.records.dynamodb.table";
  private static final String URL = "cutline.records.jdbc.url";

  private final RootCommand root;

  @Option(
      names = "--undo",
      description =
          "Takes the last change of the database schema back, for going back to an older Cutline.")
  private boolean undo;

  @Option(
      names = "--lose-data",
      description = {
        "With --undo: also where that loses records, captions or what was counted.",
        "The pictures stay, but nobody knows them any more: 'delete-all' is for deleting."
      })
  private boolean loseData;

  @Option(
      names = "--aws",
      description = {
        "First makes the bucket of cutline.images.s3.bucket (encrypted, closed to the public, without"
            + " old versions, ending unfinished uploads after a day) and the table of"
            + " cutline.records.dynamodb.table (paid by the request), if they are missing.",
        "What is there stays as it is, and is left alone if it belongs to another"
            + " cutline.environment, which both remember.",
        "In production, have them made by infrastructure as code."
      })
  private boolean aws;

  InitCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    Settings settings = root.settings();
    if (undo && aws) {
      throw new UsageException("init --undo: goes without --aws; what it made stays");
    }
    if (undo) {
      return undo(settings);
    }
    if (loseData) {
      throw new UsageException("init --lose-data: goes with --undo; nothing else loses anything");
    }
    if (aws && !prepare(settings)) {
      return ExitStatus.USAGE;
    }
    Cutline.from(settings).close();
    root.screen().message("Everything that the settings name is there.");
    return ExitStatus.DONE;
  }

  private boolean prepare(Settings settings) {
    if (settings.find(BUCKET).isEmpty() && settings.find(TABLE).isEmpty()) {
      throw new UsageException(
          "init --aws: set " + BUCKET + " or " + TABLE + ", or both, to names of your own");
    }
    FindingPrinter printer = new FindingPrinter(root.screen(), false);
    boolean made = Doctor.of(settings).prepare(printer::print);
    printer.end();
    return made;
  }

  private int undo(Settings settings) {
    String records = settings.find("cutline.records").orElse("jdbc");
    if (!records.equals("jdbc")) {
      throw new UsageException(
          "init --undo: cutline.records is " + records + ", which has no schema");
    }
    try {
      OptionalInt left = JdbcSchema.of(url(settings)).undo(loseData);
      root.screen()
          .message(
              left.isEmpty()
                  ? "There is nothing to undo: there is no schema."
                  : "The schema is at version " + left.getAsInt() + " now.");
      return ExitStatus.DONE;
    } catch (IllegalStateException e) {
      throw new UsageException(
          "init --undo: " + e.getMessage() + "; add --lose-data if you mean it");
    }
  }

  private static String url(Settings settings) {
    return settings
        .find(URL)
        .orElseGet(
            () -> {
              String home =
                  settings
                      .find("cutline.home")
                      .orElse(Path.of(System.getProperty("user.home"), ".cutline").toString());
              return "jdbc:sqlite:" + Path.of(home, "cutline.db");
            });
  }
}
