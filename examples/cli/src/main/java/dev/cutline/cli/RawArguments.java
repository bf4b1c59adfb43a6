package dev.cutline.cli;

import dev.cutline.cli.input.RawNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The arguments of this process as they were given. Java decodes them before anybody can ask, and
 * of a name that is no UTF-8 it leaves nothing to find the file by.
 */
final class RawArguments {
  /** Linux tells them; macOS has no such names, nor has Windows. */
  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

  private RawArguments() {}

  /**
   * Returns the arguments, with those that Java could not decode as {@link RawNames} spell them.
   */
  static String[] of(String[] arguments) {
    if (Arrays.stream(arguments).noneMatch(RawNames::isDamaged)) {
      return arguments;
    }
    try {
      return of(arguments, Files.readAllBytes(COMMAND_LINE));
    } catch (IOException e) {
      return arguments;
    }
  }

  /**
   * Like {@link #of(String[])}.
   *
   * @param commandLine every argument of the process with a NUL after it, ours at the end
   */
  static String[] of(String[] arguments, byte[] commandLine) {
    List<byte[]> all = split(commandLine);
    int before = all.size() - arguments.length;
    String[] raw = arguments.clone();
    for (int i = 0; before >= 0 && i < raw.length; i++) {
      byte[] bytes = all.get(before + i);
      // Only what is surely the same argument.
      if (new String(bytes, StandardCharsets.UTF_8).equals(arguments[i])) {
        raw[i] = RawNames.text(bytes);
      }
    }
    return raw;
  }

  private static List<byte[]> split(byte[] commandLine) {
    List<byte[]> arguments = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < commandLine.length; i++) {
      if (commandLine[i] == 0) {
        arguments.add(Arrays.copyOfRange(commandLine, start, i));
        start = i + 1;
      }
    }
    return arguments;
  }
}
