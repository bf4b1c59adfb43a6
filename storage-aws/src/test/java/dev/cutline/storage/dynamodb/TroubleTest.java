package dev.cutline.storage.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.CaptionCache;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionStyle;
import dev.cutline.ImageRecord;
import dev.cutline.RateLimiter;
import dev.cutline.RecordQuery;
import dev.cutline.RecordStore;
import dev.cutline.StorageState;
import dev.cutline.StoreException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** DynamoDB that throttles, does batches in part, collides and loses answers. */
class TroubleTest {
  private static final String TOO_LARGE =
      "Item size to update has exceeded the maximum allowed size";

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
            throw cancelled("TransactionConflict", "", "None", "");
          }
          return ask.real(request);
        });

    store.update(created, List.of(Pictures.caption(1, "one")));

    assertThat(tries).hasValue(4);
    assertThat(store.captionVersions("alice", created.id())).hasSize(1);
  }

  @Test
  void captionsThatFitIntoNoItemAreNotTriedForever() {
    ImageRecord created = store.create(stored(1, "first"));
    AtomicInteger tries = new AtomicInteger();
    wire.trouble(
        (name, request, ask) -> {
          if (name.equals("transactWriteItems")) {
            tries.incrementAndGet();
            throw cancelled("None", "", "ValidationError", TOO_LARGE);
          }
          return ask.real(request);
        });

    assertThatThrownBy(() -> store.update(created, List.of(Pictures.caption(1, "one"))))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.FULL))
        .hasMessageContaining("400 KB");
    assertThat(tries).as("waiting does not help").hasValue(1);
  }

  @Test
  void credentialsThatHaveExpiredAreAskedForOnceMore() {
    ImageRecord created = store.create(stored(1, "first"));
    AtomicInteger calls = new AtomicInteger();
    wire.trouble(
        (name, request, ask) -> {
          if (calls.incrementAndGet() == 1) {
            throw Wire.expired();
          }
          return ask.real(request);
        });
    assertThat(store.find("alice", created.id())).contains(created);

    calls.set(0);
    wire.trouble(
        (name, request, ask) -> {
          calls.incrementAndGet();
          throw Wire.expired();
        });
    assertThatThrownBy(() -> store.find("alice", created.id()))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.DENIED));
    assertThat(calls).hasValue(2);
  }

  @Test
  void answersAreForgottenThoughTheirCountIsWrong() {
    CaptionReply reply = CaptionReply.builder("m").text(CaptionStyle.CONCISE, "A fox").build();
    CaptionCache cache = store.captionCache();
    Map<String, AttributeValue> count = Keys.key(Keys.owner("alice"), Keys.CACHE_COUNT);
    cache.put("alice", "a", reply);
    cache.put("alice", "b", reply);
    Tables.CLIENT.deleteItem(
        b -> b.tableName(table).key(count)); // as of a backup that was restored
    endsSoon();
    cache.deleteOwner("alice");
    assertThat(items()).isZero();

    cache.put("alice", "a", reply);
    cache.put("alice", "b", reply);
    Tables.CLIENT.deleteItem(b -> b.tableName(table).key(count));
    endsSoon();
    assertThat(cache.deleteBefore(Pictures.NOON.plusSeconds(1), 10)).isEqualTo(2);
    assertThat(cache.find("alice", "a", Pictures.NOON)).isEmpty();
  }

  /** What asks again and again is stopped. */
  private void endsSoon() {
    AtomicInteger calls = new AtomicInteger();
    wire.trouble(
        (name, request, ask) -> {
          if (calls.incrementAndGet() > 20) {
            throw new AssertionError("there is no end to it");
          }
          return ask.real(request);
        });
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

  /** More of them than are repaired at once, and all found before the one that can be. */
  @Test
  void recordsThatCannotBeReadHoldUpNoRepair() {
    wire.trouble(
        (name, request, ask) -> {
          if (name.equals("batchWriteItem")) {
            throw new IllegalStateException("closed");
          }
          return ask.real(request);
        });
    ImageRecord created = store.create(stored(1_000, "a red fox"));
    wire.trouble(null);
    String shard = Keys.shardOf(RecordItems.REPAIR, created.id());
    IntStream.range(0, 150).forEach(number -> unreadable(number, shard));

    store.unsettled(Pictures.NOON.plusSeconds(61), null, 10);

    assertThat(found("fox")).containsExactly(created.id());
  }

  private void unreadable(int number, String shard) {
    ImageRecord record = stored(number, "never read");
    String pk = Keys.owner(record.owner());
    long earlier = Pictures.NOON.minusSeconds(60).toEpochMilli();
    Map<String, AttributeValue> item = new HashMap<>(Keys.image(record.owner(), record.id()));
    item.put(RecordItems.OWNER, Attributes.text(record.owner()));
    item.put(Keys.REPAIR_KEY, Attributes.text(shard));
    item.put(Keys.REPAIR_SORT, Attributes.text(Keys.sortByTime(earlier, pk, record.id())));
    Tables.CLIENT.putItem(b -> b.tableName(table).item(item));
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
  void whatADeletionHasBegunToTakeAwayGoesWithItsTombstone() {
    ImageRecord created = store.create(stored(1, "fox"));
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

  private static TransactionCanceledException cancelled(
      String firstCode, String firstMessage, String secondCode, String secondMessage) {
    return TransactionCanceledException.builder()
        .cancellationReasons(
            CancellationReason.builder().code(firstCode).message(firstMessage).build(),
            CancellationReason.builder().code(secondCode).message(secondMessage).build())
        .statusCode(400)
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .errorCode("TransactionCanceledException")
                .errorMessage("Transaction cancelled, please refer cancellation reasons")
                .build())
        .build();
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
