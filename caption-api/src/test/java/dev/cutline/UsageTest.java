package dev.cutline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsageTest {
  @Test
  void addsUp() {
    assertThat(new Usage(3, 4).plus(new Usage(10, 20))).isEqualTo(new Usage(13, 24));
  }

  @Test
  void sumThatIsTooLargeIsTheLargestRatherThanNone() {
    Usage most = new Usage(Long.MAX_VALUE, Long.MAX_VALUE);

    assertThat(most.plus(new Usage(1, Long.MAX_VALUE))).isEqualTo(most);
    assertThat(new Usage(1, 2).plus(most)).isEqualTo(most);
    assertThat(new Usage(1, 0).plus(new Usage(Long.MAX_VALUE - 1, 0)).inputTokens())
        .isEqualTo(Long.MAX_VALUE);
  }
}
