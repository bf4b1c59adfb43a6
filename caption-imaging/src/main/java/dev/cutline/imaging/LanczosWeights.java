package dev.cutline.imaging;

/**
 * For each place of a scaled line: which places of the original it is made of, and how much of
 * each.
 */
final class LanczosWeights {
  /** How many scaled places a place of the original is part of at most, when scaling down. */
  static final int MAX_OVERLAP = 16;

  private static final int LOBES = 3;

  private final int taps;
  private final int[] firsts;
  private final int[] weights;

  private LanczosWeights(int taps, int[] firsts, int[] weights) {
    this.taps = taps;
    this.firsts = firsts;
    this.weights = weights;
  }

  /**
   * Returns the weights for a line of {@code from} places scaled to {@code to}; those of a place
   * add up to exactly {@code 1 << bits}, so that even areas stay as they are.
   */
  static LanczosWeights of(int from, int to, int bits) {
    double scale = (double) from / to;
    double stretch = Math.max(1, scale);
    double reach = LOBES * stretch;
    int taps = Math.min(from, (int) Math.ceil(2 * reach) + 1);
    int[] firsts = new int[to];
    int[] weights = new int[to * taps];
    double[] exact = new double[taps];
    for (int i = 0; i < to; i++) {
      double centre = (i + 0.5) * scale;
      int first = Math.max(0, Math.min(from - taps, (int) Math.floor(centre - reach + 0.5)));
      firsts[i] = first;
      double sum = 0;
      for (int k = 0; k < taps; k++) {
        exact[k] = kernel((first + k + 0.5 - centre) / stretch);
        sum += exact[k];
      }
      round(exact, sum, bits, weights, i * taps);
    }
    return new LanczosWeights(taps, firsts, weights);
  }

  /** Returns how many bytes the weights take at most. */
  static long memory(int from, int to) {
    return 4L * to * (2 * LOBES * Math.max(1, (from + to - 1) / to) + 3);
  }

  /** Returns how many places each place is made of. */
  int taps() {
    return taps;
  }

  /** Returns the first place of the original that {@code place} is made of. */
  int first(int place) {
    return firsts[place];
  }

  int weight(int place, int tap) {
    return weights[place * taps + tap];
  }

  /** Returns how many scaled places a place of the original is part of at most. */
  int overlap() {
    int most = 1;
    for (int first = 0, last = 0; last < firsts.length; last++) {
      while (firsts[first] + taps <= firsts[last]) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }

  /** Returns all weights, those of one place side by side. Not to be changed. */
  int[] weights() {
    return weights;
  }

  /** Rounds, and gives what rounding lost to the largest. */
  private static void round(double[] exact, double sum, int bits, int[] weights, int at) {
    int left = 1 << bits;
    int largest = 0;
    for (int k = 0; k < exact.length; k++) {
      int weight = (int) Math.round(exact[k] / sum * (1 << bits));
      weights[at + k] = weight;
      left -= weight;
      largest = exact[k] > exact[largest] ? k : largest;
    }
    weights[at + largest] += left;
  }

  /** StrictMath: the same weights on every machine. */
  private static double kernel(double x) {
    double distance = Math.abs(x);
    if (distance < 1e-9) {
      return 1;
    }
    if (distance >= LOBES) {
      return 0;
    }
    double angle = Math.PI * distance;
    return LOBES * StrictMath.sin(angle) * StrictMath.sin(angle / LOBES) / (angle * angle);
  }
}
