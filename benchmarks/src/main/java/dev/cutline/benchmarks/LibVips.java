package dev.cutline.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * libvips at work in a process that stays, so that its start is not counted: the program is {@code
 * benchmarks/native/vips-intake.c}, compiled here. Not safe for several threads.
 */
final class LibVips implements AutoCloseable {
  private final Process process;
  private final BufferedWriter requests;
  private final BufferedReader figures;

  private LibVips(Process process) {
    this.process = process;
    this.requests = process.outputWriter(StandardCharsets.UTF_8);
    this.figures = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Compiles and starts the program.
   *
   * @param scratch a folder that may be written to
   */
  static LibVips start(Path source, Path scratch) throws IOException, InterruptedException {
    Path program = scratch.resolve("vips-intake");
    Process compiler =
        new ProcessBuilder(
                "cc",
                "-O2",
                "-o",
                program.toString(),
                source.toString(),
                "-l:libvips.so.42",
                "-l:libgobject-2.0.so.0",
                "-l:libglib-2.0.so.0")
            .inheritIO()
            .start();
    if (compiler.waitFor() != 0) {
      throw new IllegalStateException(
          source + " could not be compiled: needs cc and libvips 8 (package libvips-tools)");
    }
    return new LibVips(
        new ProcessBuilder(program.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** Makes the renditions of a picture and returns what it took. */
  Figures take(Path picture) throws IOException {
    requests.write(picture.toAbsolutePath() + "\n");
    requests.flush();
    String line = figures.readLine();
    if (line == null) {
      throw new IllegalStateException("libvips failed on " + picture);
    }
    String[] numbers = line.trim().split(" ", 4);
    return new Figures(
        Double.parseDouble(numbers[0]),
        Double.parseDouble(numbers[1]),
        Double.parseDouble(numbers[2]),
        Double.parseDouble(numbers[3]));
  }

  /** Ends the program. */
  @Override
  public void close() throws IOException {
    requests.close();
    process.destroy();
  }

  /**
   * Milliseconds of wall clock and of processor time: with a decode for each rendition, and with
   * the small renditions made from the large one.
   */
  record Figures(double wall, double cpu, double chainedWall, double chainedCpu) {}
}
