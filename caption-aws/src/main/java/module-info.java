/** What every module for AWS has in common: settings, clients, calls, errors, secrets. */
module dev.cutline.aws {
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.core;
  requires transitive dev.cutline;
  requires org.apache.httpcomponents.httpclient;
  requires org.apache.httpcomponents.httpcore;
  requires org.slf4j;
  requires transitive software.amazon.awssdk.auth;
  requires transitive software.amazon.awssdk.awscore;
  requires transitive software.amazon.awssdk.core;
  requires software.amazon.awssdk.http;
  requires software.amazon.awssdk.http.apache;
  requires software.amazon.awssdk.http.auth.aws;
  requires software.amazon.awssdk.http.auth.spi;
  requires software.amazon.awssdk.identity.spi;
  requires software.amazon.awssdk.profiles;
  requires transitive software.amazon.awssdk.regions;
  requires software.amazon.awssdk.retries.api;
  requires software.amazon.awssdk.services.secretsmanager;
  requires software.amazon.awssdk.services.sts;
  requires software.amazon.awssdk.utils;

  exports dev.cutline.aws;

  provides dev.cutline.SecretResolver with
      dev.cutline.aws.AwsSecretResolver;
}
