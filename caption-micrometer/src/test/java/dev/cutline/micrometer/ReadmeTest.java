package dev.cutline.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.Settings;
import dev.cutline.core.Cutline;
import dev.cutline.core.Upload;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README tells applications to write compiles and works, and it names every meter. */
class ReadmeTest {
  private static final Pattern CODE = Pattern.compile("(?s)```java\n(.*?)```");
  private static final Pattern METER =
      Pattern.compile("`((?:cutline|gen_ai\\.client)\\.[a-z_.]+)`");

  @TempDir Path folder;

  @Test
  void twoLinesInAnApplicationMeterIt() throws IOException {
    MeterRegistry registry = new SimpleMeterRegistry();
    Settings settings =
        Settings.of(
            Map.of(
                "cutline.home", folder.resolve("home").toString(),
                "cutline.providers", "scripted",
                "cutline.images", "memory",
                "cutline.records", "memory"));

    CaptionMeters meters = CaptionMeters.of(registry);
    try (Cutline cutline =
        meters.bindTo(Cutline.from(settings, builder -> builder.chainListener(meters)))) {
      cutline.upload(Upload.builder("alice", picture()).build());
    }

    assertThat(registry.get("cutline.requests").tags("rung", "scripted").timer().count())
        .isEqualTo(1);
    assertThat(registry.get("cutline.calls.waiting").tags("rung", "scripted").gauge().value())
        .isZero();
  }

  @Test
  void codeOfTheReadmeCompiles() throws IOException {
    List<String> blocks = CODE.matcher(readme()).results().map(found -> found.group(1)).toList();
    assertThat(blocks).isNotEmpty();
    for (String block : blocks) {
      Path source = folder.resolve("Example.java");
      Files.writeString(
          source,
          """
          import %s;
          import %s;
          import %s;
          import %s;
          import dev.cutline.micrometer.CaptionMeters;
          class Example {
            Cutline example(MeterRegistry registry, ObservationRegistry observations, Settings settings) {
              %s
              return cutline;
            }
          }
          """
              .formatted(
                  Cutline.class.getName(),
                  Settings.class.getName(),
                  MeterRegistry.class.getName(),
                  ObservationRegistry.class.getName(),
                  block));
      String classPath =
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
      int status =
          ToolProvider.getSystemJavaCompiler()
              .run(
                  null,
                  null,
                  null,
                  "-proc:none",
                  "-cp",
                  classPath,
                  "-d",
                  folder.toString(),
                  source.toString());
      assertThat(status).as(block).isZero();
    }
  }

  @Test
  void namesEveryMeterAndNoOther() throws IOException {
    List<String> named =
        METER.matcher(readme()).results().map(found -> found.group(1)).distinct().toList();
    Map<Boolean, Set<String>> names =
        Stream.of(Names.class, GenAi.class)
            .flatMap(type -> Stream.of(type.getDeclaredFields()))
            .filter(field -> field.getType() == String.class)
            .collect(
                Collectors.partitioningBy(
                    field -> field.getName().endsWith("_KEY"),
                    Collectors.mapping(ReadmeTest::value, Collectors.toSet())));
    Set<String> keys = names.get(true);
    List<String> meters = names.get(false).stream().filter(name -> name.contains(".")).toList();

    assertThat(meters).hasSizeGreaterThan(14);
    assertThat(named.stream().filter(name -> !keys.contains(name)))
        .containsExactlyInAnyOrderElementsOf(meters);
  }

  private static String value(Field constant) {
    try {
      return (String) constant.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static String readme() throws IOException {
    return Files.readString(Path.of("README.md"));
  }

  private static byte[] picture() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), "jpeg", bytes);
    return bytes.toByteArray();
  }
}
