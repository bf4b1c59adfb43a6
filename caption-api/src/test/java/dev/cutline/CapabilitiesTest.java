package dev.cutline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class CapabilitiesTest {
  private static final ImageData PICTURE =
      ImageData.of(new byte[100], ImageFormat.JPEG, 40_000, 60_000);

  @Test
  void takesAPictureThatIsWithinEveryLimitExactly() {
    long pixels = 40_000L * 60_000;

    assertThat(takes(all -> all)).isTrue();
    assertThat(takes(all -> all.formats(Set.of(ImageFormat.JPEG)))).isTrue();
    assertThat(takes(all -> all.formats(Set.of(ImageFormat.PNG)))).isFalse();
    assertThat(takes(all -> all.maxBytes(100))).isTrue();
    assertThat(takes(all -> all.maxBytes(99))).isFalse();
    assertThat(takes(all -> all.maxLongEdge(60_000))).isTrue();
    assertThat(takes(all -> all.maxLongEdge(59_999))).isFalse();
    assertThat(takes(all -> all.maxPixels(pixels))).as("more than an int counts").isTrue();
    assertThat(takes(all -> all.maxPixels(pixels - 1))).isFalse();
  }

  private static boolean takes(UnaryOperator<Capabilities.Builder> limits) {
    return limits.apply(Capabilities.builder()).build().takes(PICTURE);
  }
}
