package dev.cutline.e2e;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/**
 * How many bytes threads allocate: those of all threads where the JVM counts them together (from
 * 21, virtual ones included), before that of those that are alive at the end.
 */
final class Allocation {
  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
  private static final boolean TOGETHER = Runtime.version().feature() >= 21;

  private Allocation() {}

  static long during(Runnable work) throws ReflectiveOperationException {
    Map<Long, Long> before = each();
    long totalBefore = total();
    work.run();
    if (TOGETHER) {
      return total() - totalBefore;
    }
    return each().entrySet().stream()
        .mapToLong(after -> after.getValue() - before.getOrDefault(after.getKey(), 0L))
        .sum();
  }

  private static Map<Long, Long> each() {
    long[] ids = THREADS.getAllThreadIds();
    long[] bytes = THREADS.getThreadAllocatedBytes(ids);
    Map<Long, Long> each = new HashMap<>();
    for (int i = 0; i < ids.length; i++) {
      if (bytes[i] >= 0) {
        each.put(ids[i], bytes[i]);
      }
    }
    return each;
  }

  /** Not known to the Java that this is compiled for. */
  private static long total() throws ReflectiveOperationException {
    return TOGETHER
        ? (long) ThreadMXBean.class.getMethod("getTotalThreadAllocatedBytes").invoke(THREADS)
        : 0;
  }
}
