package dev.cutline.cli.input;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The children of a folder, by name. A folder with very many of them comes in the order of the file
 * system instead: sorting it would hold all names in memory.
 */
final class FolderListing implements Iterator<Path>, Closeable {
  /** About 20 MB of names. */
  static final int MOST_SORTED = 100_000;

  private final Iterator<Path> first;
  private final @Nullable DirectoryStream<Path> stream;
  private final Iterator<Path> rest;

  private FolderListing(
      Iterator<Path> first, @Nullable DirectoryStream<Path> stream, Iterator<Path> rest) {
    this.first = first;
    this.stream = stream;
    this.rest = rest;
  }

  /**
   * Returns the children of a folder.
   *
   * @throws IOException if it cannot be read
   */
  @SuppressWarnings("StreamResourceLeak") // closed here, or by close()
  static FolderListing of(Path folder, int mostSorted) throws IOException {
    DirectoryStream<Path> stream = Files.newDirectoryStream(folder);
    try {
      Iterator<Path> children = stream.iterator();
      List<Path> first = new ArrayList<>();
      while (first.size() < mostSorted && children.hasNext()) {
        first.add(children.next());
      }
      if (children.hasNext()) {
        return new FolderListing(first.iterator(), stream, children);
      }
      stream.close();
      Collections.sort(first);
      return new FolderListing(first.iterator(), null, Collections.emptyIterator());
    } catch (DirectoryIteratorException e) {
      stream.close();
      throw e.getCause();
    }
  }

  @Override
  public boolean hasNext() {
    return first.hasNext() || rest.hasNext();
  }

  @Override
  public Path next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return first.hasNext() ? first.next() : rest.next();
  }

  @Override
  public void close() throws IOException {
    if (stream != null) {
      stream.close();
    }
  }
}
