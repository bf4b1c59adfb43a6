package dev.cutline.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * The worked examples of the S3 API reference (docs.aws.amazon.com/AmazonS3/latest/API): its
 * policies, requests and credentials, and what it says the signatures are.
 */
class SigningKeyTest {
  private static final AwsBasicCredentials EXAMPLE =
      AwsBasicCredentials.create(
          "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

  @Test
  void signsThePolicyOfTheDocumentationAsItDoes() {
    // sigv4-post-example.html; with line ends of CR and LF, as the Base64 beside it shows
    String policy =
        """
        { "expiration": "2015-12-30T12:00:00.000Z",
          "conditions": [
            {"bucket": "sigv4examplebucket"},
            ["starts-with", "$key", "user/user1/"],
            {"acl": "public-read"},
            {"success_action_redirect": "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html"},
            ["starts-with", "$Content-Type", "image/"],
            {"x-amz-meta-uuid": "14365123651274"},
            {"x-amz-server-side-encryption": "AES256"},
            ["starts-with", "$x-amz-meta-tag", ""],

            {"x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"},
            {"x-amz-algorithm": "AWS4-HMAC-SHA256"},
            {"x-amz-date": "20151229T000000Z" }
          ]
        }"""
            .replace("\n", "\r\n");
    SigningKey key = new SigningKey(EXAMPLE, "us-east-1", Instant.parse("2015-12-29T00:00:00Z"));

    assertThat(
            key.ofPolicy(
                Base64.getEncoder().encodeToString(policy.getBytes(StandardCharsets.UTF_8))))
        .isEqualTo("8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e");
    assertThat(key.credential())
        .isEqualTo("AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request");
    assertThat(key.time()).isEqualTo("20151229T000000Z");
    assertThat(key.sessionToken()).isEmpty();
  }

  @Test
  void signsTheAddressOfTheDocumentationAsItDoes() {
    // sigv4-query-string-auth.html
    SigningKey key = new SigningKey(EXAMPLE, "us-east-1", Instant.parse("2013-05-24T00:00:00Z"));

    assertThat(
            key.ofRequest(
                """
                GET
                /test.txt
                X-Amz-Algorithm=AWS4-HMAC-SHA256\
                &X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request\
                &X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host
                host:examplebucket.s3.amazonaws.com

                host
                UNSIGNED-PAYLOAD"""))
        .isEqualTo("aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
  }

  @Test
  void hasTheTokenOfTemporaryCredentials() {
    AwsSessionCredentials session = AwsSessionCredentials.create("ASIA", "secret", "to/ken+");

    assertThat(new SigningKey(session, "eu-west-1", Instant.EPOCH).sessionToken())
        .hasValue("to/ken+");
  }
}
