package dev.cutline.storage.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cutline.BudgetLedger;
import dev.cutline.CaptionState;
import dev.cutline.CaptionStyle;
import dev.cutline.CaptionVersion;
import dev.cutline.ImageRecord;
import dev.cutline.RecordStore;
import dev.cutline.StorageState;
import dev.cutline.dynamodbtest.LocalDynamoDb;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * How many write units work takes, as DynamoDBLocal counts them: a partition bears a thousand a
 * second, and DYNAMODB.md says what follows.
 */
class CapacityTest {
  private final WriteUnits units = new WriteUnits();
  private final DynamoDbClient client = LocalDynamoDb.get().client(units);
  private final RecordStore store =
      DynamoDbRecordStore.builder(client, Tables.fresh()).clock(() -> Pictures.NOON).open();

  @AfterEach
  void close() {
    store.close();
    client.close();
  }

  @Test
  void anUploadTakesSevenUnitsOfTwoOfTheIndexesOfAllOwners() {
    ImageRecord received =
        store.create(
            Pictures.of("alice", 1)
                .title("Grey cat on a sofa")
                .tags(List.of("home"))
                .perceptualHash(0x0123456789abcdefL)
                .build());
    ImageRecord stored =
        store.update(received.toBuilder().storageState(StorageState.STORED).build(), List.of());
    List<CaptionVersion> captions =
        List.of(
            caption(1, CaptionStyle.CONCISE, "Grey cat on a sofa"),
            caption(2, CaptionStyle.CREATIVE, "A grey cat dreams of warmer days by the window."),
            caption(3, CaptionStyle.ALT, "A grey cat lying on a sofa beside a bright window"));
    store.update(
        stored.toBuilder().captionState(CaptionState.CAPTIONED).captions(captions).build(),
        captions);

    assertThat(units.ofIndexes())
        .isEqualTo(Map.of(Keys.WORK_INDEX, 7.0, Keys.REPAIR_INDEX, 7.0, Keys.AGE_INDEX, 1.0));
    assertThat(units.ofTable())
        .as("in the partition of the owner, nearly all of it entries of words")
        .isBetween(80.0, 120.0);
  }

  @Test
  void moneyCostsAUnitForTwentyReservationsThatAreOpen() {
    BudgetLedger ledger = store.budgetLedger();
    double none = reserve(ledger);
    for (int i = 1; i < 500; i++) {
      reserve(ledger);
    }

    double many = reserve(ledger);

    assertThat(none).isEqualTo(1);
    assertThat(many).isCloseTo(25, within(2.0));
  }

  private double reserve(BudgetLedger ledger) {
    units.forget();
    assertThat(
            ledger.reserve(
                "alice", LocalDate.of(2026, 11, 21), new BigDecimal("0.01"), BigDecimal.TEN))
        .isPresent();
    return units.ofTable();
  }

  private static CaptionVersion caption(long number, CaptionStyle style, String text) {
    return CaptionVersion.builder(number, style, "en", text, CaptionVersion.Author.MODEL)
        .createdAt(Pictures.NOON)
        .build();
  }
}
