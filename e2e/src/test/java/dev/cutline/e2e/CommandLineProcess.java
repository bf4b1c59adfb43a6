package dev.cutline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The command line, run to its end in a process of its own.
 *
 * @param status exit status
 * @param out standard output
 * @param err standard error
 */
record CommandLineProcess(int status, String out, String err) {
  /** Runs a command with {@code home} as Cutline's home, in a JVM with these options. */
  static CommandLineProcess run(Path home, List<String> jvmOptions, String... arguments)
      throws IOException, InterruptedException {
    return run(home, jvmOptions, Map.of(), arguments);
  }

  /** Runs a command with these variables added to its environment. */
  static CommandLineProcess run(
      Path home, List<String> jvmOptions, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(
        List.of(
            "-Dsun.jnu.encoding=UTF-8",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "dev.cutline.cli.Main"));
    command.addAll(List.of(arguments));
    Map<String, String> all = new HashMap<>(environment);
    all.put("CUTLINE_HOME", home.toString());
    all.put("LC_ALL", "C.UTF-8");
    return run(command, all);
  }

  /** Runs a command as users do, by the launcher, with these variables added. */
  static CommandLineProcess launch(
      Path launcher, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(launcher.toString());
    command.addAll(List.of(arguments));
    return run(command, environment);
  }

  private static CommandLineProcess run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("cutline", ".out");
    Path err = Files.createTempFile("cutline", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(environment);
    int status = builder.start().waitFor();
    CommandLineProcess result =
        new CommandLineProcess(
            status,
            Files.readString(out, StandardCharsets.UTF_8),
            Files.readString(err, StandardCharsets.UTF_8));
    Files.delete(out);
    Files.delete(err);
    return result;
  }

  /** Returns the JSON lines of standard output. */
  List<JsonNode> lines() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : out.lines().toList()) {
      lines.add(mapper.readTree(line));
    }
    return lines;
  }
}
