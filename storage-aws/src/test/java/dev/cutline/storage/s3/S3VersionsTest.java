package dev.cutline.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.StoreException;
import dev.cutline.s3test.FaultyHttp;
import dev.cutline.spi.OwnerKey;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/** Nothing of what was deleted is left: no version, no marker, no part. */
class S3VersionsTest extends S3Buckets {
  @Test
  void deletesEveryVersionAndMarkerOfWhatWasDeletedByOthersToo() {
    for (int i = 0; i < 3; i++) {
      store.put(KEY, image(10, i));
      store.put(KEY + ".x", image(10, i));
    }
    server.client().deleteObject(request -> request.bucket(bucket).key(KEY));
    assertThat(store.get(KEY)).isEmpty();
    assertThat(remains()).isEqualTo(7);

    assertThat(store.delete(KEY)).as("it was deleted, but its versions were there").isFalse();

    assertThat(remains()).isEqualTo(3);
    assertThat(store.deleteByPrefix("images/")).isEqualTo(1);
    assertThat(remains()).isZero();
  }

  @Test
  void deletesAndCountsRightWhereverAPageEnds() {
    for (int pageSize = 1; pageSize <= 8; pageSize++) {
      for (String key : List.of("images/a/1", "images/a/2", "images/a/3")) {
        store.put(key, image(10, 1));
        store.put(key, image(10, 2));
      }
      server.client().deleteObject(request -> request.bucket(bucket).key("images/a/2"));
      store.put("images/b", image(10, 1));
      try (S3ImageStore small = builder().pageSize(pageSize).build()) {
        assertThat(small.deleteByPrefix("images/a/")).as("pages of %d", pageSize).isEqualTo(2);
        assertThat(remains()).isEqualTo(1);
        assertThat(small.delete("images/b")).isTrue();
        assertThat(remains()).isZero();
      }
    }
  }

  @Test
  void deletesThePartsThatAKilledProcessHasLeft() {
    String upload =
        client.createMultipartUpload(request -> request.bucket(bucket).key(KEY)).uploadId();
    client.uploadPart(
        request -> request.bucket(bucket).key(KEY).uploadId(upload).partNumber(1),
        RequestBody.fromString("x"));
    client.createMultipartUpload(request -> request.bucket(bucket).key("images/alice/10/o.jpg"));
    assertThat(remains()).isEqualTo(2);

    assertThat(store.deleteByPrefix("images/alice/1/")).isZero();

    assertThat(remains()).isEqualTo(1);
    assertThat(store.deleteByPrefix("images/")).isZero();
    assertThat(remains()).isZero();
  }

  @Test
  void whatCouldNotBeDeletedForAMomentIsDeletedAtOnce() {
    store.put(KEY, image(10, 1));
    store.put("images/alice/1/thumbnail.jpg", image(10, 1));
    http.next(2, FaultyHttp.query("POST", "delete"), partly("SlowDown"));

    assertThat(store.deleteByPrefix("images/alice/1/")).isEqualTo(2);

    assertThat(remains()).isZero();
  }

  @Test
  void whatCannotBeDeletedIsToldAndCanBeDeletedLater() {
    store.put(KEY, image(10, 1));
    store.put("images/alice/1/thumbnail.jpg", image(10, 1));
    http.next(4, FaultyHttp.query("POST", "delete"), partly("InternalError"))
        .next(1, FaultyHttp.query("POST", "delete"), partly("AccessDenied"));

    assertThatThrownBy(() -> store.deleteByPrefix("images/alice/1/"))
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll("cannot delete 1 of 2", KEY, "InternalError", "again")
        .extracting(e -> ((StoreException) e).kind())
        .isEqualTo(StoreException.Kind.UNAVAILABLE);
    assertThatThrownBy(() -> store.deleteByPrefix("images/alice/1/"))
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll("AccessDenied", "s3:DeleteObjectVersion")
        .extracting(e -> ((StoreException) e).kind())
        .isEqualTo(StoreException.Kind.DENIED);

    assertThat(store.deleteByPrefix("images/alice/1/")).isPositive();
    assertThat(remains()).isZero();
  }

  @Test
  void ownersThatLookAlikeAreApart() {
    List<String> owners =
        List.of(
            "alice",
            "Alice",
            "alice/",
            "alice/x",
            "alice#x",
            "..",
            "../alice",
            "./alice",
            "USER#alice",
            "user#alice",
            "%2e%2e",
            "al\u0456ce",
            "\uff0e\uff0e",
            "\u2024\u2024",
            "alice\u200b",
            "\u0430lice",
            "~" + "a".repeat(52),
            OwnerKey.of("Alice"),
            "images/alice");
    Set<String> prefixes = new HashSet<>();
    for (String owner : owners) {
      String prefix = "images/" + OwnerKey.of(owner) + "/";
      prefixes.add(prefix);
      store.put(prefix + "1/original.jpg", image(10, owner.hashCode()));
    }
    assertThat(prefixes).hasSameSizeAs(owners);
    for (String owner : owners) {
      String prefix = "images/" + OwnerKey.of(owner) + "/";
      assertThat(bytes(store, prefix + "1/original.jpg"))
          .hasValue(image(10, owner.hashCode()).toByteArray());
      assertThat(store.list(prefix, null, 10).items()).hasSize(1);
      assertThat(store.deleteByPrefix(prefix)).as(owner).isEqualTo(1);
    }
    assertThat(remains()).isZero();
  }

  /** Answers for one object that it could not be deleted, and deletes the other. */
  private FaultyHttp.Fault partly(String code) {
    return send -> {
      String stays = version(KEY).orElseThrow();
      String other = "images/alice/1/thumbnail.jpg";
      version(other)
          .ifPresent(
              version ->
                  server
                      .client()
                      .deleteObject(r -> r.bucket(bucket).key(other).versionId(version)));
      String body =
          "<DeleteResult><Error><Key>"
              + KEY
              + "</Key><VersionId>"
              + stays
              + "</VersionId><Code>"
              + code
              + "</Code><Message>no</Message></Error></DeleteResult>";
      return FaultyHttp.answer(SdkHttpFullResponse.builder().statusCode(200), body).meet(send);
    };
  }

  private Optional<String> version(String key) {
    return server
        .client()
        .listObjectVersions(request -> request.bucket(bucket).prefix(key))
        .versions()
        .stream()
        .map(ObjectVersion::versionId)
        .findFirst();
  }
}
