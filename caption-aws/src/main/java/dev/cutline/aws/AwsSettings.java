package dev.cutline.aws;

import dev.cutline.Secret;
import dev.cutline.SettingsReader;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.profiles.ProfileProperty;

/**
 * Where a service of AWS is and as whom it is asked: region, address, credentials. Immutable.
 *
 * <p>Credentials are those of the first that is set: access key and secret key; profile; whatever
 * the AWS SDK finds by itself (environment, web identity, shared files, container, instance). With
 * a role they are used for nothing but to assume it.
 */
public final class AwsSettings {
  /** The keys that {@link #read} reads. */
  public static final List<String> KEYS =
      List.of(
          "region",
          "endpoint",
          "access-key",
          "secret-key",
          "session-token",
          "profile",
          "role-arn",
          "role-external-id",
          "sts-endpoint");

  private static final Pattern REGION = Pattern.compile("[a-z]{2,10}(-[a-z0-9]{1,20}){1,5}");
  private static final Pattern ROLE = Pattern.compile("arn:[a-z0-9-]+:iam::\\d{12}:role/\\S+");

  private final String region;
  private final @Nullable URI endpoint;
  private final @Nullable Secret accessKey;
  private final @Nullable Secret secretKey;
  private final @Nullable Secret sessionToken;
  private final @Nullable String profile;
  private final @Nullable String roleArn;
  private final @Nullable String roleExternalId;
  private final @Nullable URI stsEndpoint;

  private AwsSettings(Builder builder) {
    this.region = builder.region;
    this.endpoint = builder.endpoint;
    this.accessKey = builder.accessKey;
    this.secretKey = builder.secretKey;
    this.sessionToken = builder.sessionToken;
    this.profile = builder.profile;
    this.roleArn = builder.roleArn;
    this.roleExternalId = builder.roleExternalId;
    this.stsEndpoint = builder.stsEndpoint;
  }

  /**
   * Starts with the usual address of each service in a region and the credentials that the SDK
   * finds.
   *
   * @param region for example {@code eu-central-1}
   * @throws IllegalArgumentException if it is blank
   */
  public static Builder builder(String region) {
    return new Builder(region);
  }

  /**
   * Reads the {@linkplain #KEYS keys}; the reader notes what is wrong. A region that is not set is
   * looked for in {@code AWS_REGION}, {@code AWS_DEFAULT_REGION} and the profile, in this order,
   * and never over the network.
   */
  public static AwsSettings read(SettingsReader in) {
    Optional<String> profile = in.text("profile");
    Builder builder = new Builder(region(in, profile));
    in.uri("endpoint").ifPresent(builder::endpoint);
    in.uri("sts-endpoint").ifPresent(builder::stsEndpoint);
    readKeys(in, builder, profile.isPresent());
    profile.ifPresent(builder::profile);
    Optional<String> role =
        in.matching("role-arn", ROLE, "the ARN of a role: arn:aws:iam::123456789012:role/name");
    role.ifPresent(builder::roleArn);
    in.text("role-external-id").ifPresent(builder::roleExternalId);
    if (in.text("role-arn").isEmpty() && in.text("role-external-id").isPresent()) {
      in.problem("role-external-id", "is of no use without role-arn: set that too");
    }
    return builder.build();
  }

  private static void readKeys(SettingsReader in, Builder builder, boolean profileIsSet) {
    Optional<String> accessKey = in.text("access-key");
    Optional<String> secretKey = in.text("secret-key");
    Optional<String> sessionToken = in.text("session-token");
    if (accessKey.isPresent() && secretKey.isPresent()) {
      builder.keys(
          Secret.of(accessKey.get()),
          Secret.of(secretKey.get()),
          sessionToken.map(Secret::of).orElse(null));
    } else if (accessKey.isPresent()) {
      in.problem("secret-key", "is missing: an access-key needs one");
    } else if (secretKey.isPresent() || sessionToken.isPresent()) {
      in.problem("access-key", "is missing: a secret-key or session-token is of no use without");
    }
    if (profileIsSet && accessKey.isPresent()) {
      in.problem("profile", "is set beside an access-key: set one of the two");
    }
  }

