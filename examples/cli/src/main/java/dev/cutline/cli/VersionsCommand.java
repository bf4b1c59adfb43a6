package dev.cutline.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.cutline.CaptionVersion;
import dev.cutline.cli.output.JsonLine;
import dev.cutline.cli.output.Screen;
import dev.cutline.cli.output.TextTable;
import dev.cutline.cli.output.TextTable.Column;
import dev.cutline.core.Cutline;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cutline versions}: every caption that a picture ever had. */
@Command(name = "versions", description = "Lists every caption that a picture ever had.")
final class VersionsCommand implements Callable<Integer> {
  private final RootCommand root;

  @Parameters(paramLabel = "ID", description = "The id of the picture.")
  private String id = "";

  @Option(names = "--json", description = "JSON Lines also on a terminal.")
  private boolean json;

  VersionsCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    String owner = root.owner();
    try (Cutline cutline = root.openToRead()) {
      return show(cutline, cutline.versions(owner, id));
    }
  }

  private int show(Cutline cutline, List<CaptionVersion> versions) {
    Screen screen = root.screen();
    if (json || !screen.showsResults()) {
      versions.forEach(
          version ->
              screen.result(JsonLine.write(out -> write(out, version, cutline.isStale(version)))));
      return ExitStatus.DONE;
    }
    TextTable table =
        TextTable.of(
            screen.columns(),
            new Column("NO", 4),
            new Column("STYLE", 8),
            new Column("LANG", 5),
            new Column("BY", 16),
            new Column("AT", 20),
            new Column("TEXT", 0));
    screen.result(table.header());
    versions.forEach(
        version -> rows(table, version, cutline.isStale(version)).forEach(screen::result));
    return ExitStatus.DONE;
  }

  private static List<String> rows(TextTable table, CaptionVersion version, boolean stale) {
    return table.rows(
        Long.toString(version.number()),
        version.style().id(),
        version.language(),
        version.model().or(version::provider).orElse("a person") + (stale ? ", stale" : ""),
        version.createdAt().truncatedTo(ChronoUnit.SECONDS).toString(),
        version.isDecorative() ? "(none: decoration)" : version.text());
  }

  private static void write(JsonGenerator json, CaptionVersion version, boolean stale)
      throws IOException {
    json.writeNumberField("version", version.number());
    json.writeStringField("style", version.style().id());
    json.writeStringField("language", version.language());
    json.writeStringField("text", version.text());
    json.writeBooleanField("decorative", version.isDecorative());
    json.writeStringField("author", version.author().name());
    JsonLine.text(json, "rung", version.rung());
    JsonLine.text(json, "provider", version.provider());
    JsonLine.text(json, "model", version.model());
    JsonLine.text(json, "promptVersion", version.promptVersion());
    json.writeNumberField("costUsd", version.costUsd());
    if (version.reusedFrom().isPresent()) {
      json.writeObjectFieldStart("reusedFrom");
      json.writeStringField("id", version.reusedFrom().get().imageId());
      json.writeNumberField("distance", version.reusedFrom().get().distance());
      json.writeEndObject();
    } else {
      json.writeNullField("reusedFrom");
    }
    json.writeStringField("createdAt", version.createdAt().toString());
    json.writeBooleanField("stale", stale);
  }
}
