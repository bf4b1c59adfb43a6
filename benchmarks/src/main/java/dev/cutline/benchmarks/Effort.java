package dev.cutline.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What work costs this process, whichever threads do it: time on the clock, processor time, bytes
 * allocated. Compilers and the collector count too, so warm up first and take medians.
 *
 * @param wallNanos time that passed
 * @param cpuNanos processor time of all threads
 * @param bytes allocated by all threads that are there before and after
 */
record Effort(long wallNanos, long cpuNanos, long bytes) {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final com.sun.management.ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(com.sun.management.ThreadMXBean.class);

  static Effort of(Runnable work) {
    Effort before = now();
    work.run();
    Effort after = now();
    return new Effort(
        after.wallNanos - before.wallNanos,
        after.cpuNanos - before.cpuNanos,
        after.bytes - before.bytes);
  }

  private static Effort now() {
    long bytes = 0;
    for (long each : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
      bytes += Math.max(0, each); // -1: the thread has ended meanwhile
    }
    return new Effort(System.nanoTime(), SYSTEM.getProcessCpuTime(), bytes);
  }
}
