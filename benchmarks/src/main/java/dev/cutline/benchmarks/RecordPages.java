package dev.cutline.benchmarks;

import dev.cutline.CaptionState;
import dev.cutline.ImageRecord;
import dev.cutline.RecordQuery;
import dev.cutline.jdbc.JdbcRecordStore;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;

/**
 * How long a page of records takes in SQLite, by kind of query and number of records.
 *
 * <pre>
 * RecordPages --records 100000,1000000 [--queries 1000] [--seed 1] [--folder DIR] [--json FILE]
 * </pre>
 *
 * <p>Times are of the clock and, since a machine that others use as well makes those long, of the
 * processor: all work is done in the thread that asks.
 *
 * <p>Nine records of ten belong to one owner, the others to a hundred. Half of the queries ask for
 * the first page, half go on from a cursor anywhere. A page holds ten records, read whole. A folder
 * that is given keeps its databases, and they are filled only once.
 */
public final class RecordPages {
  private static final int WARM_UP = 100;

  private final int records;
  private final int queries;
  private final long seed;
  private final Path folder;

  private RecordPages(int records, int queries, long seed, Path folder) {
    this.records = records;
    this.queries = queries;
    this.seed = seed;
    this.folder = folder;
  }

  /** What one kind of query took, in milliseconds. */
  private record Figure(
      int records,
      String query,
      double rows,
      double p50,
      double p99,
      double max,
      double cpu50,
      double cpu99) {
    String json() {
      return String.format(
          Locale.ROOT,
          "{\"records\": %d, \"query\": \"%s\", \"rows\": %.1f, \"p50Ms\": %.3f, \"p99Ms\": %.3f,"
              + " \"maxMs\": %.3f, \"cpuP50Ms\": %.3f, \"cpuP99Ms\": %.3f}",
          records,
          query,
          rows,
          p50,
          p99,
          max,
          cpu50,
          cpu99);
    }
  }

  /** Runs the benchmark and prints its table. */
  public static void main(String[] arguments) throws IOException {
    Arguments options = Arguments.of(arguments);
    int[] sizes =
        Arrays.stream(options.text("records", "100000,1000000").split(",", -1))
            .mapToInt(Integer::parseInt)
            .toArray();
    int queries = Integer.parseInt(options.text("queries", "1000"));
    long seed = Long.parseLong(options.text("seed", "1"));
    String given = options.text("folder", "");
    String json = options.text("json", "");
    options.finish();
    Path folder =
        given.isEmpty() ? Files.createTempDirectory("cutline-record-pages") : Path.of(given);
    List<Figure> figures = new ArrayList<>();
    try {
      for (int size : sizes) {
        figures.addAll(new RecordPages(size, queries, seed, folder).run(System.out));
      }
    } finally {
      if (given.isEmpty()) {
        deleteFiles(folder);
      }
    }
    if (!json.isEmpty()) {
      List<String> lines = figures.stream().map(Figure::json).toList();
      Files.writeString(
          Path.of(json), "[\n" + String.join(",\n", lines) + "\n]\n", StandardCharsets.UTF_8);
    }
  }

  private List<Figure> run(PrintStream out) throws IOException {
    Path file = folder.resolve("records-" + records + "-" + seed + ".db");
    boolean filled = Files.exists(file);
    try (JdbcRecordStore store = JdbcRecordStore.ofDefaults("jdbc:sqlite:" + file)) {
      SampleRecords samples = new SampleRecords(records, seed);
      if (!filled) {
        long start = System.nanoTime();
        samples.fill(store);
        out.printf(
            Locale.ROOT,
            "%,d records, filled in %d s%n",
            records,
            Duration.ofNanos(System.nanoTime() - start).toSeconds());
      }
      out.printf(Locale.ROOT, "%,d records, %,d MB%n", records, Files.size(file) / 1_000_000);
      out.printf(
          Locale.ROOT,
          "%-53s %5s %8s %8s %8s %8s %8s%n",
          "query",
          "rows",
          "p50 ms",
          "p99 ms",
          "max ms",
          "cpu p50",
          "cpu p99");
      List<Figure> figures = new ArrayList<>();
      for (Shape shape : shapes(samples)) {
        Figure figure = measure(store, samples, shape);
        out.printf(
            Locale.ROOT,
            "%-53s %5.1f %8.2f %8.2f %8.2f %8.2f %8.2f%n",
            figure.query(),
            figure.rows(),
            figure.p50(),
            figure.p99(),
            figure.max(),
            figure.cpu50(),
            figure.cpu99());
        figures.add(figure);
      }
      return figures;
    }
  }

  /** A kind of query, which draws one of its kind each time. */
  private record Shape(String name, Supplier<RecordQuery.Builder> query) {}

