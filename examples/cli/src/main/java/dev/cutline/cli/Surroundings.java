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
 * @param outIsPipe whether standard output goes to another process, as far as known
 * @param environment the variables
 * @param interruption tells when the user wants to stop
 */
record Surroundings(
    InputStream in,
    Screen screen,
    boolean outIsPipe,
    Map<String, String> environment,
    Interruption interruption) {
  Surroundings {
    environment = Map.copyOf(environment);
  }
}
