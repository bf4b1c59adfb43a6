package dev.cutline.cli.input;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What a pattern such as {@code photos/**}{@code /*.jpg} matches, for shells that leave patterns
 * alone: {@code * ? [ ] { }} within a name, {@code **} for folders of any depth. Names that start
 * with a dot are matched only by patterns that do.
 */
final class Glob implements Iterator<Path>, Closeable {
  private static final Pattern SPECIAL = Pattern.compile("[*?\\[{]");
  private static final String ANY_DEPTH = "**";

  private final int mostSorted;
  private final Deque<Level> levels = new ArrayDeque<>();
  private @Nullable Path next;

  private Glob(int mostSorted) {
    this.mostSorted = mostSorted;
  }

  static boolean isGlob(String text) {
    return SPECIAL.matcher(text).find();
  }

  /** Returns what matches, folder by folder, by name. A pattern that is none matches nothing. */
  static Glob of(String pattern, int mostSorted) {
    String separators = File.separatorChar == '\\' ? "[/\\\\]+" : "/+";
    List<String> segments = Arrays.asList(pattern.split(separators));
    int plain = 0;
    while (!isGlob(segments.get(plain))) {
      plain++;
    }
    String base = String.join(File.separator, segments.subList(0, plain));
    boolean fromRoot = plain > 0 && base.isEmpty();
    Glob glob = new Glob(mostSorted);
    try {
      glob.descend(
          Path.of(fromRoot ? File.separator : base), segments.subList(plain, segments.size()));
    } catch (PatternSyntaxException e) {
      return new Glob(mostSorted);
    }
    return glob;
  }

  /** A folder being listed, with what its children have to match. */
  private record Level(FolderListing children, List<String> segments, PathMatcher name) {}

  @Override
  public boolean hasNext() {
    while (next == null && !levels.isEmpty()) {
      advance(levels.peek());
    }
    return next != null;
  }

  @Override
  public Path next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    Path result = next;
    next = null;
    return result;
  }

  @Override
  public void close() throws IOException {
    while (!levels.isEmpty()) {
      levels.pop().children().close();
    }
  }

  private void advance(Level level) {
    Path child = null;
    try {
      child = level.children().hasNext() ? level.children().next() : null;
    } catch (DirectoryIteratorException e) {
      // A pattern matches what can be seen.
    }
    if (child == null) {
      leave();
      return;
    }
    String segment = level.segments().get(0);
    List<String> later = level.segments().subList(1, level.segments().size());
    Path name = child.getFileName();
    boolean hidden = name.toString().startsWith(".") && !segment.startsWith(".");
    if (hidden || !level.name().matches(name)) {
      return;
    }
    if (segment.equals(ANY_DEPTH) && Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
      descend(child, level.segments());
    } else if (segment.equals(ANY_DEPTH) && !later.isEmpty()) {
      return; // what is in this folder itself was matched when it was entered
    } else if (later.isEmpty()) {
      next = child;
    } else {
      descend(child, later);
    }
  }

  private void leave() {
    try {
      levels.pop().children().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Goes into a folder, or straight on where the segments are plain names. */
  private void descend(Path folder, List<String> segments) {
    if (segments.isEmpty()) {
      next = folder;
      return;
    }
    String segment = segments.get(0);
    List<String> later = segments.subList(1, segments.size());
    if (!isGlob(segment)) {
      Path child = folder.resolve(segment);
      if (Files.exists(child)) {
        descend(child, later);
      }
      return;
    }
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + segment);
    try {
      levels.push(new Level(FolderListing.of(folder, mostSorted), segments, matcher));
    } catch (IOException e) {
      return; // not a folder, or not ours to see
    }
    if (segment.equals(ANY_DEPTH) && !later.isEmpty()) {
      descend(folder, later);
    }
  }
}
