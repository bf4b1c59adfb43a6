package dev.cutline.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UserAgentTest {
  @Test
  void saysWhichVersionCalls() {
    assertThat(UserAgent.of("1.2.3")).isEqualTo("cutline/1.2.3");
    assertThat(UserAgent.of(null)).isEqualTo("cutline/development");
    assertThat(UserAgent.ofThisBuild()).isEqualTo("cutline/development");
  }
}
