/**
 * Captioning types and the service interfaces that providers and stores implement. Needs nothing
 * but the JDK.
 */
module dev.cutline {
  requires static transitive org.jspecify;

  exports dev.cutline;
  exports dev.cutline.spi;

  uses dev.cutline.SecretResolver;
}
