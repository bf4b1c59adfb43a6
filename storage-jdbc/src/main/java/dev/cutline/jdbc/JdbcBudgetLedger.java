package dev.cutline.jdbc;

import dev.cutline.BudgetLedger;
import dev.cutline.spi.StoreArguments;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Money by account and day, in billionths of a dollar, which are whole numbers and add without
 * error.
 */
final class JdbcBudgetLedger implements BudgetLedger {
  private static final int SCALE = 9;
  private static final int MAX_ACCOUNT = 256;

  /** So that a day's total, which may grow beyond any limit, stays far from overflow. */
  private static final BigDecimal MAX_AMOUNT = new BigDecimal("1000000000");

  private final Database database;
  private final String putTotal;

  JdbcBudgetLedger(Database database) {
    this.database = database;
    this.putTotal =
        database
            .dialect()
            .upsert("cutline_budget_days", List.of("account", "day"), List.of("total"));
  }

  @Override
  public Optional<Reservation> reserve(
      String account, LocalDate day, BigDecimal amount, BigDecimal limit) {
    String name = StoreArguments.unicode(account, MAX_ACCOUNT, "an account");
    long wanted = billionths(amount);
    BigInteger bound = limit.setScale(SCALE, RoundingMode.FLOOR).unscaledValue();
    return database.write(
        connection -> {
          long total = total(connection, name, day, database.dialect().forUpdate());
          long sum = Math.addExact(total, wanted);
          if (BigInteger.valueOf(sum).compareTo(bound) > 0) {
            return Optional.empty();
          }
          String id = UUID.randomUUID().toString();
          Jdbc.update(connection, putTotal, name, day.toEpochDay(), sum);
          Jdbc.update(
              connection,
              "INSERT INTO cutline_budget_reservations (id, account, day, amount)"
                  + " VALUES (?, ?, ?, ?)",
              id,
              name,
              day.toEpochDay(),
              wanted);
          return Optional.of(new Reservation(id, name, day, dollars(wanted)));
        });
  }

  /**
   * Goes by what was stored under the id, so that a reservation settles once, whoever settles it.
   */
  @Override
  public void settle(Reservation reservation, BigDecimal spent) {
    long paid = billionths(spent);
    database.write(
        connection -> {
          Optional<Long> reserved =
              Jdbc.first(
                  connection,
                  row -> row.getLong("amount"),
                  "SELECT amount FROM cutline_budget_reservations WHERE id = ?"
                      + database.dialect().forUpdate(),
                  reservation.id());
          if (reserved.isPresent()) {
            Jdbc.update(
                connection,
                "DELETE FROM cutline_budget_reservations WHERE id = ?",
                reservation.id());
            Jdbc.update(
                connection,
                "UPDATE cutline_budget_days SET total = total + ? WHERE account = ? AND day = ?",
                paid - reserved.get(),
                reservation.account(),
                reservation.day().toEpochDay());
          }
          return true;
        });
  }

  @Override
  public BigDecimal total(String account, LocalDate day) {
    String name = StoreArguments.unicode(account, MAX_ACCOUNT, "an account");
    return database.read(connection -> dollars(total(connection, name, day, "")));
  }

  private static long total(Connection connection, String account, LocalDate day, String lock)
      throws SQLException {
    return Jdbc.first(
            connection,
            row -> row.getLong("total"),
            "SELECT total FROM cutline_budget_days WHERE account = ? AND day = ?" + lock,
            account,
            day.toEpochDay())
        .orElse(0L);
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
