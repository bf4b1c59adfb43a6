package dev.cutline.cli;

import dev.cutline.cli.batch.Interruption;
import dev.cutline.cli.output.Screen;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The process of the command line. */
public final class Main {
  /**
   * What the launcher has found out: which of standard output and standard error are terminals, and
   * how wide.
   */
  private static final String TERMINALS = "cutline.cli.terminals";

  /** What the launcher has found out too: whether standard output is a pipe. */
  private static final String PIPED = "cutline.cli.piped";

  private static final String COLUMNS = "cutline.cli.columns";
  private static final int DEFAULT_COLUMNS = 80;

  /**
   * For how long a signal waits for the summary; a little longer than the batch waits for pictures
   * at work.
   */
  private static final long SECONDS_TO_END = 8;

  private Main() {}

  public static void main(String[] arguments) {
    if (arguments.length == 1 && arguments[0].equals("--version")) {
      // Answered before anything else is loaded.
      System.out.println(Version.text());
      System.exit(System.out.checkError() ? ExitStatus.STOPPED : ExitStatus.DONE);
    }
    Interruption interruption = new Interruption();
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook = new Thread(() -> stop(interruption, ended), "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    int status = ExitStatus.STOPPED;
    try {
      Surroundings surroundings =
          new Surroundings(
              System.in, screen(), Boolean.getBoolean(PIPED), System.getenv(), interruption);
      status = CommandLineRunner.run(RawArguments.of(arguments), surroundings);
    } finally {
      ended.countDown();
    }
    System.exit(status);
  }

  /**
   * Runs when the machine goes down: at once if the work has ended or heeds no signal, else after
   * it has noticed the signal. What heeds none can be cut short anywhere.
   */
  private static void stop(Interruption interruption, CountDownLatch ended) {
    interruption.request();
    if (!interruption.isHeeded()) {
      return;
    }
    try {
      if (!ended.await(SECONDS_TO_END, TimeUnit.SECONDS)) {
        System.err.println("cutline: gave up waiting for what was at work; go on with --resume");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Screen screen() {
    String terminals = System.getProperty(TERMINALS);
    boolean console = hasConsole();
    return new Screen(
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        terminals == null ? console : terminals.contains("out"),
        terminals == null ? console : terminals.contains("err"),
        Integer.getInteger(COLUMNS, DEFAULT_COLUMNS));
  }

  /**
   * Without a launcher that knows more. From JDK 22 on this asks for {@code
   * -Djdk.console=java.base}.
   */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean hasConsole() {
    return System.console() != null;
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }
}
