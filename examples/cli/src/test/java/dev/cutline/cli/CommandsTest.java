package dev.cutline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.Captioner;
import dev.cutline.Settings;
import dev.cutline.cli.Cli.Run;
import dev.cutline.palette.PaletteCaptionProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How commands are found, and what is told where none is. */
class CommandsTest {
  private static final List<String> NAMES =
      List.of(
          "caption",
          "list",
          "search",
          "show",
          "edit",
          "versions",
          "revert",
          "recaption",
          "delete",
          "delete-all",
          "export",
          "providers",
          "doctor",
          "init",
          "reconcile");

  @TempDir private Path folder;

  private Cli cli;

  @BeforeEach
  void makeHome() {
    cli = new Cli(folder.resolve("home"));
  }

  @Test
  void explainsEachCommandHoweverItIsAsked() {
    for (String name : NAMES) {
      String help = cli.run("help", name).out();
      assertThat(help).startsWith("Usage: cutline " + name).contains("--owner=NAME");
      assertThat(cli.run(name, "--help").out()).isEqualTo(help);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"help", "--help", "--help list", "--owner list --help"})
  void namesAllCommands(String line) {
    Run run = cli.run(line.split(" "));
    assertThat(run.status()).isZero();
    assertThat(run.out().lines().map(String::strip))
        .as(line)
        .anySatisfy(text -> assertThat(text).startsWith("help "))
        .filteredOn(text -> NAMES.contains(text.replaceFirst(" .*", "")))
        .hasSize(NAMES.size());
  }

  @Test
  void tellsWhichLanguagesThePaletteKnows() {
    String help = cli.run("caption", "--help").out().replaceAll("\\s+", " ");
    assertThat(help).contains("palette knows de, en, es and fr");
    try (Captioner palette = new PaletteCaptionProvider().create(Settings.of(Map.of()))) {
      assertThat(palette.capabilities().languages())
          .containsExactlyInAnyOrder("de", "en", "es", "fr");
    }
  }

  @Test
  void completesAllCommandsWithTheirOptions() {
    Run run = cli.run("generate-completion");
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .startsWith("#!/usr/bin/env bash")
        .contains("complete -F _complete_cutline");
    for (String name : NAMES) {
      assertThat(run.out()).contains("function _picocli_cutline_" + name.replace("-", ""));
    }
    assertThat(run.out()).contains("--retry-failed").contains("--lose-data");
  }

  @Test
  void takesTheNameOfACommandForWhatItStandsFor() {
    assertThat(cli.run("search", "list").status()).isZero();
    assertThat(cli.run("--owner", "caption", "list").status()).isZero();
    assertThat(cli.run("list", "--owner", "search").status()).isZero();
    assertThat(cli.run("caption", "list").err()).contains("list: INVALID_IMAGE: does not exist");
  }

  @Test
  void tellsWhatThereIsInsteadOfACommandThatThereIsNot() {
    assertThat(cli.run("capton", "list").err())
        .startsWith("cutline: there is no command 'capton'; did you mean caption")
        .endsWith("? See 'cutline --help'\n");
    assertThat(cli.run("help", "capton").err())
        .isEqualTo("cutline: Unknown subcommand 'capton'; see 'cutline --help'\n");
    assertThat(cli.run().err()).startsWith("cutline: name a command");
    assertThat(cli.run("list", "--nonsense").err()).contains("see 'cutline list --help'");
    assertThat(cli.run("export").err()).startsWith("cutline: Missing required argument");
    assertThat(cli.run("list", "--set", "x").err())
        .startsWith("cutline: Value for option '--set' (KEY=VALUE) should be in KEY=VALUE format");
  }

  @ParameterizedTest
  @ValueSource(strings = {"help", "list --help", "export --csv -", "providers", "reconcile"})
  void fallsSilentAboutNothingThatNobodyCouldRead(String line) {
    Run run = cli.out(new Full()).run(line.split(" "));
    assertThat(run.status()).as(line).isEqualTo(3);
    assertThat(run.err()).contains("standard output takes no more");
  }

  @Test
  void saysNothingToWhoeverHasReadEnough() {
    Run run = cli.piped().out(new Full()).run("providers");
    assertThat(run.status()).as("128 and SIGPIPE").isEqualTo(141);
    assertThat(run.err()).isEmpty();
  }

  private static final class Full extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("No space left on device");
    }
  }
}
