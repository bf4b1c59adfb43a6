package dev.cutline.imaging;

/** A size in pixels. */
record Size(int width, int height) {
  /**
   * Returns the size scaled down, never up, until the longer side has at most {@code longEdge}
   * pixels.
   */
  Size within(int longEdge) {
    return scaled((double) longEdge / longEdge());
  }

  /**
   * Returns the size scaled down, never up, until the shorter side has at most {@code shortEdge}
   * pixels.
   */
  Size covering(int shortEdge) {
    return scaled((double) shortEdge / shortEdge());
  }

  int longEdge() {
    return Math.max(width, height);
  }

  int shortEdge() {
    return Math.min(width, height);
  }

  private Size scaled(double scale) {
    if (scale >= 1) {
      return this;
    }
    return new Size(
        (int) Math.max(1, Math.round(width * scale)),
        (int) Math.max(1, Math.round(height * scale)));
  }
}
