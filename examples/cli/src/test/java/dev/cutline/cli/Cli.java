package dev.cutline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cutline.cli.batch.Interruption;
import dev.cutline.cli.output.Screen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs commands in this process, with a home, an environment and streams of its own. */
final class Cli {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> environment = new HashMap<>();
  private final Interruption interruption = new Interruption();
  private boolean terminal;
  private int columns = 120;
  private boolean piped;
  private String input = "";
  private OutputStream out = new ByteArrayOutputStream();

  Cli(Path home) {
    environment.put("CUTLINE_HOME", home.toString());
  }

  /** Sets a variable of the environment. */
  Cli with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Lets both streams be terminals, 120 cells wide. */
  Cli onTerminal() {
    terminal = true;
    return this;
  }

  /** Lets both streams be terminals of a width in cells. */
  Cli onTerminal(int width) {
    columns = width;
    return onTerminal();
  }

  /** Lets standard output be a pipe. */
  Cli piped() {
    piped = true;
    return this;
  }

  /** Sets what standard input holds. */
  Cli input(String text) {
    input = text;
    return this;
  }

  /** Sends standard output somewhere else. */
  Cli out(OutputStream stream) {
    out = stream;
    return this;
  }

  Interruption interruption() {
    return interruption;
  }

  /** Runs a command. */
  Run run(String... arguments) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Screen screen = new Screen(stream(out), stream(err), terminal, terminal, columns);
    int status =
        CommandLineRunner.run(
            arguments,
            new Surroundings(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                screen,
                piped,
                environment,
                interruption));
    String printed =
        out instanceof ByteArrayOutputStream bytes ? bytes.toString(StandardCharsets.UTF_8) : "";
    if (out instanceof ByteArrayOutputStream bytes) {
      bytes.reset();
    }
    return new Run(status, printed, err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream stream(OutputStream stream) {
    return new PrintStream(stream, false, StandardCharsets.UTF_8);
  }

  /** How a command ended. */
  record Run(int status, String out, String err) {
    /** Returns the lines of standard output, each parsed as JSON. */
    List<JsonNode> json() {
      return Cli.json(out);
    }
  }

  /** Returns lines of JSON, parsed. */
  static List<JsonNode> json(String lines) {
    return lines.lines().map(Cli::parse).toList();
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + line, e);
    }
  }
}
