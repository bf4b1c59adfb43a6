package dev.cutline.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.cutline.cli.output.JsonLine;
import dev.cutline.cli.output.Printable;
import dev.cutline.cli.output.Screen;
import dev.cutline.spi.Finding;
import dev.cutline.spi.Finding.Level;
import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Prints findings, a line each as they come, and at last the policy that would allow all that was
 * denied. Not safe for several threads.
 */
final class FindingPrinter {
  private static final int SUBJECT = 16;

  private final Screen screen;
  private final boolean json;
  private final Map<Level, Integer> counts = new EnumMap<>(Level.class);
  private final Set<String> permissions = new LinkedHashSet<>();

  FindingPrinter(Screen screen, boolean json) {
    this.screen = screen;
    this.json = json;
  }

  void print(Finding finding) {
    counts.merge(finding.level(), 1, Integer::sum);
    finding.permission().ifPresent(permissions::add);
    screen.result(json ? JsonLine.write(out -> write(out, finding)) : line(finding));
  }

  /** Prints the policy, if anything was denied, and how many findings of each kind there were. */
  void end() {
    if (!json && !permissions.isEmpty()) {
      screen.result("");
      screen.result("What would allow it, as a policy of IAM:");
      screen.result(
          "{\"Version\":\"2012-10-17\",\"Statement\":[\n  "
              + String.join(",\n  ", permissions)
              + "\n]}");
    }
    screen.message(
        counts.getOrDefault(Level.OK, 0)
            + " ok, "
            + counts.getOrDefault(Level.WARN, 0)
            + " to look at, "
            + counts.getOrDefault(Level.FAIL, 0)
            + " that do not work");
  }

  private static String line(Finding finding) {
    String remedy = finding.remedy().map(what -> "; " + what).orElse("");
    return pad(name(finding.level()), 6)
        + pad(Printable.of(finding.subject()), SUBJECT)
        + ": "
        + Printable.line(finding.text() + remedy);
  }

  /** What does not work is what a person looks for. */
  private static String name(Level level) {
    return switch (level) {
      case OK -> "ok";
      case WARN -> "warn";
      case FAIL -> "FAIL";
    };
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private static void write(JsonGenerator out, Finding finding) throws IOException {
    out.writeStringField("level", name(finding.level()));
    out.writeStringField("what", finding.subject());
    out.writeStringField("finding", finding.text());
    JsonLine.text(out, "remedy", finding.remedy());
    out.writeFieldName("permission");
    if (finding.permission().isPresent()) {
      out.writeRawValue(finding.permission().get());
    } else {
      out.writeNull();
    }
  }
}
