package dev.cutline.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.cutline.Settings;
import dev.cutline.StoreException;
import dev.cutline.cli.output.JsonLine;
import dev.cutline.cli.output.Printable;
import dev.cutline.cli.output.Screen;
import dev.cutline.cli.output.TextTable;
import dev.cutline.cli.output.TextTable.Column;
import dev.cutline.core.Cutline;
import dev.cutline.core.Providers;
import dev.cutline.core.RungHistory;
import dev.cutline.core.chain.RungStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cutline providers}: who could write captions, who does, and what the others lack. */
@Command(
    name = "providers",
    description = {
      "Lists what was discovered, what is configured and what is missing.",
      "Tells of each rung what it charges, how it did with your newest 200 pictures, and what was spent"
          + " today where it has a daily budget."
    })
final class ProvidersCommand implements Callable<Integer> {
  private final RootCommand root;

  @Option(
      names = "--check",
      description =
          "Ask each configured rung once, with a small picture: tells the time, and how its breaker"
              + " stands then.")
  private boolean check;

  @Option(names = "--json", description = "JSON Lines also on a terminal.")
  private boolean json;

  ProvidersCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    Settings settings = root.settings();
    Providers providers = Providers.find();
    List<ProviderState> states = ProviderState.all(settings, providers);
    providers
        .problems()
        .forEach(problem -> root.screen().message("cutline: " + Printable.line(problem)));
    boolean ready =
        states.stream().filter(ProviderState::isConfigured).allMatch(ProviderState::isReady);
    // Looking makes no home; a check has to be paid for from somewhere.
    if (ready && (check || Files.isDirectory(RootCommand.home(settings)))) {
      states = withRecords(states, settings);
    }
    boolean answered = states.stream().allMatch(ProviderState::hasAnswered);
    show(states);
    if (!ready) {
      return ExitStatus.USAGE;
    }
    return answered ? ExitStatus.DONE : ExitStatus.SOME_FAILED;
  }

  private List<ProviderState> withRecords(List<ProviderState> states, Settings settings) {
    try (Cutline cutline = Cutline.forReading(settings)) {
      Map<String, RungHistory> history = cutline.history(root.owner());
      List<ProviderState> checked = new ArrayList<>();
      for (ProviderState state : states) {
        boolean ask = check && state.rung().isPresent();
        if (ask && root.screen().showsMessages()) {
          // A server that hangs takes its whole timeout.
          root.screen().message("Asking " + state.rung().get() + "…");
        }
        checked.add(ask ? RungCheck.of(cutline, state) : state);
      }
      List<RungStatus> now = cutline.rungs();
      return checked.stream().map(state -> state.with(history, now, check)).toList();
    } catch (StoreException e) {
      if (check) {
        throw e;
      }
      root.screen().message("What was spent and how calls went is not known: " + e.getMessage());
      return states;
    }
  }

  private void show(List<ProviderState> states) {
    Screen screen = root.screen();
    if (json || !screen.showsResults()) {
      states.forEach(state -> screen.result(JsonLine.write(out -> write(out, state))));
      return;
    }
    TextTable table =
        TextTable.of(
            screen.columns(),
            new Column("KIND", 14),
            new Column("RUNG", 10),
            new Column("PROVIDER", 11),
            new Column("STATE", 0));
    screen.result(table.header());
    for (ProviderState state : states) {
      String[] start = {state.kind().noun(), state.rung().orElse(""), state.provider()};
      for (String line : state.lines()) {
        table.rows(start[0], start[1], start[2], line).forEach(screen::result);
        Arrays.fill(start, "");
      }
    }
    screen.message("Name the rungs to ask, in order: --set cutline.providers=NAME,NAME");
  }

  private static void write(JsonGenerator json, ProviderState state) throws IOException {
    json.writeStringField("kind", state.kind().noun());
    JsonLine.text(json, "rung", state.rung());
    json.writeStringField("provider", state.provider());
    JsonLine.text(json, "class", state.className());
    json.writeBooleanField("configured", state.isConfigured());
    json.writeBooleanField("ready", state.isReady());
    json.writeArrayFieldStart("missing");
    for (String problem : state.problems()) {
      json.writeString(problem);
    }
    json.writeEndArray();
    JsonLine.text(json, "check", state.check());
    RungRecord.write(json, state.record().orElse(null));
  }
}
