package dev.cutline.cli;

import dev.cutline.cli.batch.Interruption;
import dev.cutline.cli.output.Screen;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Runs the usual commands once in a home that is thrown away, so that the launcher can have Java
 * keep the classes that they load in an archive and start faster from then on.
 */
public final class Rehearsal {
  private Rehearsal() {}

  /** Takes a folder to be used as home and a folder of pictures. */
  public static void main(String[] arguments) {
    String home = "cutline.home=" + arguments[0];
    String pictures = arguments[1];
    List<List<String>> commands =
        List.of(
            List.of("caption", pictures),
            List.of("caption", pictures, "--resume"),
            List.of("list"),
            List.of("search", "light"),
            List.of("providers"),
            List.of("export", "--html", arguments[0] + "/export"),
            List.of("help"));
    for (boolean terminal : new boolean[] {true, false}) {
      for (List<String> command : commands) {
        String[] line = new String[command.size() + 2];
        command.toArray(line);
        line[line.length - 2] = "--set";
        line[line.length - 1] = home;
        CommandLineRunner.run(line, surroundings(terminal));
      }
    }
    System.out.println(Version.text());
  }

  private static Surroundings surroundings(boolean terminal) {
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
    return new Surroundings(
        InputStream.nullInputStream(),
        new Screen(nowhere, nowhere, terminal, terminal, 80),
        false,
        Map.of(),
        new Interruption());
  }
}
