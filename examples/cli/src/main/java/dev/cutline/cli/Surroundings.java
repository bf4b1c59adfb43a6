package dev.cutline.cli;

import dev.cutline.cli.batch.Interruption;
import dev.cutline.cli.output.Screen;
import java.io.InputStream;
import java.util.Map;

/**
 * What a command gets from the process that it runs in, so that tests can give it something else.
 *
 * @param in standard input
 * @param screen standard output and standard error
 * @param environment the variables
 * @param interruption tells when the user wants to stop
 */
record Surroundings(
    InputStream in, Screen screen, Map<String, String> environment, Interruption interruption) {
  Surroundings {
    environment = Map.copyOf(environment);
  }
}
