package dev.cutline.core;

import dev.cutline.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sections of rungs that can be meant for nobody. A section of a rung that is not named now is no
 * fault: it may be named tomorrow, or on the command line. One whose name is that of no provider,
 * and that has no type, could not be used even then; most likely the name has a typing error.
 */
final class Strays {
  private static final String PREFIX = "cutline.provider.";

  private Strays() {}

  /**
   * Returns what is strange, a line each.
   *
   * @param rungs that are named
   * @param types ids of all providers
   */
  static List<String> of(Settings settings, List<String> rungs, Set<String> types) {
    Set<String> names = new TreeSet<>();
    Set<String> typed = new TreeSet<>();
    for (String key : settings.keys()) {
      String normalised = Settings.normalise(key);
      int end = normalised.indexOf('.', PREFIX.length());
      if (normalised.startsWith(PREFIX) && end > 0) {
        String name = normalised.substring(PREFIX.length(), end);
        names.add(name);
        if (normalised.substring(end).equals(".type")) {
          typed.add(name);
        }
      }
    }
    names.removeAll(typed);
    names.removeAll(rungs);
    names.removeAll(types);
    List<String> strange = new ArrayList<>();
    for (String name : names) {
      strange.add(
          PREFIX
              + name
              + ".*: nobody reads these keys: cutline.providers does not name \""
              + name
              + "\", and no provider is called so; correct the name, or say the type of the rung");
    }
    return strange;
  }
}
