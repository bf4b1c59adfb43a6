package dev.cutline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {
  @Test
  void showsItselfOnlyWhenAsked() {
    Secret secret = Secret.of(" s3cr3t\n");

    assertThat(secret.reveal()).isEqualTo("s3cr3t");
    assertThat(secret).hasToString("***");
    assertThat(String.valueOf(java.util.List.of(secret))).isEqualTo("[***]");
  }

  @Test
  void isRenewedFromWhereItComes() {
    String[] now = {"a\n"};
    Secret secret = Secret.of("a", () -> now[0]);
    assertThat(secret.renewed()).as("the same").isEmpty();
    assertThat(Secret.of("a").renewed()).as("from nowhere").isEmpty();

    now[0] = " b ";
    Secret next = secret.renewed().orElseThrow();
    assertThat(next).isEqualTo(Secret.of("b"));
    now[0] = "c";
    assertThat(next.renewed()).contains(Secret.of("c"));
    assertThat(secret.reveal()).isEqualTo("a");
  }

  @Test
  void equalsAnotherOfTheSameValue() {
    assertThat(Secret.of("a")).isEqualTo(Secret.of("a ")).hasSameHashCodeAs(Secret.of("a"));
    assertThat(Secret.of("a")).isNotEqualTo(Secret.of("b")).isNotEqualTo("a");
  }
}
