package dev.cutline.cli.output;

import java.io.PrintStream;

/**
 * Standard output and standard error as one place where lines appear. On a terminal a bar of
 * progress is kept below them: it is wiped before a line and drawn again after it. Results go to
 * standard output and nothing else does. Thread-safe.
 */
public final class Screen {
  private static final String WIPE = "\r\u001b[K";

  private final PrintStream out;
  private final PrintStream err;
  private final boolean outIsTerminal;
  private final boolean errIsTerminal;
  private final int columns;
  private String bar = "";

  public Screen(
      PrintStream out, PrintStream err, boolean outIsTerminal, boolean errIsTerminal, int columns) {
    this.out = out;
    this.err = err;
    this.outIsTerminal = outIsTerminal;
    this.errIsTerminal = errIsTerminal;
    this.columns = columns;
  }

  /**
   * Tells whether a person reads the results as they come; otherwise a program does, and gets JSON
   * Lines.
   */
  public boolean showsResults() {
    return outIsTerminal;
  }

  /** Tells whether a person reads the messages as they come. */
  public boolean showsMessages() {
    return errIsTerminal;
  }

  /** Returns the width of the terminal in character cells. */
  public int columns() {
    return columns;
  }

  /** Prints a line of results to standard output. */
  public synchronized void result(String line) {
    wipe();
    out.print(line + "\n");
    out.flush();
    draw();
  }

  /** Prints text with its own line breaks to standard output. */
  public synchronized void resultText(String text) {
    wipe();
    out.print(text);
    out.flush();
    draw();
  }

  /** Prints a line to standard error. */
  public synchronized void message(String line) {
    wipe();
    err.print(line + "\n");
    err.flush();
    draw();
  }

  /** Prints a stack trace to standard error. */
  public synchronized void trace(Throwable problem) {
    wipe();
    problem.printStackTrace(err);
    draw();
  }

  /**
   * Tells whether standard output takes no more: its reader has gone, or the disk that it goes to
   * is full.
   */
  public synchronized boolean isOutputLost() {
    return out.checkError();
  }

  /** Draws the bar below everything else; the empty text removes it. */
  synchronized void bar(String text) {
    wipe();
    bar = text;
    draw();
  }

  private void wipe() {
    if (!bar.isEmpty()) {
      err.print(WIPE);
      err.flush();
    }
  }

  private void draw() {
    if (!bar.isEmpty()) {
      err.print(bar);
      err.flush();
    }
  }
}
