package dev.cutline.benchmarks;

import dev.cutline.ImageFormat;
import dev.cutline.ImageRecord;
import dev.cutline.StorageState;
import dev.cutline.jdbc.JdbcRecordStore;
import dev.cutline.spi.HashBands;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * How long SQLite takes to find the ten nearest of an owner's pictures, by distance and number of
 * pictures.
 *
 * <p>Arguments: {@code [--pictures 100000] [--lookups 1000] [--seed 1] [--json FILE]}. Hashes have
 * 32 bits set, as those of pictures have, and every second one is a copy of another, up to eight
 * bits off. Half of the lookups ask for a hash that is there, half for one that is not. All work is
 * done in the thread that asks, so its processor time tells what a busy machine hides.
 */
final class SimilarPictures {
  private static final String OWNER = "local";
  private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
  private static final int BATCH = 2_000;
  private static final int WARM_UP = 100;
  private static final int WANTED = 10;

  private final Random random;
  private final List<Long> hashes = new ArrayList<>();

  private SimilarPictures(int seed) {
    this.random = new Random(seed);
  }

  public static void main(String[] args) throws IOException {
    Arguments arguments = Arguments.of(args);
    int lookups = arguments.number("lookups", 1000);
    Report report =
        new Report(
            "similar pictures in SQLite, " + lookups + " lookups of each distance",
            "pictures",
            "distance",
            "found",
            "p50 ms",
            "p99 ms",
            "max ms",
            "cpu p50 ms",
            "cpu p99 ms");
    try (WorkFolder folder = WorkFolder.temporary()) {
      for (int size : arguments.numbers("pictures", "100000")) {
        Path file = folder.resolve("similar-" + size + ".db");
        try (JdbcRecordStore store = JdbcRecordStore.ofDefaults("jdbc:sqlite:" + file)) {
          SimilarPictures pictures = new SimilarPictures(arguments.number("seed", 1));
          pictures.fill(store, size);
          for (int distance = 0; distance <= HashBands.MAX_DISTANCE; distance++) {
            pictures.measure(store, distance, lookups, report);
          }
        }
      }
    }
    report.publish(arguments, System.out);
  }

  private void fill(JdbcRecordStore store, int size) {
    List<ImageRecord> batch = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      long hash =
          i % 2 == 0 ? balanced() : turned(hashes.get(random.nextInt(i)), random.nextInt(5));
      hashes.add(hash);
      batch.add(record(i, hash));
      if (batch.size() == BATCH || i == size - 1) {
        store.createAll(batch);
        batch.clear();
      }
    }
  }

  private ImageRecord record(int index, long hash) {
    Instant time = START.plusSeconds(index);
    long high = time.toEpochMilli() << 16 | 0x7000L;
    long low = random.nextLong() & 0x3fffffffffffffffL | 0x8000000000000000L;
    return ImageRecord.builder(OWNER, new UUID(high, low).toString())
        .storageState(StorageState.STORED)
        .createdAt(time)
        .updatedAt(time)
        .format(ImageFormat.JPEG)
        .dimensions(640, 480)
        .size(100_000)
        .sha256("0".repeat(64))
        .perceptualHash(hash)
        .build();
  }

  private void measure(JdbcRecordStore store, int distance, int lookups, Report report) {
    Samples millis = new Samples();
    Samples cpu = new Samples();
    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    long found = 0;
    for (int i = -WARM_UP; i < lookups; i++) {
      long hash = random.nextBoolean() ? hashes.get(random.nextInt(hashes.size())) : balanced();
      long cpuStart = thread.getCurrentThreadCpuTime();
      long start = System.nanoTime();
      int read = store.similar(OWNER, hash, distance, WANTED).size();
      long end = System.nanoTime();
      long cpuEnd = thread.getCurrentThreadCpuTime();
      if (i >= 0) {
        millis.add((end - start) / 1e6);
        cpu.add((cpuEnd - cpuStart) / 1e6);
        found += read;
      }
    }
    report.row(
        hashes.size(),
        distance,
        (double) found / lookups,
        millis.median(),
        millis.percentile(99),
        millis.max(),
        cpu.median(),
        cpu.percentile(99));
  }

  /** Returns a hash with 32 bits set. */
  private long balanced() {
    long hash = 0;
    while (Long.bitCount(hash) < Long.SIZE / 2) {
      hash |= 1L << random.nextInt(Long.SIZE);
    }
    return hash;
  }

  /** Returns a hash with so many pairs of bits that have changed places. */
  private long turned(long hash, int pairs) {
    long other = hash;
    for (int i = 0; i < pairs; i++) {
      other ^= one(other) | one(~other);
    }
    return other;
  }

  /** Returns one of the bits that are set. */
  private long one(long hash) {
    long bit = 0;
    while ((hash & bit) == 0) {
      bit = 1L << random.nextInt(Long.SIZE);
    }
    return bit;
  }
}
