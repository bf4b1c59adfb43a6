package dev.cutline.storage.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.BudgetLedger;
import dev.cutline.CaptionCache;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionState;
import dev.cutline.CaptionStyle;
import dev.cutline.ImageRecord;
import dev.cutline.RateLimiter;
import dev.cutline.RecordPage;
import dev.cutline.RecordQuery;
import dev.cutline.RecordStore;
import dev.cutline.StorageState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many calls of DynamoDB each piece of work takes: each is paid for and waited for. */
class CallsTest {
  private final Wire wire = new Wire();
  private final String table = Tables.fresh();
  private final RecordStore store =
      DynamoDbRecordStore.builder(wire.client(), table).clock(() -> Pictures.NOON).open();

  @Test
  void anUploadTakesFourCallsAndThoseOfItsWords() {
    RateLimiter limiter = limiter();
    List<String> calls = new ArrayList<>();

    wire.listen();
    limiter.tryAcquire("alice");
    limiter.tryAcquire("alice");
    assertThat(wire.calls()).containsExactly("updateItem", "updateItem");
    calls.add("updateItem");

    wire.listen();
    ImageRecord received = store.create(Pictures.of("alice", 1).build());
    assertThat(wire.calls()).containsExactly("putItem");
    calls.addAll(wire.calls());

    wire.listen();
    ImageRecord stored =
        store.update(
            received.toBuilder().storageState(StorageState.STORED).title("fox").build(), List.of());
    assertThat(wire.calls().get(0)).isEqualTo("updateItem");
    assertThat(wire.calls().subList(1, wire.calls().size()))
        .as("of its words")
        .containsExactly("getItem", "putItem", "batchWriteItem", "putItem", "updateItem");
    calls.add(wire.calls().get(0));

    wire.listen();
    store.update(
        stored.toBuilder().captionState(CaptionState.CAPTIONED).build(),
        List.of(Pictures.caption(1, "one"), Pictures.caption(2, "two")));
    assertThat(wire.calls().get(0)).isEqualTo("transactWriteItems");
    calls.add(wire.calls().get(0));

    assertThat(calls).hasSize(4);
  }

  @Test
  void aDeletionTakesTwoCalls() {
    ImageRecord stored =
        store.create(Pictures.of("alice", 1).storageState(StorageState.STORED).build());
    ImageRecord captioned = store.update(stored, List.of(Pictures.caption(1, "one")));
    ImageRecord marked =
        store.update(captioned.toBuilder().storageState(StorageState.DELETING).build(), List.of());

    wire.listen();
    store.delete(marked, Pictures.NOON);
    assertThat(wire.calls()).containsExactly("putItem", "batchWriteItem");
  }

  @Test
  void aPageTakesOneQueryHoweverManyPicturesThereAre() {
    int count = 0;
    for (int round = 0; round < 2; round++) {
      for (int end = 30 + 90 * round; count < end; count++) {
        store.create(
            Pictures.of("alice", count).storageState(StorageState.STORED).title("x").build());
      }
      wire.listen();
      RecordPage page = store.query(RecordQuery.builder("alice").limit(20).build());
      assertThat(page.items()).hasSize(20);
      assertThat(wire.calls()).containsExactly("query");
      wire.listen();
      store.query(
          RecordQuery.builder("alice").limit(20).cursor(page.nextCursor().orElseThrow()).build());
      assertThat(wire.calls()).containsExactly("query");
    }
  }

  @Test
  void aSearchTakesAQueryAListAndOneForTheRecords() {
    for (int i = 0; i < 60; i++) {
      store.create(
          Pictures.of("alice", i)
              .storageState(StorageState.STORED)
              .title("red fox")
              .tags(List.of("wood"))
              .build());
    }
    wire.listen();
    assertThat(
            store
                .query(RecordQuery.builder("alice").text("red fox").tag("wood").limit(20).build())
                .items())
        .hasSize(20);
    assertThat(wire.calls()).containsExactly("query", "query", "query", "batchGetItem");
  }

  @Test
  void datesTakeOneQueryMore() {
    store.create(Pictures.of("alice", 1).storageState(StorageState.STORED).build());
    wire.listen();
    assertThat(
            store
                .query(
                    RecordQuery.builder("alice")
                        .from(Pictures.NOON)
                        .to(Pictures.NOON.plusSeconds(1))
                        .build())
                .items())
        .hasSize(1);
    assertThat(wire.calls()).containsExactly("query", "query");
  }

  @Test
  void aPageOfReconcileAsksEachPartitionOnce() {
    for (int i = 0; i < 30; i++) {
      store.create(Pictures.of("alice", i).build());
    }
    wire.listen();
    assertThat(store.unsettled(Instant.MAX, null, 10).items()).hasSize(10);
    assertThat(wire.calls())
        .as("and the first page looks for entries that are left undone")
        .containsExactly(
            "query", "query", "query", "query", "batchGetItem", "query", "query", "query", "query");
    wire.listen();
    assertThat(store.pendingCaptions(null, 10).items()).isEmpty();
    assertThat(wire.calls()).containsExactly("query", "query", "query", "query");
  }

  @Test
  void aRememberedAnswerTakesOneCallToFindAndTwoToKeepFirst() {
    CaptionCache cache = store.captionCache();
    CaptionReply reply = CaptionReply.builder("m").text(CaptionStyle.CONCISE, "Red fox").build();
    wire.listen();
    assertThat(cache.find("alice", "key", Instant.EPOCH)).isEmpty();
    assertThat(wire.calls()).containsExactly("getItem");
    wire.listen();
    cache.put("alice", "key", reply);
    assertThat(wire.calls()).containsExactly("putItem", "transactWriteItems");
    wire.listen();
    cache.put("alice", "key", reply);
    assertThat(wire.calls()).containsExactly("putItem");
  }

  @Test
  void moneyTakesOneCallToSetAsideAndOneToSettle() {
    BudgetLedger ledger = store.budgetLedger();
    wire.listen();
    BudgetLedger.Reservation reservation =
        ledger
            .reserve("alice", LocalDate.of(2026, 11, 21), BigDecimal.ONE, BigDecimal.TEN)
            .orElseThrow();
    assertThat(wire.calls()).containsExactly("updateItem");
    wire.listen();
    ledger.settle(reservation, BigDecimal.ONE);
    assertThat(wire.calls()).containsExactly("updateItem");
  }

  @Test
  void aProcessThatFindsABucketInUseAsksOnceMoreAndNotAgain() {
    limiter().tryAcquire("alice");
    RateLimiter other = limiter();
    wire.listen();
    other.tryAcquire("alice");
    assertThat(wire.calls()).containsExactly("updateItem", "updateItem");
    wire.listen();
    other.tryAcquire("alice");
    assertThat(wire.calls()).containsExactly("updateItem");
  }

  private RateLimiter limiter() {
    return DynamoDbRateLimiter.builder(wire.client(), table, 60, Duration.ofHours(1))
        .clock(() -> Pictures.NOON)
        .open();
  }

  @Test
  void aLongTextIsNoQueryForEachOfItsWords() {
    String text =
        IntStream.range(0, 500).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));
    ImageRecord all =
        store.create(
            Pictures.of("alice", 1).storageState(StorageState.STORED).description(text).build());
    store.create(
        Pictures.of("alice", 2)
            .storageState(StorageState.STORED)
            .description(text.replace("word499", "other"))
            .build());
    wire.listen();
    assertThat(store.query(RecordQuery.builder("alice").text(text).build()).items())
        .containsExactly(all);
    assertThat(wire.calls()).hasSizeLessThan(20);
  }
}
