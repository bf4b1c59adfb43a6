package dev.cutline.benchmarks.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FiguresTest {
  @Test
  void areThoseOfRequestsWithACaption() {
    List<Sample> samples = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      samples.add(new Sample(i, i, null));
    }
    samples.add(new Sample(101, 5_000, "no caption"));

    assertThat(Figures.ofGood(samples)).isEqualTo(new Figures(100, 50, 99, 100));
    assertThat(Figures.of(samples).max()).isEqualTo(5_000);
  }

  @Test
  void saySoWhereNothingWasMeasured() {
    Figures none = Figures.ofGood(List.of(new Sample(0, 5, "no caption")));

    assertThat(none.count()).isZero();
    assertThat(none.cell(none.p50())).isEqualTo("none");
  }
}
