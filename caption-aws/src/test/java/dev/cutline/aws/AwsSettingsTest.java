package dev.cutline.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutline.InvalidSettingsException;
import dev.cutline.Settings;
import dev.cutline.SettingsReader;
import dev.cutline.SettingsSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwsSettingsTest {
  @TempDir Path home;

  /** Away from the profiles of whoever runs the tests. */
  @BeforeEach
  void hideProfiles() throws IOException {
    Path config =
        Files.writeString(
            home.resolve("config"),
            "[default]\nregion = ap-south-1\n[profile work]\nregion = sa-east-1\n");
    System.setProperty("aws.configFile", config.toString());
    System.setProperty("aws.profile", "none");
  }

  @AfterEach
  void showProfiles() {
    System.clearProperty("aws.configFile");
    System.clearProperty("aws.profile");
  }

  private AwsSettings read(Map<String, String> values, Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(Map.of("cutline.home", home.toString()));
    values.forEach((key, value) -> all.put("aws." + key, value));
    Settings settings = SettingsSource.ofProcess(all, null, environment).withPrefix("aws.");
    SettingsReader in = SettingsReader.of(settings);
    AwsSettings read = AwsSettings.read(in);
    in.finish();
    return read;
  }

  private List<String> problems(Map<String, String> values) {
    return catchThrowableOfType(InvalidSettingsException.class, () -> read(values, Map.of()))
        .problems();
  }

  @Test
  void findsTheRegionInTheSettingsThenTheEnvironmentThenTheProfile() {
    Map<String, String> both = Map.of("AWS_REGION", "eu-west-1", "AWS_DEFAULT_REGION", "eu-west-2");

    assertThat(read(Map.of("region", "us-gov-west-1"), both).region()).isEqualTo("us-gov-west-1");
    assertThat(read(Map.of(), both).region()).isEqualTo("eu-west-1");
    assertThat(read(Map.of(), Map.of("AWS_DEFAULT_REGION", "eu-west-2")).region())
        .isEqualTo("eu-west-2");
    assertThat(read(Map.of("profile", "work"), Map.of()).region()).isEqualTo("sa-east-1");
    System.setProperty("aws.profile", "default");
    assertThat(read(Map.of(), Map.of()).region()).isEqualTo("ap-south-1");
  }

  @Test
  void saysWhatToDoAboutAMissingRegion() {
    assertThat(problems(Map.of()))
        .containsExactly(
            "aws.region: is missing: set it, for example to us-east-1, or the environment variable"
                + " AWS_REGION");
  }

  @Test
  void readsEveryKeyThatItNames() {
    AwsSettings read =
        read(
            Map.of(
                "region", "us-east-1",
                "endpoint", "https://vpce.example/",
                "access-key", "AKID",
                "secret-key", "s-e-c-r-e-t",
                "session-token", "t-o-k-e-n",
                "role-arn", "arn:aws-cn:iam::123456789012:role/x/y",
                "role-external-id", "e",
                "sts-endpoint", "https://sts.example"),
            Map.of());

    assertThat(read.endpoint()).hasValue(URI.create("https://vpce.example"));
    assertThat(read.stsEndpoint()).hasValue(URI.create("https://sts.example"));
    assertThat(read.roleArn()).hasValue("arn:aws-cn:iam::123456789012:role/x/y");
    assertThat(read.roleExternalId()).hasValue("e");
    assertThat(read.namesCredentials()).isTrue();
    assertThat(read.toString())
        .isEqualTo("us-east-1 at https://vpce.example")
        .doesNotContain("s-e-c-r-e-t");
    assertThat(AwsSettings.KEYS).hasSize(9).contains("profile");
  }

  @Test
  void namesNoCredentialsUnlessSomeAreSet() {
    assertThat(read(Map.of("region", "us-east-1"), Map.of()).namesCredentials()).isFalse();
    assertThat(read(Map.of("region", "us-east-1", "profile", "p"), Map.of()).namesCredentials())
        .isTrue();
  }

  @Test
  void namesEverythingThatDoesNotFitTogether() {
    assertThat(problems(Map.of("region", "us-east-1", "access-key", "a", "profile", "p")))
        .containsExactlyInAnyOrder(
            "aws.secret-key: is missing: an access-key needs one",
            "aws.profile: is set beside an access-key: set one of the two");
    assertThat(problems(Map.of("region", "us-east-1", "session-token", "t")))
        .containsExactly(
            "aws.access-key: is missing: a secret-key or session-token is of no use without");
    assertThat(problems(Map.of("region", "Mars", "role-arn", "captions", "endpoint", "x")))
        .hasSize(3)
        .anyMatch(problem -> problem.startsWith("aws.region: \"Mars\" is not a region of AWS"))
        .anyMatch(problem -> problem.startsWith("aws.role-arn: \"captions\" is not the ARN"))
        .anyMatch(problem -> problem.startsWith("aws.endpoint: "));
    assertThat(
            problems(
                Map.of("region", "us-east-1", "role-external-id", "e", "sts-endpoint", "http://s")))
        .containsExactly("aws.role-external-id: is of no use without role-arn: set that too");
  }

  @Test
  void refusesABlankRegionAtOnce() {
    assertThatIllegalArgumentException().isThrownBy(() -> AwsSettings.builder(" "));
  }
}
