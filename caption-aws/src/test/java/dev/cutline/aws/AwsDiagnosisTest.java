package dev.cutline.aws;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.Secret;
import dev.cutline.spi.Diagnosis;
import dev.cutline.spi.Finding;
import dev.cutline.spi.Finding.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

class AwsDiagnosisTest {
  @RegisterExtension static final AwsServer AWS = new AwsServer();

  @TempDir private Path folder;
  private final List<Finding> found = new ArrayList<>();

  @Test
  void tellsWhoAsksAndNamesThingsOfThatAccount() {
    caller();
    try (AwsClients clients = AwsClients.of(keys().stsEndpoint(AWS.address()).build())) {
      AwsDiagnosis diagnosis = AwsDiagnosis.of(clients, Diagnosis.of("bucket", found::add));

      assertThat(diagnosis.arn("dynamodb", "table/t"))
          .isEqualTo("arn:aws:dynamodb:eu-central-1:*:table/t");
      assertThat(diagnosis.identify()).isTrue();
      assertThat(diagnosis.arn("dynamodb", "table/t"))
          .isEqualTo("arn:aws:dynamodb:eu-central-1:123456789012:table/t");
      assertThat(diagnosis.globalArn("s3", "pictures")).isEqualTo("arn:aws:s3:::pictures");
    }
    assertThat(found)
        .extracting(Finding::toString)
        .containsExactly(
            "OK credentials: arn:aws:iam::123456789012:user/ada, by access-key of the settings");
    AWS.server()
        .verify(
            1,
            postRequestedFor(urlEqualTo("/"))
                .withRequestBody(containing("Action=GetCallerIdentity"))
                .withHeader("Authorization", containing("Credential=AKIDEXAMPLE/")));
  }

  @Test
  void namesThingsOfOtherPartitions() {
    try (AwsClients clients = AwsClients.of(AwsSettings.builder("cn-north-1").build())) {
      AwsDiagnosis diagnosis = AwsDiagnosis.of(clients, Diagnosis.of("bucket", found::add));
      assertThat(diagnosis.globalArn("s3", "p")).isEqualTo("arn:aws-cn:s3:::p");
    }
  }

  @Test
  void showsKeysOfAnotherServerToNobody() {
    assertThat(identify(AWS.settings().build())).isTrue();

    assertThat(found.get(0))
        .hasToString(
            "OK credentials: access-key of the settings; AWS was not asked whose they are, because"
                + " an endpoint is set");
    assertThat(AWS.attempts()).isZero();
  }

  @Test
  void asksNothingElseForWhomAwsDoesNotKnow() {
    for (String code : List.of("InvalidClientTokenId", "SignatureDoesNotMatch", "ExpiredToken")) {
      found.clear();
      sts(403, code, "no " + AwsServer.SECRET_KEY);
      assertThat(identify(keys().stsEndpoint(AWS.address()).build())).as(code).isFalse();
      assertThat(found).singleElement().extracting(Finding::level).isEqualTo(Level.FAIL);
      assertThat(found.get(0).toString())
          .startsWith("FAIL credentials: access-key of the settings: ")
          .contains(code)
          .doesNotContain(AwsServer.SECRET_KEY);
      assertThat(found.get(0).remedy()).isPresent();
    }
  }

  @Test
  void goesOnWhereStsCannotBeAsked() {
    sts(403, "AccessDenied", "by an endpoint policy");
    assertThat(identify(keys().stsEndpoint(AWS.address()).build())).isTrue();
    assertThat(found.get(0).toString())
        .startsWith("WARN credentials: access-key of the settings: AWS could not be asked");
  }

  @Test
  void tellsOfAProfileThatIsNotThere() throws IOException {
    Path empty = Files.writeString(folder.resolve("credentials"), "");
    System.setProperty("aws.sharedCredentialsFile", empty.toString());
    try {
      assertThat(identify(AwsSettings.builder("eu-central-1").profile("nobody").build())).isFalse();
    } finally {
      System.clearProperty("aws.sharedCredentialsFile");
    }
    assertThat(found.get(0).toString())
        .startsWith(
            "FAIL credentials: profile \"nobody\" of the settings: there are no credentials")
        .contains("; set access-key and secret-key");
  }

  @Test
  void saysWhatWouldAllowWhatIsDeniedAndOnlyThat() {
    try (AwsClients clients = AwsClients.of(AWS.settings().build())) {
      AwsDiagnosis diagnosis = AwsDiagnosis.of(clients, Diagnosis.of("image store", found::add));
      IamStatement needed = IamStatement.allow("arn:aws:s3:::p/*", "s3:PutObject");
      diagnosis.failed("cannot write", answer(403, "AccessDenied"), needed);
      diagnosis.failed("cannot write", answer(403, "KMS.AccessDeniedException"), needed);
      diagnosis.failed("cannot write", answer(503, "SlowDown"), needed);
      diagnosis.unread("its policy", answer(403, "AccessDenied"), "s3:GetBucketPolicyStatus");
      diagnosis.unread("its policy", answer(501, "NotImplemented"), "s3:GetBucketPolicyStatus");
    }
    assertThat(found.get(0).permission())
        .contains(
            "{\"Effect\":\"Allow\",\"Action\":[\"s3:PutObject\"],\"Resource\":[\"arn:aws:s3:::p/*\"]}");
    assertThat(found.get(0).remedy()).contains("allow s3:PutObject");
    assertThat(found.get(1).permission()).isPresent();
    assertThat(found.get(2).permission()).isEmpty();
    assertThat(found.get(2).level()).isEqualTo(Level.FAIL);
    assertThat(found.subList(3, 5)).extracting(Finding::level).containsOnly(Level.WARN);
    assertThat(found.get(3).remedy().orElseThrow()).contains("allow s3:GetBucketPolicyStatus");
    assertThat(found.get(4).remedy().orElseThrow()).doesNotContain("allow");
  }

  private boolean identify(AwsSettings settings) {
    try (AwsClients clients = AwsClients.of(settings)) {
      return AwsDiagnosis.of(clients, Diagnosis.of("bucket", found::add)).identify();
    }
  }

  private static AwsSettings.Builder keys() {
    return AwsSettings.builder("eu-central-1")
        .keys(Secret.of("AKIDEXAMPLE"), Secret.of(AwsServer.SECRET_KEY), null);
  }

  private static void caller() {
    AWS.answer(
        aResponse()
            .withBody(
                """
                <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
                  <GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/ada</Arn>
                    <UserId>AIDA</UserId><Account>123456789012</Account></GetCallerIdentityResult>
                </GetCallerIdentityResponse>"""));
  }

  private static void sts(int status, String code, String message) {
    AWS.answer(
        aResponse()
            .withStatus(status)
            .withBody(
                "<ErrorResponse><Error><Type>Sender</Type><Code>"
                    + code
                    + "</Code><Message>"
                    + message
                    + "</Message></Error></ErrorResponse>"));
  }

  private static AwsServiceException answer(int status, String code) {
    return AwsServiceException.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage("no").build())
        .build();
  }
}
