package dev.cutline.storage.s3;

import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;

/** The four ways in which S3 keeps the public out of a bucket. */
final class PublicAccess {
  private PublicAccess() {}

  /** Returns a configuration that closes all four. */
  static PublicAccessBlockConfiguration closed() {
    return PublicAccessBlockConfiguration.builder()
        .blockPublicAcls(true)
        .ignorePublicAcls(true)
        .blockPublicPolicy(true)
        .restrictPublicBuckets(true)
        .build();
  }

  static boolean isClosed(PublicAccessBlockConfiguration block) {
    return closed().equals(block);
  }
}
