package dev.cutline.benchmarks;

import dev.cutline.CaptionState;
import dev.cutline.RecordQuery;
import dev.cutline.jdbc.JdbcRecordStore;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;

/**
 * How long a page of records takes in SQLite, by kind of query and number of records.
 *
 * <p>Arguments: {@code [--records 100000,1000000] [--queries 1000] [--seed 1] [--folder DIR]
 * [--json FILE]}. A folder that is given keeps its databases, and they are filled only once.
 *
 * <p>Nine records of ten belong to one owner, the others to a hundred. Half of the queries ask for
 * the first page, half go on from a cursor anywhere. A page holds ten records, read whole. Times
 * are of the clock and, since a machine that others use as well makes those long, of the processor:
 * all work is done in the thread that asks.
 */
final class RecordPages {
  private static final int WARM_UP = 100;

  private final SampleRecords samples;
  private final int queries;
  private final long seed;
  private final Report report;

  private RecordPages(SampleRecords samples, int queries, long seed, Report report) {
    this.samples = samples;
    this.queries = queries;
    this.seed = seed;
    this.report = report;
  }

  public static void main(String[] args) throws IOException {
    Arguments arguments = Arguments.of(args);
    int queries = arguments.number("queries", 1000);
    int seed = arguments.number("seed", 1);
    Report report =
        new Report(
            "pages of 10 records in SQLite, " + queries + " queries of each kind",
            "records",
            "query",
            "rows",
            "p50 ms",
            "p99 ms",
            "max ms",
            "cpu p50 ms",
            "cpu p99 ms");
    try (WorkFolder folder = WorkFolder.of(arguments.path("folder"))) {
      for (int size : arguments.numbers("records", "100000,1000000")) {
        SampleRecords samples = new SampleRecords(size, seed);
        Path file = folder.resolve("records-" + size + "-" + seed + ".db");
        new RecordPages(samples, queries, seed, report).run(file, System.out);
      }
    }
    report.publish(arguments, System.out);
  }

  private void run(Path file, PrintStream out) throws IOException {
    if (!Files.exists(file)) {
      fill(file, out);
    }
    out.printf(Locale.ROOT, "%,d records: %,d MB%n", samples.size(), Files.size(file) / 1_000_000);
    try (JdbcRecordStore store = open(file)) {
      for (Shape shape : shapes()) {
        measure(store, shape);
      }
    }
  }

  /** Fills a file under another name first, so that one that is there is whole. */
  private void fill(Path file, PrintStream out) throws IOException {
    Path part = file.resolveSibling("filling-" + file.getFileName());
    Files.deleteIfExists(part);
    long start = System.nanoTime();
    try (JdbcRecordStore store = open(part)) {
      samples.fill(store);
    }
    Files.move(part, file);
    out.printf(
        Locale.ROOT,
        "%,d records filled in, in %d s%n",
        samples.size(),
        Duration.ofNanos(System.nanoTime() - start).toSeconds());
  }

  private static JdbcRecordStore open(Path file) {
    return JdbcRecordStore.ofDefaults("jdbc:sqlite:" + file);
  }

  /** A kind of query, which draws one of its kind each time. */
  private record Shape(String name, Supplier<RecordQuery.Builder> query) {}

  private List<Shape> shapes() {
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
        new Shape("a month", () -> month(any.get(), random)),
        new Shape("a month and a tag", () -> month(any.get(), random).tag("sea")),
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

  private RecordQuery.Builder month(RecordQuery.Builder query, Random random) {
    Instant from = samples.time(random.nextInt(samples.size()));
    return query.from(from).to(from.plus(Duration.ofDays(30)));
  }

  private void measure(JdbcRecordStore store, Shape shape) {
    Random random = new Random(seed);
    Samples millis = new Samples();
    Samples cpu = new Samples();
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
      int read = store.query(built).items().size();
      long end = System.nanoTime();
      long cpuEnd = thread.getCurrentThreadCpuTime();
      if (i >= 0) {
        millis.add((end - start) / 1e6);
        cpu.add((cpuEnd - cpuStart) / 1e6);
        rows += read;
      }
    }
    report.row(
        samples.size(),
        shape.name(),
        (double) rows / queries,
        millis.median(),
        millis.percentile(99),
        millis.max(),
        cpu.median(),
        cpu.percentile(99));
  }
}
