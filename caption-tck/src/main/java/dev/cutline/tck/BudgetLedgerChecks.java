package dev.cutline.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.BudgetLedger;
import dev.cutline.BudgetLedger.Reservation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The ledger of money. */
abstract class BudgetLedgerChecks extends StoreChecks {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 21);
  private static final String ACCOUNT = "rung/primary";

  BudgetLedgerChecks(RecordStoreContract contract) {
    super(contract);
  }

  @Test
  public void setsAsideUpToTheLimitAndNotBeyond() {
    Reservation first = reserve("0.6", "1").orElseThrow();
    assertThat(first.account()).isEqualTo(ACCOUNT);
    assertThat(first.day()).isEqualTo(DAY);
    assertThat(first.amount()).isEqualByComparingTo("0.6");

    assertThat(reserve("0.400000001", "1")).isEmpty();
    assertTotal("0.6");
    assertThat(reserve("0.4", "1")).isPresent();
    assertTotal("1");
    assertThat(reserve("0.000000001", "1")).isEmpty();
    assertThat(reserve("0", "1")).isPresent();
    assertTotal("1");
  }

  @Test
  public void aBudgetOfNothingBearsNothing() {
    assertThat(reserve("0.000000001", "0")).isEmpty();
    assertThat(reserve("0", "0")).isPresent();
    assertTotal("0");
  }

  @Test
  public void limitsMayChangeFromCallToCall() {
    assertThat(reserve("5", "5")).isPresent();
    assertThat(reserve("1", "5")).isEmpty();
    assertThat(reserve("1", "6")).isPresent();
    assertThat(reserve("1", "2")).isEmpty();
    assertTotal("6");
  }

  @Test
  public void settlingReplacesWhatWasSetAside() {
    Reservation cheaper = reserve("0.5", "1").orElseThrow();
    Reservation dearer = reserve("0.5", "1").orElseThrow();

    ledger().settle(cheaper, new BigDecimal("0.2"));
    assertTotal("0.7");
    ledger().settle(dearer, new BigDecimal("0.9"));
    assertTotal("1.1");
    assertThat(reserve("0.000000001", "1.1")).isEmpty();
  }

  @Test
  public void settlingWithNothingGivesItBack() {
    Reservation reservation = reserve("1", "1").orElseThrow();
    ledger().settle(reservation, BigDecimal.ZERO);

    assertTotal("0");
    assertThat(reserve("1", "1")).isPresent();
  }

  @Test
  public void settlingTwiceDoesNothing() {
    Reservation reservation = reserve("1", "10").orElseThrow();
    Reservation other = reserve("3", "10").orElseThrow();
    ledger().settle(reservation, new BigDecimal("2"));
    ledger().settle(reservation, new BigDecimal("2"));
    ledger().settle(reservation, BigDecimal.ZERO);

    assertTotal("5");
    ledger().settle(other, new BigDecimal("3"));
    assertTotal("5");
  }

  @Test
  public void roundsEveryAmountUpToABillionth() {
    Reservation tiny = reserve("0.0000000001", "1").orElseThrow();
    assertTotal("0.000000001");
    ledger().settle(tiny, new BigDecimal("0.0000000011"));
    assertTotal("0.000000002");
    assertThat(reserve("0.0000000001", "0.0000000029")).isEmpty();
    assertThat(reserve("0.0000000001", "0.000000003")).isPresent();
    assertTotal("0.000000003");
  }

  @Test
  public void addsWithoutError() {
    BigDecimal tenth = new BigDecimal("0.1");
    for (int i = 0; i < 10; i++) {
      assertThat(ledger().reserve(ACCOUNT, DAY, tenth, BigDecimal.ONE)).isPresent();
    }
    assertTotal("1");
    assertThat(reserve("0.000000001", "1")).isEmpty();
  }

  @Test
  public void bearsLargeAmounts() {
    assertThat(reserve("999999999.999999999", "1000000000")).isPresent();
    assertThat(reserve("0.000000001", "1000000000")).isPresent();
    assertThat(reserve("0.000000001", "1000000000")).isEmpty();
    assertTotal("1000000000");
    assertThat(reserve("0.5", "1E+30")).isPresent();
  }

  @Test
  public void accountsAndDaysAreApart() {
    List<String> accounts = new ArrayList<>(Samples.OWNERS);
    accounts.add("owner/" + "a".repeat(250));
    accounts.add("owner/" + "a".repeat(249) + "b");
    for (String account : accounts) {
      assertThat(ledger().reserve(account, DAY, BigDecimal.ONE, BigDecimal.ONE)).isPresent();
      assertThat(ledger().reserve(account, DAY.plusDays(1), BigDecimal.ONE, BigDecimal.ONE))
          .isPresent();
    }
    for (String account : accounts) {
      assertThat(ledger().total(account, DAY)).isEqualByComparingTo("1");
      assertThat(ledger().total(account, DAY.plusDays(1))).isEqualByComparingTo("1");
      assertThat(ledger().total(account, DAY.minusDays(1))).isEqualByComparingTo("0");
    }
  }

  @Test
  public void anotherInstanceKnowsAndSettles() throws Exception {
    Reservation reservation = reserve("1", "1").orElseThrow();
    BudgetLedger other = again().budgetLedger();

    assertThat(other.total(ACCOUNT, DAY)).isEqualByComparingTo("1");
    assertThat(other.reserve(ACCOUNT, DAY, BigDecimal.ONE, BigDecimal.ONE)).isEmpty();
    other.settle(reservation, new BigDecimal("0.5"));
    ledger().settle(reservation, BigDecimal.ZERO);
    assertTotal("0.5");
  }

  @Test
  public void neverGoesBeyondTheLimitHoweverManyAsk() throws Exception {
    BudgetLedger[] ledgers = {ledger(), again().budgetLedger()};
    BigDecimal amount = new BigDecimal("0.07");
    List<List<Reservation>> reserved =
        Contenders.run(
            8,
            i ->
                () -> {
                  List<Reservation> mine = new ArrayList<>();
                  for (int n = 0; n < 30; n++) {
                    ledgers[i % 2]
                        .reserve(ACCOUNT, DAY, amount, BigDecimal.TEN)
                        .ifPresent(mine::add);
                  }
                  return mine;
                });

    List<Reservation> all = reserved.stream().flatMap(List::stream).toList();
    assertThat(all).hasSize(142);
    assertThat(all).extracting(Reservation::id).doesNotHaveDuplicates();
    assertTotal("9.94");

    Contenders.run(
        8,
        i ->
            () -> {
              for (Reservation reservation : all) {
                ledgers[i % 2].settle(reservation, new BigDecimal("0.01"));
              }
              return null;
            });
    assertTotal("1.42");
  }

  @Test
  public void countsAsASimpleSumDoes() {
    Seeds.run(
        random -> {
          BigDecimal total = BigDecimal.ZERO;
          List<Reservation> open = new ArrayList<>();
          for (int i = 0; i < 150; i++) {
            if (random.nextInt(3) > 0 || open.isEmpty()) {
              BigDecimal amount = amount(random);
              BigDecimal limit = amount(random).multiply(BigDecimal.TEN);
              BigDecimal rounded = amount.setScale(9, RoundingMode.CEILING);
              Optional<Reservation> reservation = ledger().reserve(ACCOUNT, DAY, amount, limit);
              assertThat(reservation.isPresent())
                  .isEqualTo(total.add(rounded).compareTo(limit) <= 0);
              if (reservation.isPresent()) {
                total = total.add(rounded);
                open.add(reservation.get());
              }
            } else {
              Reservation reservation = open.remove(random.nextInt(open.size()));
              BigDecimal spent = amount(random);
              ledger().settle(reservation, spent);
              total =
                  total
                      .subtract(reservation.amount().setScale(9, RoundingMode.CEILING))
                      .add(spent.setScale(9, RoundingMode.CEILING));
            }
            assertThat(ledger().total(ACCOUNT, DAY)).isEqualByComparingTo(total);
          }
        });
  }

  private static BigDecimal amount(Random random) {
    return BigDecimal.valueOf(random.nextLong(1_000_000_000_000L), 8 + random.nextInt(4));
  }

  private BudgetLedger ledger() {
    return store().budgetLedger();
  }

  private Optional<Reservation> reserve(String amount, String limit) {
    return ledger().reserve(ACCOUNT, DAY, new BigDecimal(amount), new BigDecimal(limit));
  }

  private void assertTotal(String expected) {
    assertThat(ledger().total(ACCOUNT, DAY)).isEqualByComparingTo(expected);
  }
}
