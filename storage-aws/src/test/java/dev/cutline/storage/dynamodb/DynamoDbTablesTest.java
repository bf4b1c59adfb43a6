package dev.cutline.storage.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.StoreException;
import dev.cutline.dynamodbtest.LocalDynamoDb;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** Tables that are there, are missing, or are somebody else's. */
class DynamoDbTablesTest {
  @Test
  void makesATableInWhichFullBucketsExpire() {
    String table = LocalDynamoDb.get().freshTable();
    DynamoDbTables.create(Tables.CLIENT, table);

    var ttl = Tables.CLIENT.describeTimeToLive(b -> b.tableName(table)).timeToLiveDescription();
    assertThat(ttl.attributeName()).isEqualTo("expires");
    assertThat(ttl.timeToLiveStatus()).isEqualTo(TimeToLiveStatus.ENABLED);
    DynamoDbRecordStore.builder(Tables.CLIENT, table).open().close();
  }

  @Test
  void aTableWithOtherKeysIsRefusedInOneLine() {
    String table = LocalDynamoDb.get().freshTable();
    Tables.CLIENT.createTable(
        b ->
            b.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(
                    KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build()));

    assertThatThrownBy(() -> DynamoDbRecordStore.builder(Tables.CLIENT, table).open())
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.CORRUPT))
        .hasMessageStartingWith("table " + table + " is not one of ours: it has the keys [id]")
        .hasMessageNotContaining("\n");
    assertThatThrownBy(() -> DynamoDbTables.create(Tables.CLIENT, table))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void aTableThatIsMissingIsNamed() {
    assertThatThrownBy(() -> DynamoDbRecordStore.builder(Tables.CLIENT, "no-such-table").open())
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("there is no table no-such-table");
  }
}
