package dev.cutline.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutline.CaptionException;
import dev.cutline.Deadline;
import dev.cutline.Reason;
import dev.cutline.spi.Diagnosis;
import dev.cutline.spi.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkException;

/** Profiles that sign in by SSO, and ones that name what is not there; without the SSO modules. */
class SsoProfileTest {
  private static final AwsErrors ERRORS = AwsErrors.of("Secrets").build();

  @RegisterExtension static final AwsServer AWS = new AwsServer();

  @TempDir private Path folder;

  @BeforeEach
  void writeProfiles() throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("config"),
            """
            [profile session]
            sso_session = corp
            sso_account_id = 123456789012
            sso_role_name = captions

            [sso-session corp]
            sso_region = eu-west-1
            sso_start_url = https://corp.example/start

            [profile legacy]
            sso_account_id = 123456789012
            sso_role_name = captions
            sso_region = eu-west-1
            sso_start_url = https://corp.example/start

            [profile halfway]
            role_arn = arn:aws:iam::123456789012:role/captions
            source_profile = nobody
            """);
    System.setProperty("aws.configFile", config.toString());
    System.setProperty("aws.sharedCredentialsFile", folder.resolve("credentials").toString());
  }

  @AfterEach
  void forgetProfiles() {
    System.clearProperty("aws.configFile");
    System.clearProperty("aws.sharedCredentialsFile");
    System.clearProperty("aws.profile");
    System.clearProperty("aws.disableEc2Metadata");
  }

  @ParameterizedTest
  @ValueSource(strings = {"session", "legacy"})
  void saysWhatToAddForAProfileThatSignsInBySso(String profile) {
    CaptionException e = failure(profile);

    assertThat(e.reason()).isEqualTo(Reason.UNAUTHORIZED);
    assertThat(e)
        .hasMessage(
            "Secrets: the profile signs in by SSO, and the parts of the AWS SDK that do so are not"
                + " on the class path; add software.amazon.awssdk:sso and ssooidc, or name a"
                + " profile with keys or a role");
    assertThat(AWS.attempts()).isZero();
  }

  @Test
  void saysSoOfTheProfileOfTheEnvironmentToo() {
    System.setProperty("aws.profile", "session");
    System.setProperty("aws.disableEc2Metadata", "true");
    assertThat(failure(AwsSettings.builder("eu-west-1").endpoint(AWS.address()).build()))
        .hasMessageContaining(AwsProblem.NO_SSO.text())
        .hasMessageEndingWith(AwsProblem.NO_SSO.advice());
  }

  @Test
  void saysThatAProfileNamesAnotherThatIsNotThere() {
    assertThat(failure("halfway"))
        .hasMessageStartingWith("Secrets: there are no credentials; set access-key");
  }

  @Test
  void saysSoInADiagnosisToo() {
    List<Finding> found = new ArrayList<>();
    try (AwsClients clients = AwsClients.of(of("session"))) {
      assertThat(AwsDiagnosis.of(clients, Diagnosis.of("bucket", found::add)).identify()).isFalse();
    }
    assertThat(found)
        .singleElement()
        .asString()
        .startsWith("FAIL credentials: profile \"session\" of the settings: the profile signs in")
        .endsWith("; " + AwsProblem.NO_SSO.advice());
  }

  private static CaptionException failure(String profile) {
    return failure(of(profile));
  }

  private static CaptionException failure(AwsSettings settings) {
    try (AwsClients clients = AwsClients.of(settings)) {
      SdkException e =
          catchThrowableOfType(
              SdkException.class,
              () ->
                  clients.call(
                      "Test", Deadline.after(Duration.ofMinutes(1)), () -> AwsServer.ask(clients)));
      return ERRORS.toException(e, text -> text);
    }
  }

  private static AwsSettings of(String profile) {
    return AwsSettings.builder("eu-west-1").endpoint(AWS.address()).profile(profile).build();
  }
}
