package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.CaptionState;
import dev.cutline.CaptionStyle;
import dev.cutline.ImageRecord;
import dev.cutline.core.store.MemoryImageStore;
import dev.cutline.core.store.MemoryRecordStore;
import dev.cutline.testsupport.corpus.Corpus;
import org.junit.jupiter.api.Test;

class CutlineTest {
  private final MemoryImageStore images = new MemoryImageStore();
  private final MemoryRecordStore records = new MemoryRecordStore();
  private final FakeCaptioner captioner = new FakeCaptioner();

  @Test
  void storesAndCaptions() {
    try (Cutline cutline =
        Cutline.builder().images(images).records(records).captioner("fake", captioner).build()) {
      ImageRecord record =
          cutline.upload(Upload.builder("alice", Corpus.folder("photos").get(0).bytes()).build());

      assertThat(record.captionState()).isEqualTo(CaptionState.CAPTIONED);
      assertThat(record.caption(CaptionStyle.CONCISE)).contains("Boat number one on calm water");
      assertThat(images.list("", null, 10).items()).hasSize(3);
    }
  }
}
