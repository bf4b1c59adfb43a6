package dev.cutline.benchmarks.failover;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The rungs of a mock server by name; one that is asked for is there. Thread-safe. */
final class MockRungs {
  private final Map<String, MockRung> rungs = new ConcurrentHashMap<>();

  MockRung named(String name) {
    return rungs.computeIfAbsent(name, ignored -> new MockRung());
  }
}