  private List<Shape> shapes(SampleRecords samples) {
    Random random = new Random(seed);
    Supplier<RecordQuery.Builder> any = () -> RecordQuery.builder(SampleRecords.OWNER);
    return List.of(
        new Shape("list", any),
        new Shape(
            "list of a small owner", () -> RecordQuery.builder(SampleRecords.smallOwner(random))),
        new Shape("tag", () -> any.get().tag(samples.tag(random))),
        new Shape("status CAPTIONED (9 of 10)", status(any, CaptionState.CAPTIONED)),
        new Shape("status FAILED (1 of 100)", status(any, CaptionState.FAILED)),
        new Shape("needs review (1 of 20)", () -> any.get().needsReview(true)),
        new Shape("does not need review", () -> any.get().needsReview(false)),
        new Shape("provider", () -> any.get().provider("openai")),
        new Shape("language", () -> any.get().language("de")),
        new Shape("SHA-256", () -> any.get().sha256(samples.sha256(random))),
        new Shape("title, 1 letter", () -> any.get().titlePrefix(samples.word(random, 1))),
        new Shape("title, start of a frequent word", () -> any.get().titlePrefix("Holiday in")),
        new Shape("title, whole", () -> any.get().titlePrefix(samples.title(random))),
        new Shape("a month", () -> month(any.get(), samples, random)),
        new Shape("a month and a tag", () -> month(any.get(), samples, random).tag("sea")),
        new Shape("search, a word of 9 records in 10", () -> any.get().text("photograph")),
        new Shape("search, a frequent word", () -> any.get().text(samples.frequent(random))),
        new Shape("search, a rare word", () -> any.get().text(samples.rare(random))),
        new Shape("search, a word that is nowhere", () -> any.get().text("xyzzy")),
        new Shape("search, 1 letter", () -> any.get().text(samples.word(random, 1))),
        new Shape("search, 3 letters", () -> any.get().text(samples.word(random, 3))),
        new Shape(
            "search, 2 frequent words",
            () -> any.get().text(samples.frequent(random) + " " + samples.frequent(random))),
        new Shape(
            "search, 3 middling words",
            () ->
                any.get()
                    .text(
                        samples.middling(random)
                            + " "
                            + samples.middling(random)
                            + " "
                            + samples.middling(random))),
        new Shape(
            "search, a frequent word, tag and status",
            () ->
                any.get()
                    .text(samples.frequent(random))
                    .tag(samples.tag(random))
                    .captionState(CaptionState.CAPTIONED)),
        new Shape(
            "search of a small owner",
            () ->
                RecordQuery.builder(SampleRecords.smallOwner(random))
                    .text(samples.frequent(random))),
        new Shape(
            "worst: 2 words in 1 of 20 records, never in the same",
            () -> any.get().text("sunrise sunset")),
        new Shape(
            "worst: 2 words in 1 of 2 records, never in the same",
            () -> any.get().text("indoors outdoors")));
  }

  private static Supplier<RecordQuery.Builder> status(
      Supplier<RecordQuery.Builder> any, CaptionState state) {
    return () -> any.get().captionState(state);
  }

  private static RecordQuery.Builder month(
      RecordQuery.Builder query, SampleRecords samples, Random random) {
    Instant from = samples.time(random.nextInt(samples.size()));
    return query.from(from).to(from.plus(Duration.ofDays(30)));
  }

  private Figure measure(JdbcRecordStore store, SampleRecords samples, Shape shape) {
    Random random = new Random(seed);
    double[] millis = new double[queries];
    double[] cpu = new double[queries];
    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    long rows = 0;
    for (int i = -WARM_UP; i < queries; i++) {
      RecordQuery.Builder query = shape.query().get();
      if (random.nextBoolean()) {
        query.cursor(samples.id(random.nextInt(samples.size())));
      }
      RecordQuery built = query.build();
      long cpuStart = thread.getCurrentThreadCpuTime();
      long start = System.nanoTime();
      List<ImageRecord> items = store.query(built).items();
      long end = System.nanoTime();
      long cpuEnd = thread.getCurrentThreadCpuTime();
      if (i >= 0) {
        millis[i] = (end - start) / 1e6;
        cpu[i] = (cpuEnd - cpuStart) / 1e6;
        rows += items.size();
      }
    }
    Arrays.sort(millis);
    Arrays.sort(cpu);
    int p99 = Math.min(queries - 1, queries * 99 / 100);
    return new Figure(
        samples.size(),
        shape.name(),
        (double) rows / queries,
        millis[queries / 2],
        millis[p99],
        millis[queries - 1],
        cpu[queries / 2],
        cpu[p99]);
  }

  private static void deleteFiles(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
