package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.ImageFormat;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageIdsTest {
  @Test
  void areUuidsOfVersionSevenWithTheTimeInFront() {
    ImageIds ids = new ImageIds(InstantSource.fixed(World.NOON));
    for (int i = 0; i < 1000; i++) {
      UUID id = UUID.fromString(ids.next());
      assertThat(id.version()).isEqualTo(7);
      assertThat(id.variant()).isEqualTo(2);
      assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(World.NOON.toEpochMilli());
    }
  }

  @Test
  void riseEvenWhenManyAreMadeInAMillisecondOrTheClockGoesBack() {
    AtomicReference<Instant> now = new AtomicReference<>(World.NOON);
    ImageIds ids = new ImageIds(now::get);
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      made.add(ids.next());
      if (i % 5_000 == 4_999) {
        now.updateAndGet(time -> time.minusSeconds(1));
      }
    }
    now.set(World.NOON.plusSeconds(60));
    made.add(ids.next());

    assertThat(made).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void differAcrossThreadsAndProcesses() {
    ImageIds one = new ImageIds(InstantSource.fixed(World.NOON));
    ImageIds other = new ImageIds(InstantSource.fixed(World.NOON));
    List<CompletableFuture<List<String>>> threads =
        IntStream.range(0, 8)
            .mapToObj(
                t ->
                    CompletableFuture.supplyAsync(
                        () ->
                            IntStream.range(0, 500)
                                .mapToObj(i -> (t % 2 == 0 ? one : other).next())
                                .toList()))
            .toList();
    Set<String> all = new HashSet<>();
    threads.forEach(thread -> all.addAll(thread.join()));

    assertThat(all).hasSize(4000);
  }

  @Test
  void theKeysOfAPictureLieUnderItsOwnerAndId() {
    String id = "0190b1c2-7d3e-7abc-8def-0123456789ab";

    assertThat(ObjectKeys.of("alice", id, Rendition.ORIGINAL, ImageFormat.WEBP))
        .isEqualTo("images/alice/" + id + "/original.webp");
    assertThat(ObjectKeys.of("alice", id, Rendition.THUMBNAIL, ImageFormat.WEBP))
        .isEqualTo("images/alice/" + id + "/thumbnail.jpg");
    assertThat(ObjectKeys.of("alice", id, Rendition.SQUARE, ImageFormat.PNG))
        .isEqualTo("images/alice/" + id + "/thumbnail-200.jpg");
    assertThat(ObjectKeys.ofOwner("Alice")).matches("images/~[a-z2-7]{52}/");
    assertThat(ObjectKeys.ofOwner("../alice")).matches("images/~[a-z2-7]{52}/");
  }
}
