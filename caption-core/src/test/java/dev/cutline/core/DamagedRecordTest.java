package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.cutline.DamagedRecord;
import dev.cutline.ImageRecord;
import dev.cutline.RecordPage;
import dev.cutline.RecordStore;
import dev.cutline.StorageState;
import dev.cutline.StoreException;
import dev.cutline.Tombstone;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A record that cannot be read neither holds up the others nor stays for ever. */
class DamagedRecordTest {
  private static final Duration RETENTION = Duration.ofDays(90);

  private final World world = new World();
  private final Set<String> damaged = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean down = new AtomicBoolean();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(Reconciler.class);

  private final Level usual = logger.getLevel();

  @BeforeEach
  void listen() {
    logger.setLevel(Level.WARN);
    logger.setAdditive(false);
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void close() {
    logger.detachAppender(log);
    logger.setLevel(usual);
    logger.setAdditive(true);
    world.close();
  }

  @Test
  void whatIsTooOldGoesWithItsObjectsAndTheOthersGoToo() {
    Cutline cutline = process();
    List<String> ids = new ArrayList<>();
    for (String owner : List.of("alice", "bob", "carol")) {
      ids.add(cutline.upload(upload(owner)).id());
    }
    world.pass(RETENTION);
    ImageRecord kept = cutline.upload(upload("alice"));
    damaged.add(ids.get(0));
    damaged.add(kept.id());

    ReconcileReport report = cutline.reconcile();

    assertThat(report.expired()).isEqualTo(3);
    assertThat(report.objectsDeleted()).isEqualTo(9);
    assertThat(report.left()).isZero();
    assertThat(world.stored("alice")).containsExactly(kept);
    world.assertSettled("alice", "bob", "carol");
    assertThat(world.records.tombstones(world.now().plus(Duration.ofDays(1)), 10))
        .extracting(Tombstone::id)
        .containsExactlyInAnyOrderElementsOf(ids);
    assertThat(warnings())
        .containsExactly(ids.get(0) + " of alice is damaged and deleted unread: of this test");
    assertThat(cutline.reconcile().isEmpty()).isTrue();
  }

  @Test
  void whatAStoreRefusesToDeleteIsReportedAndGoneTheNextTime() {
    Cutline cutline = process();
    String first = cutline.upload(upload("alice")).id();
    cutline.upload(upload("bob"));
    world.pass(RETENTION);
    damaged.add(first);
    down.set(true);

    ReconcileReport failed = cutline.reconcile();

    assertThat(failed.left()).as("one does not keep the other").isEqualTo(2);
    assertThat(warnings()).contains(first + " of alice cannot be deleted yet: down");
    down.set(false);
    world.leasesRunOut();
    ReconcileReport report = cutline.reconcile();
    assertThat(report.expired() + report.finished()).isEqualTo(2);
    world.assertSettled("alice", "bob");
  }

  @Test
  void whatIsHalfDoneIsFinishedBesideTheOthers() {
    Cutline cutline = process();
    List<ImageRecord> half = new ArrayList<>();
    for (String owner : List.of("alice", "bob")) {
      ImageRecord record = cutline.upload(upload(owner));
      half.add(
          world.records.update(
              record.toBuilder().storageState(StorageState.DELETING).build(), List.of()));
    }
    damaged.add(half.get(0).id());

    assertThat(cutline.reconcile().finished()).isEqualTo(2);

    assertThat(warnings()).hasSize(1);
    world.assertSettled("alice", "bob");
  }

  private Cutline process() {
    Hook hook =
        operation -> {
          if (down.get() && operation.equals("images.deleteByPrefix")) {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "down");
          }
        };
    return world.open(
        world
            .builder(hook)
            .records(damaging(world.records))
            .captioner("fake", new FakeCaptioner())
            .retention(RETENTION));
  }

  /** Returns a store whose pages tell some records as damaged. */
  private RecordStore damaging(RecordStore store) {
    return (RecordStore)
        Proxy.newProxyInstance(
            RecordStore.class.getClassLoader(),
            new Class<?>[] {RecordStore.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(store, arguments);
                return result instanceof RecordPage page ? damaged(page) : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private RecordPage damaged(RecordPage page) {
    List<ImageRecord> items = new ArrayList<>(page.items());
    items.removeIf(record -> damaged.contains(record.id()));
    List<DamagedRecord> rest =
        page.items().stream()
            .filter(record -> damaged.contains(record.id()))
            .map(
                record ->
                    new DamagedRecord(
                        record.owner(), record.id(), record.version(), "of this test"))
            .toList();
    return RecordPage.of(items, rest, page.nextCursor().orElse(null));
  }

  private List<String> warnings() {
    return log.list.stream()
        .filter(event -> event.getLevel() == Level.WARN)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private static Upload upload(String owner) {
    return Upload.builder(owner, World.PIXEL).build();
  }
}
