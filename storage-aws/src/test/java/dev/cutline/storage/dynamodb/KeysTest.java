package dev.cutline.storage.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Owners apart: no owner's key is, or begins with, another's. */
class KeysTest {
  private static final List<String> PIECES =
      List.of(
          "a",
          "A",
          "alice",
          "/",
          "#",
          "..",
          ".",
          "USER#",
          "USER#x",
          "~",
          "-",
          "_",
          " ",
          "\0",
          "\n",
          "IMAGE#",
          "\u0430",
          "\u0430lice",
          "\uFF41",
          "e\u0301",
          "\u00e9",
          "\u212a",
          "K",
          "k",
          "\u0131",
          "i",
          "\uD83D\uDE80",
          "0",
          "O",
          "l",
          "1",
          "\u202e");

  @Test
  void noOwnerReachesAnothersPartition() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<String, String> owners = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      StringBuilder owner = new StringBuilder();
      do {
        owner.append(PIECES.get(random.nextInt(PIECES.size())));
      } while (random.nextInt(3) > 0);
      String key = Keys.owner(owner.toString());
      String other = owners.put(key, owner.toString());
      assertThat(other == null || other.equals(owner.toString()))
          .as("seed %d: <%s> and <%s> are both %s", seed, other, owner, key)
          .isTrue();
      // nothing that a sort key or a partition is made of stands in an owner's part
      assertThat(key).as("seed %d", seed).matches("USER#[a-z0-9_~-]{1,64}");
    }
  }

  @Test
  void boundsOfIdsLieWhereTheyShould() {
    String id = "0190a1b2-c3d4-7000-8000-000000000000";
    long millis = Keys.millis(id);
    assertThat(Keys.firstId(millis)).isLessThan(id);
    assertThat(Keys.lastId(millis)).isGreaterThan("0190a1b2-c3d4-7fff-bfff-ffffffffffff");
    assertThat(Keys.lastId(millis)).isLessThan(Keys.firstId(millis + 1));
    assertThat(Keys.below(id)).isLessThan(id);
    assertThat(Keys.below("0190a1b2-c3d4-7000-8000-00000000000a"))
        .isGreaterThan("0190a1b2-c3d4-7000-8000-000000000009");
    assertThat(Keys.below("0190a1b2-c3d4-7000-8000-000000000010"))
        .isGreaterThan("0190a1b2-c3d4-7000-8000-00000000000f");
  }
}
