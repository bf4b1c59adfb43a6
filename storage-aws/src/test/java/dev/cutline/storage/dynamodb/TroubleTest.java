package dev.cutline.storage.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.ImageRecord;
import dev.cutline.RateLimiter;
import dev.cutline.RecordQuery;
import dev.cutline.RecordStore;
import dev.cutline.StorageState;
import dev.cutline.StoreException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** DynamoDB that throttles, does batches in part, collides and loses answers. */
class TroubleTest {
  private final Wire wire = new Wire();
  private final String table = Tables.fresh();
  private final RecordStore store =
      DynamoDbRecordStore.builder(wire.client(), table).clock(() -> Pictures.NOON).open();

  @Test
  void whatIsThrottledIsDoneInTheEnd() {
    AtomicInteger call = new AtomicInteger();
    wire.trouble(
        (name, request, ask) -> {
          if (call.incrementAndGet() % 3 != 0) {
            throw Wire.throttled();
          }
          return ask.real(request);
        });

    ImageRecord stored = store.create(stored(1, "a red fox"));
    ImageRecord captioned =
        store.update(stored, List.of(Pictures.caption(1, "one"), Pictures.caption(2, "two")));

    assertThat(store.find("alice", stored.id())).contains(captioned);
    assertThat(store.captionVersions("alice", stored.id())).hasSize(2);
    assertThat(found("fox")).containsExactly(stored.id());
  }

  @Test
  void batchesDoneInPartAreFinished() {
    wire.trouble((name, request, ask) -> Wire.inPart(request, ask));
    for (int i = 0; i < 30; i++) {
      store.create(stored(i, "a red fox jumps over sixteen lazy dogs " + i));
    }

    assertThat(found("jumps lazy dogs")).hasSize(30);
  }

  @Test
  void anAnswerThatIsLostIsNoConflict() {
    ImageRecord created = losing(() -> store.create(stored(1, "first")));
    assertThat(created.version()).isEqualTo(1);

    ImageRecord updated =
        losing(() -> store.update(created.toBuilder().title("second").build(), List.of()));
    assertThat(updated.version()).isEqualTo(2);
    assertThat(store.find("alice", created.id())).contains(updated);

    losing(
        () -> {
          store.delete(updated, Pictures.NOON);
          return true;
        });
    assertThat(store.find("alice", created.id())).isEmpty();
    assertThat(store.tombstones(Pictures.NOON, 10)).hasSize(1);
  }

  @Test
  void moneyAndTokensAreTakenOnceThoughTheAnswerIsLost() {
    LocalDate day = LocalDate.of(2026, 11, 21);
    assertThat(losing(() -> store.budgetLedger().reserve("a", day, BigDecimal.ONE, BigDecimal.TEN)))
        .isPresent();
    assertThat(store.budgetLedger().total("a", day)).isEqualByComparingTo("1");

    RateLimiter limiter =
        DynamoDbRateLimiter.builder(wire.client(), table, 3, Duration.ofHours(1))
            .clock(() -> Pictures.NOON)
            .open();
    for (long left = 2; left >= 0; left--) {
      assertThat(losing(() -> limiter.tryAcquire("alice")).remaining()).isEqualTo(left);
    }
    assertThat(limiter.tryAcquire("alice").allowed()).isFalse();
  }

  @Test
  void transactionsThatMetAreTriedAgain() {
    ImageRecord created = store.create(stored(1, "first"));
    AtomicInteger tries = new AtomicInteger();
    wire.trouble(
        (name, request, ask) -> {
          if (name.equals("transactWriteItems") && tries.incrementAndGet() < 4) {
            throw TransactionCanceledException.builder()
                .cancellationReasons(
                    CancellationReason.builder().code("TransactionConflict").build(),
                    CancellationReason.builder().code("None").build())
                .statusCode(400)
                .build();
          }
          return ask.real(request);
        });

    store.update(created, List.of(Pictures.caption(1, "one")));

    assertThat(tries).hasValue(4);
    assertThat(store.captionVersions("alice", created.id())).hasSize(1);
  }

  @Test
  void whatIsStoredWithoutItsWordsIsFoundAfterAReconcile() {
    wire.trouble(
        (name, request, ask) -> {
          if (name.equals("batchWriteItem")) {
            throw new IllegalStateException("closed");
          }
          return ask.real(request);
        });
    ImageRecord created = store.create(stored(1, "a red fox"));
    wire.trouble(null);
    assertThat(store.find("alice", created.id())).contains(created);
    assertThat(found("fox")).isEmpty();

    store.unsettled(Pictures.NOON, null, 10);
    assertThat(found("fox")).as("a writer may still be at work").isEmpty();
    store.unsettled(Pictures.NOON.plusSeconds(61), null, 10);
    assertThat(found("fox")).containsExactly(created.id());
    assertThat(store.find("alice", created.id())).contains(created);

    wire.listen();
    store.unsettled(Pictures.NOON.plusSeconds(61), null, 10);
    assertThat(wire.calls()).as("once only").containsOnly("query");
  }

  @Test
  void whatADeletionLeftBehindGoesWithItsTombstone() {
    ImageRecord created =
        store.update(store.create(stored(1, "fox")), List.of(Pictures.caption(1, "one")));
    wire.trouble(
        (name, request, ask) -> {
          if (name.equals("batchWriteItem")) {
            throw new IllegalStateException("closed");
          }
          return ask.real(request);
        });
    store.delete(created, Pictures.NOON);
    wire.trouble(null);
    assertThat(items()).isGreaterThan(1);

    store.tombstones(Pictures.NOON, 10).forEach(store::bury);
    assertThat(items()).isZero();
  }

  @Test
  void nothingIsLeftOfADeletedPictureButItsTombstone() {
    ImageRecord created =
        store.update(store.create(stored(1, "fox")), List.of(Pictures.caption(1, "one")));
    store.delete(created, Pictures.NOON);
    assertThat(items()).isEqualTo(1);
  }

  @Test
  void throttlingWithoutEndIsUnavailable() {
    wire.trouble(
        (name, request, ask) -> {
          Thread.currentThread().interrupt();
          throw Wire.throttled();
        });
    assertThatThrownBy(() -> store.find("alice", Pictures.of("alice", 1).build().id()))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE));
    assertThat(Thread.interrupted()).isTrue();
  }

  /** Lets the first write come through and its answer be lost. */
  private <T> T losing(java.util.function.Supplier<T> work) {
    AtomicInteger writes = new AtomicInteger();
    wire.trouble(
        (name, request, ask) -> {
          Object answer = ask.real(request);
          if (!name.startsWith("get") && writes.incrementAndGet() == 1) {
            throw Wire.serverFault();
          }
          return answer;
        });
    T result = work.get();
    wire.trouble(null);
    return result;
  }

  private List<String> found(String text) {
    return store.query(RecordQuery.builder("alice").text(text).limit(50).build()).items().stream()
        .map(ImageRecord::id)
        .toList();
  }

  private int items() {
    return Tables.CLIENT.scan(b -> b.tableName(table).consistentRead(true)).count();
  }

  private static ImageRecord stored(int number, String title) {
    return Pictures.of("alice", number).storageState(StorageState.STORED).title(title).build();
  }
}
