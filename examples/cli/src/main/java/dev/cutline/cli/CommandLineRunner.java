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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs one command in given surroundings and makes an exit status of whatever happens. */
final class CommandLineRunner {
  private final Screen screen;
  private final RootCommand root;
  private final boolean outIsPipe;
  private final StringWriter help = new StringWriter();

  private CommandLineRunner(Surroundings surroundings) {
    this.screen = surroundings.screen();
    this.root = new RootCommand(surroundings);
    this.outIsPipe = surroundings.outIsPipe();
  }

  /** Runs a command and returns its exit status; nothing is thrown, nothing exits. */
  static int run(String[] arguments, Surroundings surroundings) {
    return new CommandLineRunner(surroundings).run(arguments);
  }

  private int run(String[] arguments) {
    try {
      CommandLine commandLine =
          commands(arguments)
              .setOut(new PrintWriter(help))
              .setErr(new PrintWriter(help))
              .setColorScheme(
                  CommandLine.Help.defaultColorScheme(screen.showsResults() ? Ansi.AUTO : Ansi.OFF))
              .setUsageHelpWidth(Math.min(120, Math.max(80, screen.columns())))
              .setCaseInsensitiveEnumValuesAllowed(true)
              .setAllowSubcommandsAsOptionParameters(true)
              .setParameterExceptionHandler((e, args) -> wrongUsage(e))
              .setExecutionExceptionHandler((e, command, parsed) -> failed(e));
      int status = commandLine.execute(arguments);
      screen.resultText(help.toString());
      return status <= ExitStatus.SOME_FAILED && screen.isOutputLost() ? outputLost() : status;
    } catch (Throwable e) {
      // Errors of the machine: no memory, no stack, a broken installation.
      return unexpected(e);
    }
  }

  /**
   * Returns the command that the line starts with, or all of them where it starts otherwise: with
   * an option, a typing error, a wish for help. To read the options of one class takes a fraction
   * of the time of fifteen, and most runs are short.
   */
  private CommandLine commands(String[] arguments) {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("caption", () -> new CaptionCommand(root));
    commands.put("list", () -> new ListCommand(root));
    commands.put("search", () -> new SearchCommand(root));
    commands.put("show", () -> new ShowCommand(root));
    commands.put("edit", () -> new EditCommand(root));
    commands.put("versions", () -> new VersionsCommand(root));
    commands.put("revert", () -> new RevertCommand(root));
    commands.put("recaption", () -> new RecaptionCommand(root));
    commands.put("delete", () -> new DeleteCommand(root));
    commands.put("delete-all", () -> new DeleteAllCommand(root));
    commands.put("export", () -> new ExportCommand(root));
    commands.put("providers", () -> new ProvidersCommand(root));
    commands.put("doctor", () -> new DoctorCommand(root));
    commands.put("init", () -> new InitCommand(root));
    commands.put("reconcile", () -> new ReconcileCommand(root));

    CommandLine commandLine = new CommandLine(root);
    if (arguments.length > 0 && commands.containsKey(arguments[0])) {
      commands.keySet().retainAll(Set.of(arguments[0]));
    } else {
      commands.put("generate-completion", GenerateCompletion::new);
      commands.put("help", CommandLine.HelpCommand::new);
    }
    commands.forEach((name, command) -> commandLine.addSubcommand(name, command.get()));
    return commandLine;
  }

  /**
   * What nobody could read is not done, whatever became of the rest. Whoever reads a pipe and stops
   * has seen enough, and needs no telling.
   */
  private int outputLost() {
    if (outIsPipe) {
      return ExitStatus.READ_ENOUGH;
    }
    complain(
        "standard output takes no more (it was closed, or its disk is full); name a file with"
            + " more space");
    return ExitStatus.STOPPED;
  }

  private int wrongUsage(ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    List<String> guesses =
        e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
    complain(
        problem(e)
            + (guesses.isEmpty()
                ? "; see '"
                : "; did you mean " + String.join(" or ", guesses) + "? See '")
            + command
            + " --help'");
    return ExitStatus.USAGE;
  }

  private static String problem(ParameterException e) {
    boolean atRoot = e.getCommandLine().getParent() == null;
    if (atRoot
        && e instanceof UnmatchedArgumentException unmatched
        && !unmatched.isUnknownOption()) {
      return "there is no command '" + unmatched.getUnmatched().get(0) + "'";
    }
    return String.valueOf(e.getMessage())
        .replaceFirst("^Error: ", "")
        .replace("option option ", "option ") // where the value of a map has no equals sign
        .replaceFirst("\\.$", "");
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
    if (e instanceof NotFoundException) {
      complain(e.getMessage() + "; see 'cutline list', or 'cutline versions ID' for its captions");
      return ExitStatus.SOME_FAILED;
    }
    if (e instanceof VersionConflictException) {
      complain(e.getMessage() + "; see 'cutline show ID' and edit what is there now");
      return ExitStatus.SOME_FAILED;
    }
    if (e instanceof StoreException store) {
      complain(Stop.explain(store));
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
