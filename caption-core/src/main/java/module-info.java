/** The facade, the chain of captioners, the output contract, file and memory stores. */
module dev.cutline.core {
  requires com.github.benmanes.caffeine;
  requires transitive dev.cutline;
  requires dev.cutline.imaging;
  requires dev.failsafe.core;
  requires io.github.bucket4j.core;
  requires static transitive org.jspecify;
  requires org.slf4j;

  exports dev.cutline.core;
  exports dev.cutline.core.chain;
  exports dev.cutline.core.contract;
  exports dev.cutline.core.money;
}
