/** The facade, the chain of captioners, the output contract, file and memory stores. */
module dev.cutline.core {
  requires com.github.benmanes.caffeine;
  requires transitive dev.cutline;
  requires transitive dev.cutline.imaging;
  requires io.github.bucket4j.core;
  requires static transitive org.jspecify;
  requires org.slf4j;

  exports dev.cutline.core;
  exports dev.cutline.core.chain;
  exports dev.cutline.core.contract;
  exports dev.cutline.core.money;
  exports dev.cutline.core.store;

  uses dev.cutline.spi.CaptionProvider;
  uses dev.cutline.spi.ImageStoreProvider;
  uses dev.cutline.spi.LabelProvider;
  uses dev.cutline.spi.RateLimiterProvider;
  uses dev.cutline.spi.RecordStoreProvider;

  provides dev.cutline.spi.ImageStoreProvider with
      dev.cutline.core.store.FileImageStoreProvider,
      dev.cutline.core.store.MemoryImageStoreProvider;
  provides dev.cutline.spi.RateLimiterProvider with
      dev.cutline.core.store.MemoryRateLimiterProvider;
  provides dev.cutline.spi.RecordStoreProvider with
      dev.cutline.core.store.MemoryRecordStoreProvider;
}
