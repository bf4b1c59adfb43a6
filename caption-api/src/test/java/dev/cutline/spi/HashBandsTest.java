package dev.cutline.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HashBandsTest {
  @Test
  void anEntryHoldsTheHash() {
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      long hash = random.nextLong();
      for (int band = 0; band < HashBands.COUNT; band++) {
        assertThat(HashBands.hash(HashBands.entry(hash, band), band)).isEqualTo(hash);
      }
    }
  }

  /** By hand: what a store that has been written to must go on finding. */
  @Test
  void entriesAreTheHashTurnedByBytesWithItsFirstBitTheOtherWayRound() {
    assertThat(HashBands.entry(0x0123456789ABCDEFL, 0)).isEqualTo(0x8123456789ABCDEFL);
    assertThat(HashBands.entry(0x0123456789ABCDEFL, 3)).isEqualTo(0xE789ABCDEF012345L);
    assertThat(HashBands.entry(-1, 7)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void rangesFindEveryHashThatIsNearEnough() {
    Random random = new Random(2);
    for (int distance = 0; distance <= HashBands.MAX_DISTANCE; distance++) {
      for (int i = 0; i < 2_000; i++) {
        long hash = random.nextLong();
        long other = hash;
        while (HashBands.distance(hash, other) < distance) {
          other ^= 1L << random.nextInt(Long.SIZE);
        }
        long near = other;
        assertThat(HashBands.ranges(hash, distance))
            .as("%x and %x", hash, near)
            .anyMatch(range -> isIn(range, near));
      }
    }
  }

  @Test
  void rangesAreAsNarrowAsTheyCanBe() {
    assertThat(HashBands.ranges(5, 0))
        .containsExactly(new HashBands.Range(0, Long.MIN_VALUE + 5, Long.MIN_VALUE + 5));
    assertThat(bits(3)).containsExactly(48, 48, 48, 48);
    assertThat(bits(4)).containsExactly(48, 48, 48, 56, 56);
    assertThat(bits(7)).hasSize(8).containsOnly(56);
  }

  @Test
  void aDistanceThatNoRangeCanFindIsRefused() {
    for (int distance : new int[] {-1, 8}) {
      assertThatThrownBy(() -> HashBands.ranges(1, distance))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("0 to 7 bits, not " + distance);
    }
  }

  private static boolean isIn(HashBands.Range range, long hash) {
    long entry = HashBands.entry(hash, range.band());
    return entry >= range.first() && entry <= range.last();
  }

  /** Returns how many bits each range leaves open. */
  private static List<Integer> bits(int distance) {
    return HashBands.ranges(0x0123456789ABCDEFL, distance).stream()
        .map(range -> Long.bitCount(range.first() ^ range.last()))
        .toList();
  }
}
