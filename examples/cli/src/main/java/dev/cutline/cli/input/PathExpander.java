package dev.cutline.cli.input;

import dev.cutline.FileProblem;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the files that the user names: files, folders, globs, and {@code -} for a list on
 * standard input, one path a line or each ended by a NUL. A folder stands for the pictures among
 * its direct children, or all below it; a link to a folder is followed where it is named, not where
 * it is found. Lists one folder at a time, so memory does not grow with the number of pictures. Not
 * safe for several threads.
 */
public final class PathExpander implements Iterator<Input>, Closeable {
  private static final String STANDARD_INPUT = "-";

  private final InputStream standardInput;
  private final boolean byNul;
  private final boolean recursive;
  private final int mostSorted;
  private final Deque<Level> levels = new ArrayDeque<>();
  private @Nullable Input next;
  private long skipped;

  /**
   * Starts with the first argument.
   *
   * @param byNul whether names on standard input end in a NUL instead of a line break
   */
  public PathExpander(
      List<String> arguments, boolean recursive, InputStream standardInput, boolean byNul) {
    this(arguments, recursive, standardInput, byNul, FolderListing.MOST_SORTED);
  }

  PathExpander(
      List<String> arguments,
      boolean recursive,
      InputStream standardInput,
      boolean byNul,
      int mostSorted) {
    this.standardInput = standardInput;
    this.byNul = byNul;
    this.recursive = recursive;
    this.mostSorted = mostSorted;
    push(arguments.iterator(), this::named);
  }

  /**
   * Returns the first folder among the arguments that cannot be read, so that one can complain
   * before anything is done.
   */
  public static @Nullable String unreadableFolder(List<String> arguments) {
    for (String argument : arguments) {
      try {
        if (new File(argument).isDirectory()) { // also of names that no path can have
          FolderListing.of(Path.of(argument), 1).close();
        }
      } catch (IOException e) {
        return argument;
      }
    }
    return null;
  }

  /** Returns how many files of folders were left out so far because they are no pictures. */
  public long skipped() {
    return skipped;
  }

  @Override
  public boolean hasNext() {
    while (next == null && !levels.isEmpty()) {
      next = levels.peek().advance();
    }
    return next != null;
  }

  @Override
  public Input next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    Input result = next;
    next = null;
    return result;
  }

  /** Closes the folders that are still being listed. */
  @Override
  public void close() throws IOException {
    while (!levels.isEmpty()) {
      levels.pop().close();
    }
  }

  /**
   * What is being gone through, and what each item of it comes to: an input, or null and perhaps a
   * new level.
   */
  private interface Level extends Closeable {
    @Nullable Input advance();
  }

  private static String reason(RuntimeException e) {
    return e.getCause() instanceof IOException cause
        ? FileProblem.reason(cause)
        : String.valueOf(e.getMessage());
  }

  private <T> void push(Iterator<T> items, Function<T, @Nullable Input> meaning) {
    levels.push(
        new Level() {
          @Override
          public @Nullable Input advance() {
            try {
              if (items.hasNext()) {
                return meaning.apply(items.next());
              }
            } catch (DirectoryIteratorException | UncheckedIOException e) {
              // The rest of this list is out of reach; what comes after it is not.
              leave();
              return Input.problem("", "the list cannot be read on (" + reason(e) + ")");
            }
            leave();
            return null;
          }

          private void leave() {
            try {
              levels.pop().close();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }

          @Override
          public void close() throws IOException {
            if (items instanceof Closeable closeable) {
              closeable.close();
            }
          }
        });
  }

  private @Nullable Input named(String argument) {
    if (argument.equals(STANDARD_INPUT)) {
      push(new NameList(standardInput, byNul), this::path);
      return null;
    }
    return path(argument);
  }

  private @Nullable Input path(String name) {
    if (name.isEmpty()) {
      // To Java the empty path is the working folder; to a user it is a variable that is not set.
      return Input.problem(name, "the name is empty; name a file or a folder");
    }
    Path path;
    try {
      path = Path.of(name);
    } catch (InvalidPathException e) {
      // On Windows a star is no part of a name at all.
      return Glob.isGlob(name)
          ? glob(name)
          : Input.problem(name, "no file can have this name (" + e.getReason() + "); rename it");
    }
    try {
      return existing(path);
    } catch (IOException e) {
      Path raw = RawNames.path(name).filter(Files::exists).orElse(null);
      if (raw != null) {
        return match(raw);
      }
      return Glob.isGlob(name) ? glob(name) : Input.problem(name, whyUnreadable(e));
    }
  }

  private @Nullable Input existing(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      return folder(path);
    }
    return attributes.isRegularFile()
        ? Input.file(path)
        : Input.problem(RawNames.of(path), "is neither a file nor a folder; name a file");
  }

  private @Nullable Input match(Path path) {
    try {
      return existing(path);
    } catch (IOException e) {
      return Input.problem(RawNames.of(path), whyUnreadable(e));
    }
  }

  private @Nullable Input glob(String pattern) {
    Iterator<Path> matches = Glob.of(pattern, mostSorted);
    if (!matches.hasNext()) {
      return Input.problem(pattern, "nothing matches; check the pattern");
    }
    push(matches, this::match);
    return null;
  }

  private @Nullable Input folder(Path folder) {
    try {
      push(FolderListing.of(folder, mostSorted), this::child);
      return null;
    } catch (IOException e) {
      return Input.problem(RawNames.of(folder), whyUnreadable(e));
    }
  }

  private @Nullable Input child(Path child) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (attributes.isDirectory()) {
        return recursive ? folder(child) : null;
      }
      if (attributes.isSymbolicLink()) {
        attributes = Files.readAttributes(child, BasicFileAttributes.class);
        if (attributes.isDirectory()) {
          return null; // a link to a folder may lead round in a circle
        }
      }
      if (PictureFiles.isPicture(child, attributes)) {
        return Input.file(child);
      }
    } catch (IOException e) {
      // Gone since the folder was listed, or a link that leads nowhere: worth a word only if it was
      // a picture.
      if (PictureFiles.hasPictureName(child.toString())) {
        return Input.problem(RawNames.of(child), whyUnreadable(e));
      }
    }
    skipped++;
    return null;
  }

  /** Returns why a file cannot be read and what to do about it, in a line. */
  public static String whyUnreadable(@Nullable IOException e) {
    if (e instanceof NoSuchFileException) {
      return "does not exist; check the name";
    }
    if (e instanceof AccessDeniedException) {
      return "cannot be read; check its permissions";
    }
    String message = e == null ? null : e.getMessage();
    if (message != null && message.endsWith("File name too long")) {
      return "the name is longer than the file system allows; shorten it";
    }
    String reason = e == null ? "nobody knows why" : FileProblem.reason(e);
    return "cannot be read (" + reason + "); check the name";
  }
}
