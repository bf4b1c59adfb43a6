package dev.cutline.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerKeyTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "alice", "alice-and_bob-2", "a123456789"})
  void leavesPlainOwnersAsTheyAre(String owner) {
    assertThat(OwnerKey.of(owner)).isEqualTo(owner);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Alice",
        "ALICE",
        "alice ",
        "alice\n",
        "../bob",
        "a/b",
        "a.b",
        ".",
        "-a",
        "_a",
        "~a",
        "ı",
        "İ",
        "alice@example.com",
        "Zoë",
        "\uD83E\uDD8A",
        "con\u0000",
        "a\u202Eb"
      })
  void encodesAllOthers(String owner) {
    assertThat(OwnerKey.of(owner)).matches("~[a-z2-7]{52}");
  }

  @Test
  void isTheBase32OfTheSha256() {
    // printf '%s' Alice | sha256sum | xxd -r -p | base32 | tr A-Z a-z | tr -d =
    assertThat(OwnerKey.of("Alice"))
        .isEqualTo("~hpcrayuxhrcy2wtpfwgwjibderrvjll6azfr4tqat3eka2m2gbbq");
    assertThat(OwnerKey.of("x".repeat(64))).isEqualTo("x".repeat(64));
    assertThat(OwnerKey.of("x".repeat(65))).hasSize(53).startsWith("~");
  }

  @Property
  void isPlainAndTheSameAlways(@ForAll("owners") String owner) {
    assertThat(OwnerKey.of(owner)).matches("[a-z0-9][a-z0-9_-]{0,63}|~[a-z2-7]{52}");
    assertThat(OwnerKey.of(owner)).isEqualTo(OwnerKey.of("".concat(owner)));
  }

  @Property
  void keepsOwnersApart(@ForAll("owners") String one, @ForAll("owners") String other) {
    assertThat(OwnerKey.of(one).equals(OwnerKey.of(other))).isEqualTo(one.equals(other));
    // A key is no owner's name but that of a plain one, so nobody can take another's for theirs.
    assertThat(OwnerKey.of(OwnerKey.of(one)).equals(OwnerKey.of(one)))
        .isEqualTo(OwnerKey.of(one).equals(one));
  }

  @Provide
  Arbitrary<String> owners() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withChars("abAB01_-~/.\\ ıİ").ofMinLength(1).ofMaxLength(3),
        Arbitraries.strings()
            .ofMinLength(1)
            .ofMaxLength(128)
            .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uD83E", "a\uDD8A", "\uDD8A\uD83E"})
  void refusesHalvesOfCharactersBecauseTheyWouldShareAKey(String owner) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OwnerKey.of(owner))
        .withMessageContaining("no Unicode text");
  }
}
