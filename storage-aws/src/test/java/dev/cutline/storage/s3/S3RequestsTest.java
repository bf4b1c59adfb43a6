package dev.cutline.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How often S3 is asked, which is what one pays and waits for. */
class S3RequestsTest extends S3Buckets {
  private static final List<String> RENDITIONS =
      List.of("original.jpg", "thumbnail.jpg", "thumbnail-200.jpg");

  @Test
  void anUploadOfEightMegabytesIsOneRequestEachRendition() {
    upload("images/alice/1/", 8 << 20);

    assertThat(http.requests()).containsExactly("PUT", "PUT", "PUT");
  }

  @Test
  void whatIsLargerGoesInParts() {
    store.put(KEY, image(LARGE, 1));

    assertThat(http.requests())
        .satisfiesExactly(
            create -> assertThat(create).isEqualTo("POST uploads"),
            part -> assertThat(part).startsWith("PUT").contains("partNumber=1"),
            part -> assertThat(part).startsWith("PUT").contains("partNumber=2"),
            complete -> assertThat(complete).startsWith("POST uploadId="));
    assertThat(bytes(store, KEY)).hasValue(image(LARGE, 1).toByteArray());
    assertThat(store.get(KEY).orElseThrow().mediaType()).isEqualTo("image/jpeg");
  }

  @Test
  void anAddressIsSignedWithoutAskingAnybody() throws Exception {
    store.put(KEY, image(1000, 1));
    http.requests();

    URI address = store.presign(KEY, Duration.ofMillis(3_599_001)).orElseThrow();

    assertThat(http.requests()).isEmpty();
    assertThat(address.getQuery()).contains("X-Amz-Expires=3600");
    HttpResponse<byte[]> answer = fetch(address);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(image(1000, 1).toByteArray());
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("image/jpeg");
  }

  @Test
  void anAddressIsGoodForOneObjectOnly() throws Exception {
    store.put(KEY, image(10, 1));
    store.put("images/bob/1/original.jpg", image(10, 2));
    String address = store.presign(KEY, Duration.ofHours(1)).orElseThrow().toString();

    assertThat(fetch(URI.create(address.replace("alice", "bob"))).statusCode()).isEqualTo(403);
  }

  @Test
  void deletingAPictureIsThreeRequests() {
    upload("images/alice/1/", 1000);
    upload("images/alice/1/", 2000);
    upload("images/alice/10/", 1000);
    http.requests();

    assertThat(store.deleteByPrefix("images/alice/1/")).isEqualTo(3);

    assertThat(http.requests())
        .satisfiesExactly(
            uploads -> assertThat(uploads).startsWith("GET").contains("uploads"),
            versions -> assertThat(versions).startsWith("GET").contains("versions"),
            delete -> assertThat(delete).isEqualTo("POST delete"));
    assertThat(remains()).isEqualTo(3);
  }

  @Test
  void readingListingAndFindingNothingAreOneRequestEach() {
    upload("images/alice/1/", 1000);
    http.requests();

    assertThat(bytes(store, KEY)).isPresent();
    assertThat(http.requests()).hasSize(1);
    assertThat(store.get("images/alice/2/original.jpg")).isEmpty();
    assertThat(http.requests()).hasSize(1);
    assertThat(store.list("images/", null, 20).items()).hasSize(3);
    assertThat(http.requests()).hasSize(1);
    assertThat(store.delete("images/alice/2/original.jpg")).isFalse();
    assertThat(http.requests()).hasSize(1);
    assertThat(store.delete(KEY)).isTrue();
    assertThat(http.requests()).hasSize(2);
  }

  private void upload(String folder, int size) {
    for (String rendition : RENDITIONS) {
      store.put(folder + rendition, image(size, 1));
    }
  }

  private static HttpResponse<byte[]> fetch(URI address) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray());
  }
}
