package dev.cutline.benchmarks;

import dev.cutline.CaptionState;
import dev.cutline.ImageRecord;
import dev.cutline.RecordPage;
import dev.cutline.RecordQuery;
import dev.cutline.dynamodbtest.LocalDynamoDb;
import dev.cutline.storage.dynamodb.DynamoDbRecordStore;
import dev.cutline.storage.dynamodb.DynamoDbTables;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * What a page of an owner's records costs in DynamoDB, by kind of query, place in the list and
 * number of the owner's records: read units and calls, as DynamoDBLocal counts them. No times.
 *
 * <p>Arguments: {@code [--records 100,10000,1000000] [--queries 100] [--seed 1] [--json FILE]}.
 *
 * <p>One table grows from one size to the next. Its items are those that the store writes, put
 * there by batches; of the entries that records are found by, those only that one of the queries
 * looks at, since a picture has some 150.
 */
final class PageCapacity {
  private static final int LIMIT = 20;
  private static final int SPAN = 200;
  private static final int BATCH = 25;
  private static final int THREADS = 2;
  private static final String RECORD = "IMAGE#";
  private static final String SUNRISE = "sunrise";
  private static final String SUNSET = "sunset";
  private static final String FIRST = "first";
  private static final String WITHIN = "within";
  private static final String LAST = "last";

  private final DynamoDbClient client;
  private final String table;
  private final DynamoDbRecordStore store;
  private final CapacityMeter meter;
  private final SampleRecords samples;
  private final int queries;
  private final Report report;

  private PageCapacity(
      DynamoDbClient client,
      String table,
      DynamoDbRecordStore store,
      CapacityMeter meter,
      SampleRecords samples,
      int queries,
      Report report) {
    this.client = client;
    this.table = table;
    this.store = store;
    this.meter = meter;
    this.samples = samples;
    this.queries = queries;
    this.report = report;
  }

  public static void main(String[] args) throws Exception {
    run(Arguments.of(args), System.out);
    // DynamoDBLocal ends with the process, and leaves threads that would keep it.
    System.exit(0);
  }

  static void run(Arguments arguments, PrintStream out) throws Exception {
    List<Integer> sizes = arguments.numbers("records", "100,10000,1000000");
    SampleRecords samples =
        SampleRecords.ofOneOwner(sizes.get(sizes.size() - 1), arguments.number("seed", 1));
    Report report =
        new Report(
            "read units of a page of " + LIMIT + " records of an owner in DynamoDB",
            "query",
            "page",
            "records",
            "rows",
            "calls",
            "most calls",
            "units",
            "most units");
    CapacityMeter meter = new CapacityMeter();
    try (DynamoDbClient client = LocalDynamoDb.get().client();
        DynamoDbClient metered = LocalDynamoDb.get().client(meter)) {
      String table = LocalDynamoDb.get().freshTable();
      DynamoDbTables.create(client, table);
      DynamoDbRecordStore store = DynamoDbRecordStore.builder(metered, table).open();
      int queries = arguments.number("queries", 100);
      new PageCapacity(client, table, store, meter, samples, queries, report).run(sizes, out);
    }
    report.publish(arguments, out);
  }

  private void run(List<Integer> sizes, PrintStream out) throws Exception {
    Set<String> runs = runsAskedFor();
    int loaded = 0;
    for (int size : sizes) {
      load(loaded, size, runs, out);
      loaded = size;
      for (Shape shape : shapes(size)) {
        measure(shape, FIRST, size);
        if (shape.oneOf() > 0) {
          measure(shape, WITHIN, size);
          measure(shape, LAST, size);
        }
      }
    }
  }

  /** Asks once while there is nothing, and returns which entries were looked at. */
  private Set<String> runsAskedFor() {
    shapes(SPAN).forEach(shape -> store.query(shape.query().get().build()));
    // Who finds nothing under one word does not look for the next.
    for (String word : List.of(SUNRISE, SUNSET)) {
      store.query(any().text(word).build());
    }
    return meter.runs();
  }

  /**
   * A kind of query, which draws one of its kind each time.
   *
   * @param oneOf how many records there are for one that it finds; 0 where there are no other
   *     places than the first
   */
  private record Shape(String name, int oneOf, Supplier<RecordQuery.Builder> query) {}

