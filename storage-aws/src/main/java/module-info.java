/** Images in S3; records, caption cache, budgets and rate limits in DynamoDB. */
module dev.cutline.storage.aws {
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.core;
  requires transitive dev.cutline;
  requires dev.cutline.aws;
  requires dev.cutline.documents;
  requires org.slf4j;
  requires software.amazon.awssdk.auth;
  requires software.amazon.awssdk.awscore;
  requires software.amazon.awssdk.core;
  requires software.amazon.awssdk.http;
  requires software.amazon.awssdk.identity.spi;
  requires software.amazon.awssdk.regions;
  requires software.amazon.awssdk.utils;
  requires transitive software.amazon.awssdk.services.dynamodb;
  requires transitive software.amazon.awssdk.services.s3;

  exports dev.cutline.storage.dynamodb;
  exports dev.cutline.storage.s3;

  provides dev.cutline.spi.ImageStoreProvider with
      dev.cutline.storage.s3.S3ImageStoreProvider;
  provides dev.cutline.spi.RateLimiterProvider with
      dev.cutline.storage.dynamodb.DynamoDbRateLimiterProvider;
  provides dev.cutline.spi.RecordStoreProvider with
      dev.cutline.storage.dynamodb.DynamoDbRecordStoreProvider;
}
