package dev.cutline.storage.dynamodb;

import dev.cutline.BudgetLedger;
import dev.cutline.spi.OwnerKey;
import dev.cutline.spi.StoreArguments;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Money by account and day, in billionths of a dollar: an item a day, which holds the total and an
 * attribute for each reservation that is not settled. So each step is one conditional update of one
 * item: exact, and nothing to agree with.
 */
final class DynamoDbBudgetLedger implements BudgetLedger {
  private static final int SCALE = 9;
  private static final int MAX_ACCOUNT = 256;

  /** So that a day's total, which may grow beyond any limit, stays far from overflow. */
  private static final BigDecimal MAX_AMOUNT = new BigDecimal("1000000000");

  private static final BigInteger MAX_TOTAL = BigInteger.valueOf(Long.MAX_VALUE);

  private static final String TOTAL = "total";
  private static final String RESERVED = "reserved#";

  private final Table table;

  DynamoDbBudgetLedger(Table table) {
    this.table = table;
  }

  @Override
  public Optional<Reservation> reserve(
      String account, LocalDate day, BigDecimal amount, BigDecimal limit) {
    Map<String, AttributeValue> key = key(account, day);
    long wanted = billionths(amount);
    BigInteger bound = limit.setScale(SCALE, RoundingMode.FLOOR).unscaledValue().min(MAX_TOTAL);
    long most = bound.subtract(BigInteger.valueOf(wanted)).longValueExact();
    if (most < 0) {
      return Optional.empty();
    }
    String id = UUID.randomUUID().toString();
    Reservation reservation = new Reservation(id, account, day, dollars(wanted));
    try {
      table.update(
          UpdateItemRequest.builder()
              .key(key)
              .updateExpression(
                  "SET #total = if_not_exists(#total, :none) + :amount, #reserved = :amount")
              .conditionExpression(
                  "attribute_not_exists(#reserved)"
                      + " AND (attribute_not_exists(#total) OR #total <= :most)")
              .expressionAttributeNames(Map.of("#total", TOTAL, "#reserved", RESERVED + id))
              .expressionAttributeValues(
                  Map.of(
                      ":none", Attributes.number(0),
                      ":amount", Attributes.number(wanted),
                      ":most", Attributes.number(most))));
      return Optional.of(reservation);
    } catch (ConditionalCheckFailedException e) {
      // It may have come through before, and only the answer have been lost.
      return e.item().containsKey(RESERVED + id) ? Optional.of(reservation) : Optional.empty();
    }
  }

  /** Goes by what was set aside, and takes it off with the same call, so that it settles once. */
  @Override
  public void settle(Reservation reservation, BigDecimal spent) {
    long reserved = billionths(reservation.amount());
    long more = billionths(spent) - reserved;
    try {
      table.update(
          UpdateItemRequest.builder()
              .key(key(reservation.account(), reservation.day()))
              .updateExpression("SET #total = #total + :more REMOVE #reserved")
              .conditionExpression("#reserved = :reserved")
              .expressionAttributeNames(
                  Map.of("#total", TOTAL, "#reserved", RESERVED + reservation.id()))
              .expressionAttributeValues(
                  Map.of(
                      ":more", Attributes.number(more),
                      ":reserved", Attributes.number(reserved))));
    } catch (ConditionalCheckFailedException e) {
      // settled before
    }
  }

  @Override
  public BigDecimal total(String account, LocalDate day) {
    return dollars(
        table.get(key(account, day)).map(item -> Attributes.number(item, TOTAL, 0)).orElse(0L));
  }

  private static Map<String, AttributeValue> key(String account, LocalDate day) {
    String checked = StoreArguments.unicode(account, MAX_ACCOUNT, "an account");
    return Keys.key("BUDGET#" + OwnerKey.of(checked), "DAY#" + day);
  }

  private static long billionths(BigDecimal amount) {
    if (amount.signum() < 0 || amount.compareTo(MAX_AMOUNT) > 0) {
      throw new IllegalArgumentException(
          "an amount is 0 to a billion dollars, not " + amount.toPlainString());
    }
    return amount.setScale(SCALE, RoundingMode.CEILING).unscaledValue().longValueExact();
  }

  private static BigDecimal dollars(long billionths) {
    return BigDecimal.valueOf(billionths, SCALE);
  }
}
