package dev.cutline.cli.output;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar with rate, time left and cost, where somebody sees it. Not safe for several threads. */
public final class Progress implements AutoCloseable {
  private final @Nullable Screen screen;
  private final @Nullable ProgressBar bar;
  private BigDecimal costUsd = BigDecimal.ZERO;

  private Progress(@Nullable Screen screen, @Nullable ProgressBar bar) {
    this.screen = screen;
    this.bar = bar;
  }

  /** Returns progress that nobody sees. */
  public static Progress hidden() {
    return new Progress(null, null);
  }

  /**
   * Returns a bar on a screen.
   *
   * @param total how many steps there will be; below 0 if nobody knows
   */
  public static Progress on(Screen screen, String what, long total) {
    return new Progress(
        screen,
        new ProgressBarBuilder()
            .setTaskName(what)
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .showSpeed(new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
            .setConsumer(new BelowEverything(screen))
            .build());
  }

  /** Counts one more picture. */
  public void step(BigDecimal cost) {
    costUsd = costUsd.add(cost);
    if (bar == null) {
      return;
    }
    if (costUsd.signum() > 0) {
      bar.setExtraMessage(" " + dollars(costUsd));
    }
    bar.step();
  }

  /** Removes the bar. */
  @Override
  public void close() {
    if (bar != null && screen != null) {
      bar.close();
      screen.bar(""); // a bar that was closed before it was ever drawn is drawn last and left
    }
  }

  /**
   * Returns an amount as people write it: two digits after the point, or as many as it takes to see
   * something.
   */
  public static String dollars(BigDecimal amount) {
    int scale = amount.signum() == 0 ? 2 : Math.max(2, 1 - leadingExponent(amount));
    return "$" + amount.setScale(scale, RoundingMode.HALF_UP).toPlainString();
  }

  /** Returns the power of ten of the first digit, for example -3 for 0.0012. */
  private static int leadingExponent(BigDecimal amount) {
    return amount.precision() - amount.scale() - 1;
  }

  private record BelowEverything(Screen screen) implements ProgressBarConsumer {
    @Override
    public int getMaxRenderedLength() {
      return screen.columns() - 1;
    }

    @Override
    public void accept(String rendered) {
      screen.bar(rendered);
    }

    @Override
    public void clear() {
      screen.bar("");
    }

    @Override
    public void close() {
      screen.bar("");
    }
  }
}
