package dev.cutline.aws;

import dev.cutline.spi.Diagnosis;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/**
 * What every part that asks AWS has to find out about itself: as whom it asks, what its things are
 * called in a policy, and what an answer means that is no success. Not safe for several threads.
 */
public final class AwsDiagnosis {
  /** With these there is no point in asking anything else. */
  private static final Set<AwsProblem> NOBODY =
      EnumSet.of(
          AwsProblem.NO_CREDENTIALS,
          AwsProblem.UNKNOWN_CREDENTIALS,
          AwsProblem.EXPIRED_CREDENTIALS,
          AwsProblem.NOT_SIGNED_IN,
          AwsProblem.NO_SSO,
          AwsProblem.CLOCK_SKEW);

  private static final String ANY_ACCOUNT = "*";

  private final AwsClients aws;
  private final Diagnosis diagnosis;
  private @Nullable String account;

  private AwsDiagnosis(AwsClients aws, Diagnosis diagnosis) {
    this.aws = Objects.requireNonNull(aws, "aws");
    this.diagnosis = Objects.requireNonNull(diagnosis, "diagnosis");
  }

  /** Starts with nothing asked. */
  public static AwsDiagnosis of(AwsClients aws, Diagnosis diagnosis) {
    return new AwsDiagnosis(aws, diagnosis);
  }

  /**
   * Asks AWS who this is ({@code GetCallerIdentity}, which needs no permission and costs nothing)
   * and says so, together with where the credentials come from. With an {@code endpoint} and no
   * {@code sts-endpoint} nobody is asked: keys of another server are no business of AWS.
   *
   * @return whether to ask on: false if there are no credentials, or AWS does not take them
   */
  public boolean identify() {
    Diagnosis credentials = diagnosis.about("credentials");
    String source = Credentials.source(aws.settings());
    try {
      aws.credentials().resolveCredentials();
    } catch (SdkException e) {
      String problem = text(source, e);
      credentials.fail(problem, AwsProblem.of(e).advice());
      return false;
    }
    if (aws.settings().endpoint().isPresent() && aws.settings().stsEndpoint().isEmpty()) {
      credentials.ok(source + "; AWS was not asked whose they are, because an endpoint is set");
      return true;
    }
    try (StsClient sts = aws.sts()) {
      GetCallerIdentityResponse caller = sts.getCallerIdentity();
      account = caller.account();
      credentials.ok(caller.arn() + ", by " + source);
      return true;
    } catch (SdkException e) {
      AwsProblem problem = AwsProblem.of(e);
      if (NOBODY.contains(problem)) {
        credentials.fail(text(source, e), problem.advice());
        return false;
      }
      credentials.warn(
          text(source + ": AWS could not be asked whose they are", e), problem.advice());
      return true;
    }
  }

  /**
   * Returns the ARN of a thing in this region and account; any account where it is not known.
   *
   * @param service for example {@code dynamodb}
   * @param resource for example {@code table/cutline}
   */
  public String arn(String service, String resource) {
    String of = account == null ? ANY_ACCOUNT : account;
    return "arn:" + partition() + ":" + service + ":" + aws.region() + ":" + of + ":" + resource;
  }

  /** Returns the ARN, in every region, of a thing that belongs to AWS, such as a model. */
  public String anyRegionArn(String service, String resource) {
    return "arn:" + partition() + ":" + service + ":*::" + resource;
  }

  /** Returns the ARN of a thing whose name is one of a kind in the world, such as a bucket. */
  public String globalArn(String service, String resource) {
    return "arn:" + partition() + ":" + service + ":::" + resource;
  }

  private String partition() {
    return PartitionMetadata.of(aws.region()).id();
  }

  /**
   * Says that something failed.
   *
   * @param what was to be done, as in "cannot write"
   * @param needed what would allow it, if that is what it lacks
   */
  public void failed(String what, SdkException e, IamStatement needed) {
    AwsProblem problem = AwsProblem.of(e);
    if (problem == AwsProblem.ACCESS_DENIED || problem == AwsProblem.KMS_DENIED) {
      diagnosis.denied(
          text(what, e), "allow " + String.join(", ", needed.actions()), needed.toJson());
    } else {
      diagnosis.fail(text(what, e), problem.advice());
    }
  }

  /**
   * Says that something could not be looked at, which hinders nothing else.
   *
   * @param what for example {@code whether it keeps versions}
   * @param action that would allow to look
   */
  public void unread(String what, SdkException e, String action) {
    diagnosis.warn(
        text(what + " could not be read", e),
        AwsProblem.of(e) == AwsProblem.ACCESS_DENIED
            ? "nothing else depends on it; allow " + action + " to have it looked at"
            : "nothing else depends on it; look yourself");
  }

  private String text(String what, SdkException e) {
    return what + ": " + AwsErrors.explain(e, aws::withoutSecrets);
  }
}
