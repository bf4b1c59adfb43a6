package dev.cutline.cli;

import dev.cutline.InvalidSettingsException;
import dev.cutline.StoreException;
import dev.cutline.VersionConflictException;
import dev.cutline.cli.batch.Stop;
import dev.cutline.cli.output.Printable;
import dev.cutline.cli.output.Screen;
import dev.cutline.core.NotFoundException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs one command in given surroundings and makes an exit status of whatever happens. */
final class CommandLineRunner {
  private final Screen screen;
  private final RootCommand root;
  private final StringWriter help = new StringWriter();

  private CommandLineRunner(Surroundings surroundings) {
    this.screen = surroundings.screen();
    this.root = new RootCommand(surroundings);
  }

  /** Runs a command and returns its exit status; nothing is thrown, nothing exits. */
  static int run(String[] arguments, Surroundings surroundings) {
    return new CommandLineRunner(surroundings).run(arguments);
  }

  private int run(String[] arguments) {
    try {
      CommandLine commandLine =
          commands()
              .setOut(new PrintWriter(help))
              .setErr(new PrintWriter(help))
              .setColorScheme(
                  CommandLine.Help.defaultColorScheme(screen.showsResults() ? Ansi.AUTO : Ansi.OFF))
              .setUsageHelpWidth(Math.min(120, Math.max(80, screen.columns())))
              .setCaseInsensitiveEnumValuesAllowed(true)
              .setParameterExceptionHandler((e, args) -> wrongUsage(e))
              .setExecutionExceptionHandler((e, command, parsed) -> failed(e));
      int status = commandLine.execute(arguments);
      screen.resultText(help.toString());
      return status;
    } catch (Throwable e) {
      // Errors of the machine: no memory, no stack, a broken installation.
      return unexpected(e);
    }
  }

  private CommandLine commands() {
    return new CommandLine(root)
        .addSubcommand(new CaptionCommand(root))
        .addSubcommand(new ListCommand(root))
        .addSubcommand(new SearchCommand(root))
        .addSubcommand(new ShowCommand(root))
        .addSubcommand(new EditCommand(root))
        .addSubcommand(new VersionsCommand(root))
        .addSubcommand(new RevertCommand(root))
        .addSubcommand(new RecaptionCommand(root))
        .addSubcommand(new DeleteCommand(root))
        .addSubcommand(new DeleteAllCommand(root))
        .addSubcommand(new ExportCommand(root))
        .addSubcommand(new ProvidersCommand(root))
        .addSubcommand(new InitCommand(root))
        .addSubcommand(new ReconcileCommand(root))
        .addSubcommand(new CommandLine.HelpCommand());
  }

  private int wrongUsage(ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    List<String> guesses =
        e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
    complain(
        e.getMessage()
            + (guesses.isEmpty() ? "" : "; did you mean " + String.join(" or ", guesses) + "?")
            + "; see '"
            + command
            + " --help'");
    return ExitStatus.USAGE;
  }

  private int failed(Exception e) {
    if (root.isVerbose()) {
      screen.trace(e);
    }
    if (e instanceof UsageException) {
      complain(String.valueOf(e.getMessage()));
      return ExitStatus.USAGE;
    }
    if (e instanceof InvalidSettingsException invalid) {
      invalid.problems().forEach(this::complain);
      return ExitStatus.USAGE;
    }
    if (e instanceof NotFoundException || e instanceof VersionConflictException) {
      complain(e.getMessage() + "; see 'cutline list'");
      return ExitStatus.SOME_FAILED;
    }
    if (e instanceof StoreException store) {
      complain(Stop.of(store).message());
      return store.kind() == StoreException.Kind.DENIED ? ExitStatus.USAGE : ExitStatus.STOPPED;
    }
    if (e instanceof StoppedException) {
      complain(String.valueOf(e.getMessage()));
      return ExitStatus.STOPPED;
    }
    return unexpected(e);
  }

  private int unexpected(Throwable e) {
    complain("unexpected " + e + (root.isVerbose() ? "" : "; run again with --verbose for more"));
    return ExitStatus.STOPPED;
  }

  private void complain(String problem) {
    screen.message("cutline: " + Printable.line(problem));
  }
}
