package dev.cutline.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/**
 * HTTP clients that share the calls of one sender. OkHttp looks through all connections of a client
 * for one that is free, and through all its calls for one that has ended: with ten thousand under
 * way that is most of the work. So each client gets a few, and the first one that has room gets the
 * next call: one call after the other stays on one connection. Thread-safe.
 */
final class Lanes {
  /** Calls at once on one client. */
  static final int WIDTH = 64;

  private final Supplier<OkHttpClient> clients;
  private final int width;
  private final List<Lane> lanes = new CopyOnWriteArrayList<>();

  /**
   * @param clients makes another one, with connections of its own
   */
  Lanes(Supplier<OkHttpClient> clients) {
    this(clients, WIDTH);
  }

  private Lanes(Supplier<OkHttpClient> clients, int width) {
    this.clients = clients;
    this.width = width;
  }

  /** Returns lanes that are but one, for a client that is somebody else's. */
  static Lanes of(OkHttpClient client) {
    return new Lanes(() -> client, Integer.MAX_VALUE);
  }

  /** Returns a lane with room for a call; whoever gets it has to {@link Lane#exit} it. */
  Lane enter() {
    for (Lane lane : lanes) {
      if (lane.tryEnter()) {
        return lane;
      }
    }
    return enterAnother();
  }

  private synchronized Lane enterAnother() {
    for (Lane lane : lanes) { // made while this thread waited
      if (lane.tryEnter()) {
        return lane;
      }
    }
    Lane lane = new Lane(clients.get(), width);
    lane.tryEnter();
    lanes.add(lane);
    return lane;
  }

  /** Returns the clients that there are. */
  List<OkHttpClient> clients() {
    return lanes.stream().map(Lane::client).toList();
  }

  /** One of the clients. */
  static final class Lane {
    private final OkHttpClient client;
    private final int width;
    private final AtomicInteger underWay = new AtomicInteger();

    private Lane(OkHttpClient client, int width) {
      this.client = client;
      this.width = width;
    }

    OkHttpClient client() {
      return client;
    }

    private boolean tryEnter() {
      int before = underWay.getAndUpdate(count -> count < width ? count + 1 : count);
      return before < width;
    }

    /** Makes room for another call. */
    void exit() {
      underWay.decrementAndGet();
    }
  }
}
