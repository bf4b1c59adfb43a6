package dev.cutline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.ImageRecord;
import dev.cutline.core.ObjectKeys;
import dev.cutline.core.Rendition;
import dev.cutline.dynamodbtest.LocalDynamoDb;
import dev.cutline.s3test.S3Server;
import dev.cutline.storage.dynamodb.DynamoDbTables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/**
 * A bucket and a table. Both servers are in the process of the test, so that every other process
 * may be killed.
 *
 * @param server where the bucket is
 * @param bucket its name
 * @param table of {@link LocalDynamoDb}
 */
record AwsPremises(S3Server server, String bucket, String table) implements Premises {
  /** What both remember in an object and in an item of their own. */
  private static final String ENVIRONMENT = "production";

  static final String ENVIRONMENT_KEY = "cutline/environment";

  /** Makes an empty table and a bucket that keeps no old versions. */
  static AwsPremises plain(S3Server server) {
    String name = newTable();
    return new AwsPremises(server, server.createBucket(name), name);
  }

  /** Makes an empty table and a bucket that keeps old versions. */
  static AwsPremises versioned(S3Server server) {
    String name = newTable();
    return new AwsPremises(server, server.createVersionedBucket(name), name);
  }

  private static String newTable() {
    String name = LocalDynamoDb.get().freshTable();
    try (DynamoDbClient client = LocalDynamoDb.get().client()) {
      DynamoDbTables.create(client, name);
    }
    return name;
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("cutline.images", "s3");
    settings.put("cutline.images.s3.bucket", bucket);
    settings.put("cutline.images.s3.endpoint", server.endpoint().toString());
    settings.put("cutline.images.s3.region", S3Server.REGION.id());
    settings.put("cutline.images.s3.path-style", "true");
    settings.put("cutline.images.s3.unencrypted", "allow");
    settings.put("cutline.images.s3.environment", ENVIRONMENT);
    settings.put("cutline.images.s3.access-key", server.accessKey());
    settings.put("cutline.images.s3.secret-key", server.secretKey());
    settings.put("cutline.records", "dynamodb");
    settings.put("cutline.records.dynamodb.table", table);
    settings.put("cutline.records.dynamodb.environment", ENVIRONMENT);
    settings.put("cutline.records.dynamodb.endpoint", LocalDynamoDb.get().endpoint().toString());
    settings.put("cutline.records.dynamodb.region", LocalDynamoDb.REGION.id());
    settings.put("cutline.records.dynamodb.access-key", LocalDynamoDb.ACCESS_KEY);
    settings.put("cutline.records.dynamodb.secret-key", LocalDynamoDb.SECRET_KEY);
    return settings;
  }

  @Override
  public void assertNothingBut(Collection<ImageRecord> stored) {
    assertBucketHoldsNothingBut(stored);
    TableAudit.check(table, stored);
  }

  private void assertBucketHoldsNothingBut(Collection<ImageRecord> stored) {
    Set<String> expected = new TreeSet<>(Set.of(ENVIRONMENT_KEY));
    for (ImageRecord record : stored) {
      for (Rendition rendition : Rendition.values()) {
        expected.add(ObjectKeys.of(record.owner(), record.id(), rendition, record.format()));
      }
    }
    assertThat(keysOfVersions()).as("keys of all versions").isEqualTo(expected);
    assertNoMarkersAndNoUploads();
  }

  /** Checks that there is nothing but the environment, if somebody has claimed both. */
  void assertUntouched() {
    assertThat(keysOfVersions()).as("keys of all versions").isSubsetOf(ENVIRONMENT_KEY);
    assertNoMarkersAndNoUploads();
    TableAudit.check(table, List.of());
  }

  /** A set, because an upload that was tried again may have left two versions of one object. */
  private Set<String> keysOfVersions() {
    Set<String> keys = new TreeSet<>();
    for (ListObjectVersionsResponse page : pagesOfVersions()) {
      page.versions().stream().map(ObjectVersion::key).forEach(keys::add);
    }
    return keys;
  }

  private void assertNoMarkersAndNoUploads() {
    List<String> markers = new ArrayList<>();
    for (ListObjectVersionsResponse page : pagesOfVersions()) {
      page.deleteMarkers().stream().map(DeleteMarkerEntry::key).forEach(markers::add);
    }
    assertThat(markers).as("delete markers").isEmpty();
    assertThat(server.client().listMultipartUploads(request -> request.bucket(bucket)).uploads())
        .as("uploads that nobody finished")
        .isEmpty();
  }

  private Iterable<ListObjectVersionsResponse> pagesOfVersions() {
    return server.client().listObjectVersionsPaginator(request -> request.bucket(bucket));
  }
}
