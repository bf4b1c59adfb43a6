package dev.cutline.cli;

import dev.cutline.InvalidSettingsException;
import dev.cutline.Settings;
import dev.cutline.core.Doctor;
import dev.cutline.core.Providers;
import dev.cutline.spi.Diagnosis;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cutline doctor}: what works of what the settings name, and what would mend the rest. */
@Command(
    name = "doctor",
    description = {
      "Looks at everything that the settings name: settings, home, credentials, stores, models.",
      "Each line is 'ok', 'warn' or 'FAIL', what was looked at, what was found and what to do. What IAM"
          + " denies is followed by the policy that would allow it.",
      "Ends with 0 if nothing FAILs, and with 2 if anything does. Each rung is asked for one caption"
          + " of a small picture, which is paid for as any other is; --no-caption spares that."
    })
final class DoctorCommand implements Callable<Integer> {
  private final RootCommand root;

  @Option(
      names = "--caption",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Ask each rung for one caption of a small picture, and for labels where they are set"
              + " (default). It costs what a small picture costs, and counts against no budget.")
  private boolean caption = true;

  @Option(names = "--json", description = "JSON Lines, for programs.")
  private boolean json;

  DoctorCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    FindingPrinter printer = new FindingPrinter(root.screen(), json);
    boolean well = examine(printer);
    printer.end();
    return well ? ExitStatus.DONE : ExitStatus.USAGE;
  }

  private boolean examine(FindingPrinter printer) {
    Settings settings;
    try {
      settings = root.settings();
    } catch (InvalidSettingsException e) {
      Diagnosis diagnosis = Diagnosis.of("settings", printer::print);
      e.problems().forEach(problem -> diagnosis.fail(problem, null));
      return false;
    }
    Providers providers = Providers.find();
    Diagnosis classPath = Diagnosis.of("class path", printer::print);
    providers
        .problems()
        .forEach(problem -> classPath.warn(problem, "take it off the class path, or mend it"));
    return Doctor.of(settings, providers).examine(caption, printer::print);
  }
}
