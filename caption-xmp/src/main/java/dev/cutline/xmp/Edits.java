package dev.cutline.xmp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Changes of a text, told by where they were before any of them. */
final class Edits {
  private final String text;
  private final List<Edit> edits = new ArrayList<>();

  Edits(String text) {
    this.text = text;
  }

  private record Edit(int start, int end, String replacement) {}

  void insert(int at, String more) {
    edits.add(new Edit(at, at, more));
  }

  void replace(int start, int end, String replacement) {
    edits.add(new Edit(start, end, replacement));
  }

  /** Removes an element or attribute, with the blanks that set it off from what is before it. */
  void remove(int start, int end) {
    edits.add(new Edit(endOfContentBefore(start), end, ""));
  }

  /** Returns the blanks before a place. */
  String blanksBefore(int place) {
    return text.substring(endOfContentBefore(place), place);
  }

  /** Returns the place after the last character before a place that is no blank. */
  int endOfContentBefore(int place) {
    int end = place;
    while (end > 0 && XmlText.isSpace(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  /**
   * Returns the text with all changes; what is inserted at one place stays in the order of the
   * calls.
   */
  String apply() {
    edits.sort(Comparator.comparingInt(Edit::start).thenComparingInt(Edit::end));
    StringBuilder changed = new StringBuilder(text.length() + 1024);
    int done = 0;
    for (Edit edit : edits) {
      if (edit.start() < done) {
        throw new IllegalStateException("changes overlap at " + edit.start());
      }
      changed.append(text, done, edit.start()).append(edit.replacement());
      done = edit.end();
    }
    return changed.append(text, done, text.length()).toString();
  }
}
