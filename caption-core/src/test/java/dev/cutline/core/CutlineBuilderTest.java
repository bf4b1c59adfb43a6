package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cutline.CaptionStyle;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CutlineBuilderTest {
  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void refusesTimesThatAreNoneWhereTheyAreSet() {
    for (Duration none : List.of(Duration.ZERO, Duration.ofMillis(-1))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Cutline.builder().deadline(none))
          .withMessageContaining("a deadline is more than zero");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Cutline.builder().retention(none))
          .withMessageContaining("a retention is more than zero");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Cutline.builder().cacheMaxAge(none))
          .withMessageContaining("an age of the cache is more than zero");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Cutline.builder().reconcileEvery(none))
          .withMessageContaining("an interval is more than zero");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cutline.builder().lease(Duration.ofMillis(999)))
        .withMessageContaining("at least a second");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cutline.builder().cacheMaxEntries(0))
        .withMessageContaining("a cache has 1 entry or more, not 0");
  }

  @Test
  void instancesOfOneBuilderAreClosedEachForItself() {
    CutlineBuilder builder = world.builder().captioner("fake", new FakeCaptioner());
    Cutline first = world.open(builder);
    Cutline second = world.open(builder);

    first.close();

    assertThat(second.upload(Upload.builder("alice", World.PIXEL).build()))
        .satisfies(record -> assertThat(record.caption(CaptionStyle.CONCISE)).isPresent());
  }
}
