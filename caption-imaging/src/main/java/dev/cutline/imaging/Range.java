package dev.cutline.imaging;

/** A piece of a file in memory: from the first byte to before the last. */
record Range(int from, int to) {
  int length() {
    return to - from;
  }
}
