package dev.cutline.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.StoreException;
import dev.cutline.s3test.FaultyHttp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/** What S3 is asked for with each object, and what happens where it does not answer that. */
class S3EncryptionTest extends S3Buckets {
  private static final String ALGORITHM = "x-amz-server-side-encryption";
  private static final String KMS_KEY = "x-amz-server-side-encryption-aws-kms-key-id";
  private static final String BUCKET_KEY = "x-amz-server-side-encryption-bucket-key-enabled";

  private final List<SdkHttpRequest> written = new ArrayList<>();

  @Test
  void asksForEncryptionByS3UnlessToldOtherwise() {
    remember();
    store.put(KEY, image(10, 1));
    store.put(KEY, image(LARGE, 1));

    assertThat(written).hasSize(2);
    for (SdkHttpRequest request : written) {
      assertThat(header(request, ALGORITHM)).isEqualTo("AES256");
      assertThat(header(request, BUCKET_KEY)).isNull();
    }
  }

  @Test
  void asksForAKeyOfKmsWithABucketKey() {
    remember();
    try (S3ImageStore keyed = builder().kmsKey("alias/pictures").build()) {
      keyed.put(KEY, image(10, 1));
      keyed.put(KEY, image(LARGE, 1));
    }

    assertThat(written).hasSize(2);
    for (SdkHttpRequest request : written) {
      assertThat(header(request, ALGORITHM)).isEqualTo("aws:kms");
      assertThat(header(request, KMS_KEY)).isEqualTo("alias/pictures");
      assertThat(header(request, BUCKET_KEY)).isEqualTo("true");
    }
  }

  @Test
  void asksForNothingOfAServerThatKnowsNothingOfIt() {
    remember();
    try (S3ImageStore plain = builder().withoutEncryption().build()) {
      plain.put(KEY, image(10, 1));
      plain.put(KEY, image(LARGE, 1));
    }

    assertThat(written).hasSize(2);
    for (SdkHttpRequest request : written) {
      assertThat(header(request, ALGORITHM)).isNull();
    }
  }

  @Test
  void sendsAChecksumWithEachRequestThatHasBytes() {
    remember();
    store.put(KEY, image(10, 1));

    assertThat(header(written.get(0), "x-amz-checksum-sha256")).hasSize(44);
  }

  @Test
  void anAnswerWithoutEncryptionIsRefusedWhereThatIsAskedFor() {
    dropEncryption("PUT", 2);
    try (S3ImageStore strict = builder().unencrypted(Unencrypted.REFUSE).build()) {
      assertThatThrownBy(() -> strict.put(KEY, image(10, 1)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("does not say that it encrypts");
      assertThat(remains()).as("nothing of it is left").isZero();
    }
    store.put(KEY, image(10, 1));
    assertThat(bytes(store, KEY)).as("a warning is no refusal").isPresent();
  }

  @Test
  void whatWasStoredAlthoughTheAnswerIsLostIsHeldToTheSame() {
    http.next(3, FaultyHttp.method("PUT"), FaultyHttp.lostAnswer());
    dropEncryption("HEAD", 1);
    try (S3ImageStore strict = builder().unencrypted(Unencrypted.REFUSE).build()) {
      assertThatThrownBy(() -> strict.put(KEY, image(10, 1)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("does not say that it encrypts");
    }
    assertThat(remains()).isZero();
  }

  private void remember() {
    http.next(
        100,
        request -> {
          boolean first =
              request.method().name().equals("PUT")
                      && !request.rawQueryParameters().containsKey("partNumber")
                  || request.rawQueryParameters().containsKey("uploads");
          if (first) {
            written.add(request);
          }
          return false;
        },
        send -> send.send());
  }

  private void dropEncryption(String method, int times) {
    http.next(
        times,
        FaultyHttp.method(method),
        send -> {
          HttpExecuteResponse whole = send.send();
          SdkHttpFullResponse.Builder head =
              ((SdkHttpFullResponse) whole.httpResponse()).toBuilder().removeHeader(ALGORITHM);
          return HttpExecuteResponse.builder()
              .response(head.build())
              .responseBody(whole.responseBody().orElse(null))
              .build();
        });
  }

  private static @Nullable String header(SdkHttpRequest request, String name) {
    return request.firstMatchingHeader(name).orElse(null);
  }
}
