package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.ImageRecord;
import dev.cutline.ImageStore;
import dev.cutline.ObjectPage;
import dev.cutline.RecordQuery;
import dev.cutline.RecordStore;
import dev.cutline.StorageState;
import dev.cutline.core.store.MemoryImageStore;
import dev.cutline.core.store.MemoryRecordStore;
import dev.cutline.testsupport.corpus.Corpus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stores and a clock that several processes share, each of which is a {@link Cutline} of its own.
 */
final class World implements AutoCloseable {
  static final Duration LEASE = Duration.ofMinutes(2);
  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  static final byte[] PIXEL = Corpus.bytes("jpeg/one-pixel.jpg");

  final ImageStore images;
  final RecordStore records;
  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final List<Cutline> opened = new CopyOnWriteArrayList<>();

  World() {
    this(new MemoryImageStore());
  }

  World(ImageStore images) {
    this.images = images;
    this.records = new MemoryRecordStore(now::get);
  }

  /** Returns a process whose captioner answers "one". */
  Cutline process() {
    return process(Hook.NONE);
  }

  /** Returns a process whose stores have a hook. */
  Cutline process(Hook hook, CutlineListener... listeners) {
    CutlineBuilder builder = builder(hook).captioner("fake", new FakeCaptioner());
    for (CutlineListener listener : listeners) {
      builder.listener(listener);
    }
    return open(builder);
  }

  CutlineBuilder builder() {
    return builder(Hook.NONE);
  }

  CutlineBuilder builder(Hook hook) {
    return Cutline.builder()
        .images(new HookedImageStore(images, hook))
        .records(new HookedRecordStore(records, hook))
        .clock(now::get)
        .lease(LEASE);
  }

  Cutline open(CutlineBuilder builder) {
    Cutline cutline = builder.build();
    opened.add(cutline);
    return cutline;
  }

  Instant now() {
    return now.get();
  }

  void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  /** Lets every lease run out. */
  void leasesRunOut() {
    pass(LEASE.plusMillis(1));
  }

  void tombstonesRunOut() {
    pass(LEASE.multipliedBy(10).plusMillis(1));
  }

  List<String> keys() {
    List<String> keys = new ArrayList<>();
    String cursor = null;
    do {
      ObjectPage page = images.list("", cursor, 1000);
      page.items().forEach(item -> keys.add(item.key()));
      cursor = page.nextCursor().orElse(null);
    } while (cursor != null);
    return keys;
  }

  List<ImageRecord> stored(String owner) {
    return records.query(RecordQuery.builder(owner).limit(1000).build()).items();
  }

  /** Checks that nothing stored is unknown and nothing known is missing, once nobody is at work. */
  void assertSettled(String... owners) {
    assertThat(records.unsettled(Instant.MAX, null, 1000).items()).as("half done").isEmpty();
    TreeSet<String> known = new TreeSet<>();
    for (String owner : owners) {
      for (ImageRecord record : stored(owner)) {
        assertThat(record.storageState()).isEqualTo(StorageState.STORED);
        assertThat(record.lease()).isEqualTo(Optional.empty());
        for (Rendition rendition : Rendition.values()) {
          known.add(ObjectKeys.of(owner, record.id(), rendition, record.format()));
        }
      }
    }
    assertThat(keys()).as("objects").containsExactlyElementsOf(known);
  }

  @Override
  public void close() {
    opened.forEach(Cutline::close);
  }
}
