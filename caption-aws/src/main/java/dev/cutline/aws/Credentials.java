package dev.cutline.aws;

import dev.cutline.Secret;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/** Turns settings into providers of credentials. Nothing is asked before the first call. */
final class Credentials {
  private static final String SESSION = "cutline";

  private Credentials() {}

  /** Returns the credentials that are set, the role apart. */
  static AwsCredentialsProvider own(AwsSettings settings) {
    if (settings.accessKey().isPresent()) {
      return StaticCredentialsProvider.create(keys(settings));
    }
    return settings
        .profile()
        .<AwsCredentialsProvider>map(
            name -> ProfileCredentialsProvider.builder().profileName(name).build())
        .orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }

  private static AwsCredentials keys(AwsSettings settings) {
    String accessKey = settings.accessKey().map(Secret::reveal).orElseThrow();
    String secretKey = settings.secretKey().map(Secret::reveal).orElseThrow();
    return settings
        .sessionToken()
        .<AwsCredentials>map(
            token -> AwsSessionCredentials.create(accessKey, secretKey, token.reveal()))
        .orElseGet(() -> AwsBasicCredentials.create(accessKey, secretKey));
  }

  /** Returns the credentials of a role; {@code sts} is not closed with them. */
  static StsAssumeRoleCredentialsProvider role(
      String roleArn, AwsSettings settings, StsClient sts) {
    AssumeRoleRequest request =
        AssumeRoleRequest.builder()
            .roleArn(roleArn)
            .roleSessionName(SESSION)
            .externalId(settings.roleExternalId().orElse(null))
            .build();
    return StsAssumeRoleCredentialsProvider.builder()
        .stsClient(sts)
        .refreshRequest(request)
        .build();
  }
}
