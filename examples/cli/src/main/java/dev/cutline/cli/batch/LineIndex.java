package dev.cutline.cli.batch;

import java.util.Arrays;

/**
 * Where in a file the lines of a name are. Takes about 25 bytes a line and name, and keeps no name:
 * another one may, very rarely, lead to the same line, so who looks a line up checks it. Not safe
 * for several threads.
 */
final class LineIndex {
  /** An open table: names as hashes, and beside each the place plus one, for zero is empty. */
  private long[] names = new long[128];

  private long[] places = new long[128];
  private int size;

  /**
   * Adds a line.
   *
   * @param name a hash of a name
   * @param place where the line starts
   */
  void add(long name, long place) {
    if (size * 3L > names.length * 2L) {
      grow();
    }
    put(name, place + 1);
    size++;
  }

  /** Returns where the lines of a name start: the last line first. */
  long[] places(long name) {
    long[] found = new long[4];
    int count = 0;
    for (int i = home(name); places[i] != 0; i = next(i)) {
      if (names[i] == name) {
        if (count == found.length) {
          found = Arrays.copyOf(found, 2 * count);
        }
        found[count++] = -places[i];
      }
    }
    Arrays.sort(found, 0, count);
    return Arrays.stream(found, 0, count).map(negative -> -negative - 1).toArray();
  }

  private void put(long name, long place) {
    int i = home(name);
    while (places[i] != 0) {
      i = next(i);
    }
    names[i] = name;
    places[i] = place;
  }

  private void grow() {
    long[] oldNames = names;
    long[] oldPlaces = places;
    names = new long[oldNames.length * 2];
    places = new long[oldPlaces.length * 2];
    for (int i = 0; i < oldNames.length; i++) {
      if (oldPlaces[i] != 0) {
        put(oldNames[i], oldPlaces[i]);
      }
    }
  }

  private int home(long name) {
    return (int) name & names.length - 1;
  }

  private int next(int i) {
    return i + 1 & names.length - 1;
  }
}
