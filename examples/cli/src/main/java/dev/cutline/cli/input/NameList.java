package dev.cutline.cli.input;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Names from a stream, one after the other, each ended by a line break or by a NUL, which no name
 * can hold. Empty ones are left out. Throws {@link UncheckedIOException} where the stream cannot be
 * read. Not safe for several threads.
 */
final class NameList implements Iterator<String> {
  private final InputStream in;
  private final boolean byNul;
  private @Nullable String next;
  private boolean ended;

  NameList(InputStream in, boolean byNul) {
    this.in = new BufferedInputStream(in);
    this.byNul = byNul;
  }

  @Override
  public boolean hasNext() {
    while (next == null && !ended) {
      String name = read();
      next = name.isEmpty() ? null : name;
    }
    return next != null;
  }

  @Override
  public String next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    String name = next;
    next = null;
    return name;
  }

  private String read() {
    ByteArrayOutputStream name = new ByteArrayOutputStream();
    int end = byNul ? 0 : '\n';
    try {
      int each = in.read();
      while (each >= 0 && each != end) {
        name.write(each);
        each = in.read();
      }
      ended = each < 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String text = RawNames.text(name.toByteArray());
    // Lists from Windows end their lines in two characters.
    return !byNul && text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