  private static RecordQuery.Builder any() {
    return RecordQuery.builder(SampleRecords.OWNER).limit(LIMIT);
  }

  private List<Shape> shapes(int size) {
    Random random = new Random(size);
    return List.of(
        new Shape("all", 1, PageCapacity::any),
        new Shape("tag (1 of 6)", 6, () -> any().tag("sea")),
        new Shape("status FAILED (1 of 100)", 100, () -> any().captionState(CaptionState.FAILED)),
        new Shape("start of a title (1 of 3)", 3, () -> any().titlePrefix("Holiday in")),
        new Shape("text, a word (1 of 20)", 20, () -> any().text(SUNRISE)),
        new Shape("text, a word and a tag (1 of 120)", 120, () -> any().text(SUNRISE).tag("sea")),
        new Shape("dates of 200 records", 0, () -> span(any(), random, size)),
        new Shape("dates and a tag", 0, () -> span(any(), random, size).tag("sea")),
        new Shape(
            "worst: text, two words (1 of 20 each) that never meet",
            0,
            () -> any().text(SUNRISE + " " + SUNSET)));
  }

  private RecordQuery.Builder span(RecordQuery.Builder query, Random random, int size) {
    int first = random.nextInt(Math.max(1, size - SPAN));
    return query.from(samples.time(first)).to(samples.time(first + SPAN));
  }

  private void measure(Shape shape, String place, int size) {
    Random random = new Random(size);
    // The same query has the same cost each time.
    boolean draws = place.equals(WITHIN) || shape.name().startsWith("dates");
    Samples units = new Samples();
    Samples calls = new Samples();
    double rows = 0;
    for (int i = 0; i < (draws ? queries : 1); i++) {
      RecordQuery.Builder query = shape.query().get();
      if (place.equals(WITHIN)) {
        query.cursor(samples.id(random.nextInt(size)));
      } else if (place.equals(LAST)) {
        // Pages go from the newest to the oldest: about one page is left.
        query.cursor(samples.id(Math.min(size - 1, LIMIT * shape.oneOf())));
      }
      meter.reset();
      RecordPage page = store.query(query.build());
      units.add(meter.units());
      calls.add(meter.calls());
      rows += page.items().size();
    }
    report.row(
        shape.name(),
        place,
        size,
        rows / (draws ? queries : 1),
        calls.mean(),
        calls.max(),
        units.mean(),
        units.max());
  }

  private void load(int from, int to, Set<String> runs, PrintStream out) throws Exception {
    long start = System.nanoTime();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Integer>> parts = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int first = from + thread;
        parts.add(threads.submit(() -> loadEvery(first, to, runs)));
      }
      int items = 0;
      for (Future<Integer> part : parts) {
        items += part.get();
      }
      out.printf(
          Locale.ROOT,
          "%,d records more, %,d items, in %d s%n",
          to - from,
          items,
          Duration.ofNanos(System.nanoTime() - start).toSeconds());
    } finally {
      threads.shutdown();
    }
  }

  private int loadEvery(int first, int to, Set<String> runs) {
    WrittenItems written = new WrittenItems(client);
    DynamoDbRecordStore writing = DynamoDbRecordStore.builder(written, table).open();
    List<WriteRequest> batch = new ArrayList<>();
    int items = 0;
    for (int i = first; i < to; i += THREADS) {
      ImageRecord record = samples.record(i);
      writing.create(record);
      for (Map<String, AttributeValue> item : written.take()) {
        String key = StoredItems.sortKey(item);
        if (key.startsWith(RECORD) || runs.contains(key.substring(0, key.lastIndexOf('#') + 1))) {
          batch.add(WriteRequest.builder().putRequest(put -> put.item(item)).build());
          items++;
        }
        if (batch.size() == BATCH) {
          write(batch);
        }
      }
    }
    if (!batch.isEmpty()) {
      write(batch);
    }
    return items;
  }

  private void write(List<WriteRequest> batch) {
    BatchWriteItemResponse response =
        client.batchWriteItem(request -> request.requestItems(Map.of(table, List.copyOf(batch))));
    if (!response.unprocessedItems().isEmpty()) {
      throw new IllegalStateException("DynamoDBLocal has left items out");
    }
    batch.clear();
  }
}
