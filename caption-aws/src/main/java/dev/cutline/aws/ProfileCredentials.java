package dev.cutline.aws;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The credentials of a profile of the shared files. What a profile wants that cannot be had, the
 * SDK calls a state that is illegal, and no failure of a call. Thread-safe.
 */
final class ProfileCredentials implements AwsCredentialsProvider, SdkAutoCloseable {
  private final ProfileCredentialsProvider profile;

  ProfileCredentials(String name) {
    this.profile = ProfileCredentialsProvider.builder().profileName(name).build();
  }

  @Override
  public AwsCredentials resolveCredentials() {
    try {
      return profile.resolveCredentials();
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw SdkClientException.create("the profile file: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    profile.close();
  }
}
