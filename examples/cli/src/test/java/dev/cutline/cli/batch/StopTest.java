package dev.cutline.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.StoreException;
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
}
