package dev.cutline.jdbc;

import dev.cutline.CaptionStyle;
import dev.cutline.CaptionVersion;
import dev.cutline.ImageRecord;
import dev.cutline.RateLimiter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What a {@link Child} does. */
final class ChildMain {
  private ChildMain() {}

  public static void main(String[] arguments) throws Exception {
    String url = arguments[1];
    int number = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
    switch (arguments[0]) {
      case "acquire" -> acquire(url, number);
      case "migrate" -> migrate(url);
      case "write" -> write(url, number);
      case "hold" -> hold(url, number);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void acquire(String url, int calls) throws IOException {
    try (RateLimiter limiter = JdbcRateLimiter.builder(url, 60, Duration.ofDays(1)).open()) {
      ready();
      for (int i = 0; i < calls; i++) {
        System.out.println(limiter.tryAcquire("alice").allowed());
      }
    }
  }

  private static void migrate(String url) throws IOException {
    ready();
    System.out.println(JdbcSchema.of(url).migrate());
  }

  /** Creates and updates records without end, and names each that was acknowledged. */
  private static void write(String url, int first) throws IOException {
    try (JdbcRecordStore store = JdbcRecordStore.ofDefaults(url)) {
      ready();
      for (int number = first; ; number++) {
        ImageRecord record = store.create(Pictures.stored(number).build());
        System.out.println("created " + number);
        store.update(
            record.toBuilder().title("captioned " + number).build(),
            List.of(version(1, number), version(2, number)));
        System.out.println("updated " + number);
      }
    }
  }

  /** Writes records, then stays in the transaction until it is killed. */
  private static void hold(String url, int number) {
    Dialect dialect = JdbcSettings.dialect(url, Duration.ofSeconds(30));
    try (Database database = Database.open(dialect, 1, Duration.ofSeconds(30))) {
      database.write(
          connection -> {
            RecordTable records = new RecordTable(dialect, new Owners(dialect));
            for (int i = 0; i < 500; i++) {
              records.create(connection, Pictures.stored(number + i).build());
            }
            System.out.println("holding");
            try {
              Thread.sleep(Duration.ofMinutes(5).toMillis());
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return true;
          });
    }
  }

  private static CaptionVersion version(long number, int picture) {
    return CaptionVersion.builder(
            number,
            CaptionStyle.CONCISE,
            "en",
            "text " + number + " of " + picture,
            CaptionVersion.Author.MODEL)
        .build();
  }

  private static void ready() throws IOException {
    System.out.println("ready");
    System.in.read();
  }
}