  private static String region(SettingsReader in, Optional<String> profile) {
    if (in.text("region").isPresent()) {
      return in.matching("region", REGION, "a region of AWS: us-east-1, for example")
          .orElse("us-east-1");
    }
    Optional<String> found =
        in.secret("region", "env:AWS_REGION")
            .or(() -> in.secret("region", "env:AWS_DEFAULT_REGION"))
            .map(Secret::reveal)
            .or(() -> regionOfProfile(profile));
    if (found.isEmpty()) {
      in.problem(
          "region",
          "is missing: set it, for example to us-east-1, or the environment variable AWS_REGION");
    }
    return found.orElse("us-east-1");
  }

  private static Optional<String> regionOfProfile(Optional<String> profile) {
    String name = profile.orElseGet(ProfileFileSystemSetting.AWS_PROFILE::getStringValueOrThrow);
    return ProfileFile.defaultProfileFile()
        .profile(name)
        .flatMap(found -> found.property(ProfileProperty.REGION));
  }

  /** Returns the region, for example {@code eu-central-1}. */
  public String region() {
    return region;
  }

  /** Returns the address of the service; empty: the usual one of the region. */
  public Optional<URI> endpoint() {
    return Optional.ofNullable(endpoint);
  }

  Optional<Secret> accessKey() {
    return Optional.ofNullable(accessKey);
  }

  Optional<Secret> secretKey() {
    return Optional.ofNullable(secretKey);
  }

  Optional<Secret> sessionToken() {
    return Optional.ofNullable(sessionToken);
  }

  Optional<String> profile() {
    return Optional.ofNullable(profile);
  }

  Optional<String> roleArn() {
    return Optional.ofNullable(roleArn);
  }

  Optional<String> roleExternalId() {
    return Optional.ofNullable(roleExternalId);
  }

  Optional<URI> stsEndpoint() {
    return Optional.ofNullable(stsEndpoint);
  }

  /** Tells whether anything but what the SDK finds by itself was set. */
  public boolean namesCredentials() {
    return accessKey != null || profile != null || roleArn != null;
  }

  /** Returns region and address; no credentials. */
  @Override
  public String toString() {
    return endpoint == null ? region : region + " at " + endpoint;
  }

  /** Builds {@link AwsSettings}. Not safe for several threads. */
  public static final class Builder {
    private final String region;
    private @Nullable URI endpoint;
    private @Nullable Secret accessKey;
    private @Nullable Secret secretKey;
    private @Nullable Secret sessionToken;
    private @Nullable String profile;
    private @Nullable String roleArn;
    private @Nullable String roleExternalId;
    private @Nullable URI stsEndpoint;

    private Builder(String region) {
      if (region.isBlank()) {
        throw new IllegalArgumentException("the region is blank");
      }
      this.region = region;
    }

    /** Sets the address of the service: a VPC endpoint, a gateway, a stand-in. */
    public Builder endpoint(URI endpoint) {
      this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
      return this;
    }

    /**
     * Sets keys that do not change.
     *
     * @param sessionToken null: the keys are those of a user
     */
    public Builder keys(Secret accessKey, Secret secretKey, @Nullable Secret sessionToken) {
      this.accessKey = Objects.requireNonNull(accessKey, "accessKey");
      this.secretKey = Objects.requireNonNull(secretKey, "secretKey");
      this.sessionToken = sessionToken;
      return this;
    }

    /** Sets the profile of the shared files whose credentials are used. */
    public Builder profile(String profile) {
      this.profile = Objects.requireNonNull(profile, "profile");
      return this;
    }

    /** Sets a role that is assumed with the other credentials, for an hour at a time. */
    public Builder roleArn(String roleArn) {
      this.roleArn = Objects.requireNonNull(roleArn, "roleArn");
      return this;
    }

    /** Sets what the owner of the role in another account asks for. */
    public Builder roleExternalId(String roleExternalId) {
      this.roleExternalId = Objects.requireNonNull(roleExternalId, "roleExternalId");
      return this;
    }

    /**
     * Sets where roles are assumed, and where a diagnosis asks whose the credentials are; the usual
     * address of the region unless set.
     */
    public Builder stsEndpoint(URI stsEndpoint) {
      this.stsEndpoint = Objects.requireNonNull(stsEndpoint, "stsEndpoint");
      return this;
    }

    public AwsSettings build() {
      return new AwsSettings(this);
    }
  }
}
