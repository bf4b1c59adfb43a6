package dev.cutline.core.money;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What is set aside for one call, in every budget that it counts for. Filled by one thread, and
 * settled by one.
 */
public final class Funds {
  private final List<Consumer<BigDecimal>> parts = new ArrayList<>(3);

  /** Starts with nothing set aside. */
  public Funds() {}

  /**
   * Adds what one budget has set aside.
   *
   * @param settling is told what was spent instead
   */
  void add(Consumer<BigDecimal> settling) {
    parts.add(settling);
  }

  /**
   * Replaces what was set aside by what was spent; zero gives it back. Without this it counts as
   * spent whole. Settling twice does nothing.
   */
  public void settle(BigDecimal spent) {
    parts.forEach(part -> part.accept(spent));
    parts.clear();
  }
}
