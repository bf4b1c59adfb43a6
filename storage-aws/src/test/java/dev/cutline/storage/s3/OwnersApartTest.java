package dev.cutline.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.spi.OwnerKey;
import dev.cutline.spi.StoreArguments;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Prefixes of owners, of whatever text they are made: what S3 compares are their characters. */
class OwnersApartTest {
  @Property
  void noOwnerReachesTheKeysOfAnother(
      @ForAll("owners") String owner, @ForAll("owners") String other) {
    Assume.that(!owner.equals(other));

    String mine = "images/" + OwnerKey.of(owner) + "/";
    String theirs = "images/" + OwnerKey.of(other) + "/";

    assertThat(StoreArguments.deletePrefix(mine)).matches("images/[a-z0-9~][a-z0-9_-]{0,63}/");
    assertThat(mine).doesNotStartWith(theirs);
    assertThat(theirs).doesNotStartWith(mine);
  }

  /** Few letters, and those that are something to a path, a key or a reader, so that they meet. */
  @Provide
  Arbitrary<String> owners() {
    Arbitrary<String> close =
        Arbitraries.strings()
            .withChars("aA/#.~%-_:\\\u0430\uff0e\u2024\uff0f\u200b")
            .ofMinLength(1)
            .ofMaxLength(6);
    Arbitrary<String> any =
        Arbitraries.strings()
            .ofMinLength(1)
            .ofMaxLength(128)
            .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
    Arbitrary<String> taken = any.map(OwnerKey::of);
    return Arbitraries.oneOf(close, any, taken);
  }
}
