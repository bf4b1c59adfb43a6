package dev.cutline.core.store;

import dev.cutline.ObjectPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks through folders in the order of the keys of the files in them, from a cursor on, until a
 * page is full.
 */
final class KeyWalk {
  private final Disk disk;
  private final @Nullable String cursor;
  private final int limit;
  private final List<ObjectPage.Item> items = new ArrayList<>();
  private boolean more;

  KeyWalk(Disk disk, @Nullable String cursor, int limit) {
    this.disk = disk;
    this.cursor = cursor;
    this.limit = limit;
  }

  ObjectPage page(Path folder, String prefix) throws IOException {
    walk(folder, prefix);
    return ObjectPage.of(items, more ? items.get(limit - 1).key() : null);
  }

  private void walk(Path folder, String prefix) throws IOException {
    for (Child child : children(folder, prefix)) {
      if (more) {
        return;
      }
      if (child.entry().folder()) {
        if (cursor == null || cursor.startsWith(child.key()) || child.key().compareTo(cursor) > 0) {
          walk(folder.resolve(child.entry().name()), child.key());
        }
      } else if (cursor == null || child.key().compareTo(cursor) > 0) {
        add(child);
      }
    }
  }

  private void add(Child child) {
    if (items.size() == limit) {
      more = true;
    } else {
      items.add(new ObjectPage.Item(child.key(), child.entry().size()));
    }
  }

  private List<Child> children(Path folder, String prefix) throws IOException {
    List<Child> children = new ArrayList<>();
    for (Disk.Entry entry : disk.entries(folder)) {
      Optional<String> segment = FileNames.decode(entry.name());
      // A folder takes its slash along: "a-b" stands before "a/".
      segment.ifPresent(
          s -> children.add(new Child(entry, prefix + s + (entry.folder() ? "/" : ""))));
    }
    children.sort(Comparator.comparing(Child::key));
    return children;
  }

  /** A name in a folder with the key, or the start of the keys, that it stands for. */
  private record Child(Disk.Entry entry, String key) {}
}
