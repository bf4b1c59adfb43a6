package dev.cutline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.ImageRecord;
import dev.cutline.ImageStore;
import dev.cutline.ObjectPage;
import dev.cutline.RecordPage;
import dev.cutline.RecordQuery;
import dev.cutline.StorageState;
import dev.cutline.StoredObject;
import dev.cutline.core.ObjectKeys;
import dev.cutline.core.Rendition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;

/**
 * Holds what the stores have against what was acknowledged, by other means than the pipeline's own.
 */
final class StoreAudit {
  private final Premises premises;
  private final TestHouse house;
  private final String owner;
  private final Map<String, ImageRecord> stored = new HashMap<>();
  private final Set<String> keys = new HashSet<>();

  private StoreAudit(Premises premises, TestHouse house, String owner) {
    this.premises = premises;
    this.house = house;
    this.owner = owner;
  }

  /**
   * Checks that nothing acknowledged is lost, no object is unknown and no record is without its
   * objects.
   */
  static void check(
      Premises premises,
      TestHouse house,
      String owner,
      Set<String> mustBeThere,
      Set<String> mustBeGone) {
    StoreAudit audit = new StoreAudit(premises, house, owner);
    audit.readRecords();
    audit.keys.addAll(keys(house));
    assertThat(audit.stored.keySet()).as("acknowledged as stored").containsAll(mustBeThere);
    assertThat(mustBeGone).as("acknowledged as deleted").noneMatch(audit.stored::containsKey);
    audit.everyRecordHasItsObjectsAndEveryObjectItsRecord();
    audit.everyObjectIsWhole();
    // Before anything below, which repairs as it looks.
    audit.premises.assertNothingBut(audit.stored.values());
    audit.nothingIsHalfDone();
  }

  private void readRecords() {
    RecordQuery query = RecordQuery.builder(owner).limit(1000).build();
    String cursor;
    do {
      RecordPage page = house.records().query(query);
      page.items().forEach(record -> stored.put(record.id(), record));
      cursor = page.nextCursor().orElse(null);
      query = query.toBuilder().cursor(cursor).build();
    } while (cursor != null);
  }

  /**
   * Returns all keys that there are, but for the one under which a bucket keeps its environment.
   */
  static Set<String> keys(TestHouse house) {
    Set<String> keys = new HashSet<>();
    String cursor = null;
    do {
      ObjectPage page = house.images().list("", cursor, 1000);
      page.items().forEach(item -> keys.add(item.key()));
      cursor = page.nextCursor().orElse(null);
    } while (cursor != null);
    keys.remove(AwsPremises.ENVIRONMENT_KEY);
    return keys;
  }

  private void everyRecordHasItsObjectsAndEveryObjectItsRecord() {
    Set<String> expected = new HashSet<>();
    for (ImageRecord record : stored.values()) {
      for (Rendition rendition : Rendition.values()) {
        expected.add(ObjectKeys.of(owner, record.id(), rendition, record.format()));
      }
    }
    assertThat(keys).as("objects").isEqualTo(expected);
  }

  private void everyObjectIsWhole() {
    for (ImageRecord record : stored.values()) {
      assertThat(record.storageState()).isEqualTo(StorageState.STORED);
      byte[] original =
          read(ObjectKeys.of(owner, record.id(), Rendition.ORIGINAL, record.format()));
      assertThat(original).as("original of " + record).hasSize((int) record.size());
      assertDecodes(ObjectKeys.of(owner, record.id(), Rendition.THUMBNAIL, record.format()));
      assertDecodes(ObjectKeys.of(owner, record.id(), Rendition.SQUARE, record.format()));
    }
  }

  private void assertDecodes(String key) {
    try {
      assertThat(ImageIO.read(new ByteArrayInputStream(read(key)))).as(key).isNotNull();
    } catch (IOException e) {
      throw new AssertionError(key + " is no picture", e);
    }
  }

  private byte[] read(String key) {
    ImageStore images = house.images();
    try (StoredObject object =
        images.get(key).orElseThrow(() -> new AssertionError(key + " is not there"))) {
      return object.readAll();
    }
  }

  private void nothingIsHalfDone() {
    Instant endOfTime = Instant.parse("2999-01-01T00:00:00Z");
    assertThat(house.records().unsettled(endOfTime, null, 10).items()).as("half done").isEmpty();
    assertThat(house.records().tombstones(endOfTime, 10)).as("tombstones").isEmpty();
  }
}
