package dev.cutline.cli;

import dev.cutline.ImageRecord;
import dev.cutline.Settings;
import dev.cutline.SettingsSource;
import dev.cutline.cli.output.JsonLine;
import dev.cutline.cli.output.Printable;
import dev.cutline.cli.output.RecordSheet;
import dev.cutline.cli.output.Result;
import dev.cutline.cli.output.Screen;
import dev.cutline.core.Cutline;
import dev.cutline.core.Upload;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command has, and what is made of them. */
@Command(
    name = "cutline",
    description = "Captions pictures.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    usageHelpAutoWidth = false,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "  0:all done",
      "  1:some pictures failed, the rest is done",
      "  2:wrong usage or settings",
      "  3:had to stop: disk full, store gone, budget spent, output lost",
      "130:interrupted",
      "141:whoever read the output had enough, as head has",
      "143:ended by SIGTERM, as after an interrupt"
    })
final class RootCommand implements Callable<Integer> {
  private static final String PREFIX = "cutline.";

  private final Surroundings surroundings;

  @Option(
      names = "--owner",
      paramLabel = "NAME",
      defaultValue = "local",
      scope = ScopeType.INHERIT,
      description = "Whose pictures (default: ${DEFAULT-VALUE}).")
  private String owner = "local";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "A file of settings, stronger than the one in the home.")
  private @Nullable Path config;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Log what happens, and print stack traces of errors.")
  private boolean verbose;

  private final Map<String, String> overrides = new LinkedHashMap<>();

  RootCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * Adds up what stands before and behind the name of the command; the last value of a key counts.
   */
  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      scope = ScopeType.INHERIT,
      description = "A setting, stronger than environment and files; may be repeated.")
  void set(@Nullable Map<String, String> values) {
    if (values != null) {
      overrides.putAll(values);
    }
  }

  /** Runs where no command is named. */
  @Override
  public Integer call() {
    throw new UsageException("name a command, such as caption or list; see 'cutline --help'");
  }

  Surroundings surroundings() {
    return surroundings;
  }

  Screen screen() {
    return surroundings.screen();
  }

  boolean isVerbose() {
    return verbose;
  }

  /** Returns whose pictures are meant; throws {@link UsageException} if nobody can be called so. */
  String owner() {
    try {
      return Upload.builder(owner, new byte[0]).build().owner();
    } catch (IllegalArgumentException e) {
      throw new UsageException("--owner: " + e.getMessage());
    }
  }

  /** Returns the settings: {@code --set}, environment, {@code --config}, the file in the home. */
  Settings settings() {
    Logging.verbose(verbose);
    for (String key : overrides.keySet()) {
      if (!key.startsWith(PREFIX)) {
        throw new UsageException(
            "--set "
                + key
                + ": every key starts with "
                + PREFIX
                + "; did you mean "
                + PREFIX
                + key
                + "?");
      }
    }
    return SettingsSource.ofProcess(overrides, config, surroundings.environment());
  }

  /** Returns the folder that holds what this installation keeps; it need not be there. */
  static Path home(Settings settings) {
    return Path.of(
        settings
            .find("cutline.home")
            .orElse(Path.of(System.getProperty("user.home"), ".cutline").toString()));
  }

  /** Opens everything that the settings name, wherever they come from; the caller closes it. */
  Cutline open() {
    return Cutline.from(settings());
  }

  /** Like {@link #open}, for a command that writes nothing: a home for reading only will do. */
  Cutline openToRead() {
    return Cutline.forReading(settings());
  }

  /** Prints a stored picture: all of it on a terminal, a line of JSON a language otherwise. */
  void print(Cutline cutline, ImageRecord record, boolean json) {
    List<String> stale = cutline.staleness(record).reasons();
    if (screen().showsResults() && !json) {
      RecordSheet.of(record, stale, screen().columns()).forEach(screen()::result);
    } else {
      Result.of(record).forEach(result -> screen().result(JsonLine.ofRecord(result, stale)));
    }
  }

  /** Tells that there is no such picture. */
  void notFound(String id) {
    screen().message(Printable.of(id) + ": there is no such picture; see 'cutline list'");
  }
}
