/** Contract tests for every service interface of Cutline. */
module dev.cutline.tck {
  requires static transitive org.jspecify;
  requires transitive dev.cutline;
  requires transitive org.assertj.core;
  requires transitive org.junit.jupiter.api;

  exports dev.cutline.tck;

  uses dev.cutline.spi.CaptionProvider;
}
