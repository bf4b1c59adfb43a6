package dev.cutline.benchmarks.failover;

import dev.cutline.benchmarks.Report;
import java.util.List;

/** One row of the table of outages. */
interface Scenario {
  /** Returns the name that picks it on the command line. */
  String name();

  /** Plays it and returns the figures. */
  List<Report> play(World world) throws Exception;
}
