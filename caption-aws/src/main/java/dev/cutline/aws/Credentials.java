package dev.cutline.aws;

import dev.cutline.Secret;
import java.util.Collections;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.profiles.ProfileProperty;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/** Turns settings into providers of credentials. Nothing is asked before the first call. */
final class Credentials {
  private static final String SESSION = "cutline";

  /** A profile with none of these says no more than a region. */
  private static final Set<String> OF_CREDENTIALS =
      Set.of(
          ProfileProperty.AWS_ACCESS_KEY_ID,
          ProfileProperty.ROLE_ARN,
          ProfileProperty.CREDENTIAL_PROCESS,
          ProfileProperty.SSO_ACCOUNT_ID,
          ProfileProperty.SSO_START_URL);

  private Credentials() {}

  /** Returns the credentials that are set, the role apart. */
  static AwsCredentialsProvider own(AwsSettings settings) {
    if (settings.accessKey().isPresent()) {
      return StaticCredentialsProvider.create(keys(settings));
    }
    return settings
        .profile()
        .<AwsCredentialsProvider>map(ProfileCredentials::new)
        .orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }

  /** Returns where credentials come from, in words; the SDK's order is repeated for its own. */
  static String source(AwsSettings settings) {
    String own =
        settings.accessKey().isPresent()
            ? "access-key of the settings"
            : settings
                .profile()
                .map(name -> "profile \"" + name + "\" of the settings")
                .orElseGet(Credentials::foundBySdk);
    return settings.roleArn().map(role -> "role " + role + " assumed with " + own).orElse(own);
  }

  private static String foundBySdk() {
    if (SdkSystemSetting.AWS_ACCESS_KEY_ID.getStringValue().isPresent()) {
      return "AWS_ACCESS_KEY_ID of the environment";
    }
    if (SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE.getStringValue().isPresent()) {
      return "web identity (AWS_WEB_IDENTITY_TOKEN_FILE)";
    }
    String profile = ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow();
    if (ProfileFile.defaultProfileFile()
        .profile(profile)
        .filter(found -> !Collections.disjoint(found.properties().keySet(), OF_CREDENTIALS))
        .isPresent()) {
      return "profile \"" + profile + "\" of the shared files";
    }
    boolean container =
        SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI.getStringValue().isPresent()
            || SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI.getStringValue().isPresent();
    return container ? "role of the container" : "role of the machine, if it is one of AWS";
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
