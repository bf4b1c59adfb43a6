package dev.cutline.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.CaptionException;
import dev.cutline.StoreException;
import dev.cutline.core.money.Funds;
import dev.cutline.core.money.RunBudget;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class StopTest {
  @Test
  void knowsAnInterruptFromAFault() {
    StoreException waiting =
        new StoreException(
            StoreException.Kind.UNAVAILABLE, "interrupted", new InterruptedException());
    StoreException full = new StoreException(StoreException.Kind.FULL, "no space is left");

    assertThat(Stop.of(waiting).isByInterrupt()).isTrue();
    assertThat(Stop.of(full).isByInterrupt()).isFalse();
    assertThat(Stop.ofBudget(null).isByInterrupt()).isFalse();
  }

  @Test
  void namesWhatABudgetHasCostOnceTheCallsUnderWayAreOver() {
    RunBudget budget = RunBudget.of(BigDecimal.ONE);
    Funds underWay = new Funds();
    budget.setAside(new BigDecimal("0.60"), underWay);
    assertThatThrownBy(() -> budget.setAside(new BigDecimal("0.60"), new Funds()))
        .isInstanceOf(CaptionException.class);
    Stop stop = Stop.ofBudget(budget);

    underWay.settle(new BigDecimal("0.75"));

    assertThat(stop.message()).contains("$0.75 of it went out");
  }
}
