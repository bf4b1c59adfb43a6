package dev.cutline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher and what only a process of its own can show: signals, full disks, exit statuses. */
class LauncherIT {
  private static final Path LAUNCHER = Photos.PROJECT.resolve("cutline");

  @TempDir private Path folder;

  private final Map<String, String> environment = new HashMap<>();

  @BeforeAll
  static void needsAShell() {
    assumeThat(File.separatorChar).as("the launcher is a shell script").isEqualTo('/');
  }

  @BeforeEach
  void makeHome() {
    environment.put("HOME", folder.resolve("home of a user").toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
  }

  @Test
  void captionsAndListsWithAnEmptyHome() throws Exception {
    Run caption = run(Photos.PROJECT, LAUNCHER, "caption", "examples/photos");
    assertThat(caption.status()).as(caption.err()).isZero();
    assertThat(caption.json()).hasSize(Photos.COUNT);
    assertThat(caption.json().get(0).get("file").asText()).isEqualTo("examples/photos/canyon.jpg");
    Run list = run(Photos.PROJECT, LAUNCHER, "list");
    assertThat(list.json()).hasSize(Photos.COUNT);
    assertThat(folder.resolve("home of a user/.cutline/cutline.db")).exists();
  }

  @Test
  void runsFromAnywhereThroughLinksAndSpaces() throws Exception {
    Path here = Files.createDirectories(folder.resolve("some where"));
    Path first = Files.createSymbolicLink(here.resolve("a link"), LAUNCHER);
    Path second = Files.createSymbolicLink(folder.resolve("cut"), Path.of("some where/a link"));
    Files.copy(Path.of(Photos.of("cat.jpg")), here.resolve("größer als \"x\".jpg"));
    for (Path launcher : List.of(first, second)) {
      Run run = run(here, launcher, "caption", "größer als \"x\".jpg");
      assertThat(run.status()).as(run.err()).isZero();
      assertThat(run.json().get(0).get("file").asText()).isEqualTo("größer als \"x\".jpg");
    }
  }

  @Test
  void readsNamesInUtf8WhateverTheLocale() throws Exception {
    environment.put("LC_ALL", "C");
    Path photo = Files.copy(Path.of(Photos.of("cat.jpg")), folder.resolve("猫 🐈.jpg"));
    Run run = run(folder, LAUNCHER, "caption", photo.toString());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.json().get(0).get("file").asText()).isEqualTo(photo.toString());
  }

  @Test
  void readsNamesInUtf8WhereTheLocaleIsNotInstalled() throws Exception {
    environment.put("LC_ALL", "xx_XX.UTF-8");
    Path photo = Files.copy(Path.of(Photos.of("cat.jpg")), folder.resolve("猫.jpg"));
    Run run = run(folder, LAUNCHER, "caption", photo.toString());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.json().get(0).get("file").asText()).isEqualTo(photo.toString());
  }

  @Test
  void takesNamesThatAreNoTextAndSpellsThemSoThatTheyAreFoundAgain() throws Exception {
    Path shell = Path.of("/bin/sh");
    String raw = "file=$(printf 'caf\\351.jpg') && cp \"$1\" \"$file\" || exit 126; ";
    String cat = Photos.of("cat.jpg");
    environment.put("CUTLINE_HOME", folder.resolve("home").toString());
    Run run =
        run(folder, shell, "-c", raw + "exec \"$0\" caption \"$file\"", LAUNCHER.toString(), cat);
    assumeThat(run.status()).as("such a file can be made: " + run.err()).isNotEqualTo(126);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.json().get(0).get("file").asText()).isEqualTo("caf\\xe9.jpg");

    Path out = folder.resolve("out.jsonl");
    Run again = run(folder, LAUNCHER, "caption", ".", "--resume", "--out", out.toString());
    assertThat(again.err()).contains("1 left as they were");
    assertThat(Cli.json(Files.readString(out)).get(0).get("file").asText())
        .isEqualTo("./caf\\xe9.jpg");
    assertThat(run(folder, LAUNCHER, "caption", "caf\\xe9.jpg").status()).isZero();
    JsonNode listed = run(folder, LAUNCHER, "list").json().get(0);
    assertThat(listed.get("file").asText()).isEqualTo("caf\\xe9.jpg");
    assertThat(run(folder, LAUNCHER, "delete", listed.get("id").asText()).status()).isZero();

    String inside = "file=$(printf 'd\\351') && mkdir \"$file\" && cd \"$file\" && exec \"$0\" ";
    Run lost = run(folder, shell, "-c", inside + "caption .", LAUNCHER.toString());
    assertThat(lost.status()).isEqualTo(2);
    assertThat(lost.err()).contains("the folder that you are in is no UTF-8");
  }

  @Test
  void passesTheExitStatusOn() throws Exception {
    assertThat(run(folder, LAUNCHER, "--version").status()).isZero();
    assertThat(run(folder, LAUNCHER, "--version").out()).startsWith("cutline 0");
    assertThat(run(folder, LAUNCHER, "caption", "missing.jpg").status()).isEqualTo(1);
    assertThat(run(folder, LAUNCHER, "nonsense").status()).isEqualTo(2);
  }

  @Test
  void keepsAnArchiveOfClassesForTheNextStart() throws Exception {
    run(folder, LAUNCHER, "--version");
    String java = System.getProperty("java.version");
    assertThat(Photos.PROJECT.resolve("examples/cli/target/cutline-" + java + ".jsa"))
        .isNotEmptyFile();
  }

  @Test
  void honoursJavaOpts() throws Exception {
    environment.put("JAVA_OPTS", "-Xmx64m -Dcutline.test=1 -XX:+PrintFlagsFinal");
    assertThat(run(folder, LAUNCHER, "--version").out())
        .contains("MaxHeapSize  ")
        .contains("67108864");
  }

  @Test
  void tellsWhichJavaItNeeds() throws Exception {
    Path old = Files.createDirectories(folder.resolve("old/bin"));
    Path java = Files.writeString(old.resolve("java"), "#!/bin/sh\nexit 0\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(folder.resolve("old/release"), "JAVA_VERSION=\"11.0.2\"\n");
    environment.put("JAVA_HOME", folder.resolve("old").toString());
    Run run = run(folder, LAUNCHER, "--version");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("needs Java 17 or later").contains("11.0.2");

    environment.remove("JAVA_HOME");
    environment.put("PATH", pathWithoutJava());
    run = run(folder, LAUNCHER, "--version");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("install it, or set JAVA_HOME");
  }

  @Test
  void stopsOnCtrlCAndGoesOn() throws Exception {
    assumeFalse(
        interruptsAreIgnored(),
        "whoever runs the tests has SIGINT ignored, as for a job in the background");
    Path pictures = manyPictures(400);
    Path out = folder.resolve("out.jsonl");
    List<String> caption = List.of("caption", pictures.toString(), "--out", out.toString());

    Process process = start(folder, LAUNCHER, caption);
    while (process.isAlive() && (!Files.exists(out) || Files.size(out) < 10_000)) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    assertThat(process.isAlive()).as("it was faster than the test").isTrue();
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();

    assertThat(process.exitValue()).isEqualTo(130);
    String err = Files.readString(folder.resolve("err.txt"));
    assertThat(err).contains("interrupted; go on with --resume").contains(" described");
    List<JsonNode> before = Cli.json(Files.readString(out));
    assertThat(before).hasSizeBetween(1, 399);

    List<String> resume = new ArrayList<>(caption);
    resume.add("--resume");
    Run resumed = run(folder, LAUNCHER, resume.toArray(new String[0]));
    assertThat(resumed.status()).as(resumed.err()).isZero();
    assertEachOnce(out, 400);
  }

  /**
   * A process inherits what its parents ignore; Linux tells by a bit for each signal, counted from
   * 1.
   */
  private static boolean interruptsAreIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("SigIgn:")) {
        return (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0;
      }
    }
    return false;
  }

  @Test
  void takesEachPictureInOnceWhereTwoResumeAndOneIsKilled() throws Exception {
    Path pictures = manyPictures(150);
    Path out = folder.resolve("out.jsonl");
    Path outOfKilled = folder.resolve("killed.jsonl");
    List<String> caption = List.of("caption", pictures.toString(), "--resume", "--out");

    Process killed = start(folder, LAUNCHER, with(caption, outOfKilled.toString()));
    Process other = start(folder, LAUNCHER, with(caption, out.toString()));
    while (killed.isAlive() && (sizeOf(out) < 5_000 || sizeOf(outOfKilled) < 5_000)) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    assertThat(killed.isAlive()).as("it was faster than the test").isTrue();
    killed.destroyForcibly();
    assertThat(other.waitFor(2, TimeUnit.MINUTES)).isTrue();

    assertThat(other.exitValue()).isZero();
    assertEachOnce(out, 150);
    assertThat(run(folder, LAUNCHER, "list", "--limit", "200").json()).hasSize(150);
  }

  private static long sizeOf(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  private static List<String> with(List<String> arguments, String last) {
    List<String> all = new ArrayList<>(arguments);
    all.add(last);
    return all;
  }

  @Test
  void stopsOnAFullDiskAndGoesOn() throws Exception {
    Path small = Files.createDirectory(folder.resolve("small"));
    Process mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=3m", "none", small.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assumeThat(mount.waitFor()).as("a small file system cannot be mounted here").isZero();
    try {
      Path pictures = manyPictures(200);
      Path out = folder.resolve("out.jsonl");
      Path home = small.resolve("home");
      String[] caption = {
        "caption",
        pictures.toString(),
        "--out",
        out.toString(),
        "--set",
        "cutline.home=" + home,
        "--set",
        "cutline.lease=PT5S"
      };
      Run full = run(folder, LAUNCHER, caption);
      assertThat(full.status()).as(full.err()).isEqualTo(3);
      assertThat(full.err()).contains("free some space").doesNotContain("\tat ");
      assertThat(Cli.json(Files.readString(out))).hasSizeBetween(1, 199);

      Run list = run(folder, LAUNCHER, "list", "--set", "cutline.home=" + home);
      assertThat(list.status()).as(list.err()).isZero();
      assertThat(list.json()).isNotEmpty();
      try (Stream<Path> left = Files.list(home)) {
        assertThat(left.map(Path::toString)).noneMatch(name -> name.contains("+probe"));
      }

      run(folder, Path.of("mount"), "-o", "remount,size=64m", small.toString());
      List<String> resume = new ArrayList<>(List.of(caption));
      resume.add("--resume");
      Run resumed = run(folder, LAUNCHER, resume.toArray(new String[0]));
      assertThat(resumed.status()).as(resumed.err()).isZero();
      assertEachOnce(out, 200);
      assertThat(objectsInTheEnd(home, 3 * 200)).isEqualTo(3 * 200);
    } finally {
      run(folder, Path.of("umount"), small.toString());
    }
  }

  @Test
  void readsFromAHomeThatCannotBeWrittenTo() throws Exception {
    Path medium = Files.createDirectory(folder.resolve("medium"));
    Run mount =
        run(folder, Path.of("mount"), "-t", "tmpfs", "-o", "size=16m", "none", medium.toString());
    assumeThat(mount.status()).as("a file system cannot be mounted here").isZero();
    try {
      environment.put("CUTLINE_HOME", medium.resolve("home").toString());
      Run caption = run(folder, LAUNCHER, "caption", Photos.of("cat.jpg"));
      String id = caption.json().get(0).get("id").asText();
      Run remount = run(folder, Path.of("mount"), "-o", "remount,ro", medium.toString());
      assertThat(remount.status()).as(remount.err()).isZero();

      for (String read : List.of("list", "search probably", "show " + id, "versions " + id)) {
        Run run = run(folder, LAUNCHER, read.split(" "));
        assertThat(run.status()).as(read + ": " + run.err()).isZero();
        assertThat(run.out()).as(read).contains("Probably");
      }
      Run export = run(folder, LAUNCHER, "export", "--html", folder.resolve("album").toString());
      assertThat(export.status()).as(export.err()).isZero();
      assertThat(folder.resolve("album/pictures/" + id + ".jpg")).isNotEmptyFile();

      for (String write : List.of("caption " + Photos.of("cat.jpg"), "delete " + id, "reconcile")) {
        Run run = run(folder, LAUNCHER, write.split(" "));
        assertThat(run.status()).as(write).isEqualTo(2);
        assertThat(run.err())
            .startsWith("cutline: cutline.home: ")
            .contains("; name a folder of your own, or change its permissions");
      }
    } finally {
      run(folder, Path.of("umount"), medium.toString());
    }
  }

  @Test
  void stopsOnAFullDiskOfResultsAndCompletesThem() throws Exception {
    Path full = Path.of("/dev/full");
    assumeThat(Files.exists(full)).isTrue();
    Path pictures = manyPictures(3);
    ProcessBuilder process =
        new ProcessBuilder(
                "sh",
                "-c",
                "exec \"$0\" caption \"$1\" > /dev/full",
                LAUNCHER.toString(),
                pictures.toString())
            .redirectError(folder.resolve("err.txt").toFile());
    process.environment().putAll(environment);
    Process running = process.start();
    assertThat(running.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(running.exitValue()).isEqualTo(3);
    assertThat(Files.readString(folder.resolve("err.txt")))
        .contains("standard output takes no more");
  }

  @Test
  void tellsThatItsVersionWentNowhere() throws Exception {
    assumeThat(Files.exists(Path.of("/dev/full"))).isTrue();
    Path shell = Path.of("/bin/sh");
    String line = "exec \"$0\" --version > /dev/full";
    assertThat(run(folder, shell, "-c", line, LAUNCHER.toString()).status()).isEqualTo(3);
  }

  @Test
  void waitsForNothingThatHeedsNoSignal() throws Exception {
    assumeFalse(interruptsAreIgnored(), "SIGINT is ignored here");
    Path pipe = folder.resolve("pipe");
    assumeThat(run(folder, Path.of("mkfifo"), pipe.toString()).status()).isZero();
    Path home = folder.resolve("home");
    // Nobody reads the pipe, so it stays where it opens that.
    Process process =
        start(
            folder,
            LAUNCHER,
            List.of("export", "--csv", pipe.toString(), "--set", "cutline.home=" + home));
    while (process.isAlive() && !Files.exists(home.resolve("cutline.db"))) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(Files.readString(folder.resolve("err.txt"))).doesNotContain("gave up");
  }

  private static void assertEachOnce(Path out, int count) throws IOException {
    List<JsonNode> lines = Cli.json(Files.readString(out));
    Set<String> files = new HashSet<>();
    for (JsonNode line : lines) {
      assertThat(line.get("status").asText()).isEqualTo("DESCRIBED");
      assertThat(files.add(line.get("file").asText())).as(line.get("file").asText()).isTrue();
    }
    assertThat(files).hasSize(count);
  }

  /** Returns how many objects are left when what the full disk has cut short is undone. */
  private long objectsInTheEnd(Path home, long expected) throws IOException, InterruptedException {
    long count = objects(home);
    for (int i = 0; i < 20 && count != expected; i++) {
      TimeUnit.SECONDS.sleep(1); // until the lease of the process that failed has run out
      run(folder, LAUNCHER, "reconcile", "--set", "cutline.home=" + home);
      count = objects(home);
    }
    return count;
  }

  private static long objects(Path home) throws IOException {
    try (Stream<Path> objects = Files.walk(home.resolve("objects"))) {
      return objects.filter(Files::isRegularFile).count();
    }
  }

  /** Makes pictures that differ in their content, not in their looks. */
  private Path manyPictures(int count) throws IOException {
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    byte[] photo = Files.readAllBytes(Path.of(Photos.of("cat.jpg")));
    for (int i = 0; i < count; i++) {
      byte[] copy = Arrays.copyOf(photo, photo.length + 4);
      copy[photo.length] = (byte) i;
      copy[photo.length + 1] = (byte) (i >> 8);
      Files.write(pictures.resolve("%04d.jpg".formatted(i)), copy);
    }
    return pictures;
  }

  private Run run(Path directory, Path command, String... arguments)
      throws IOException, InterruptedException {
    Process process = start(directory, command, List.of(arguments));
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return new Run(
        process.exitValue(),
        Files.readString(folder.resolve("out.txt")),
        Files.readString(folder.resolve("err.txt")));
  }

  private Process start(Path directory, Path command, List<String> arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(command.toString());
    line.addAll(arguments);
    ProcessBuilder process =
        new ProcessBuilder(line)
            .directory(directory.toFile())
            .redirectOutput(folder.resolve("out.txt").toFile())
            .redirectError(folder.resolve("err.txt").toFile());
    process
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("CUTLINE_") || name.equals("JAVA_OPTS"));
    if (!environment.containsKey("JAVA_HOME")) {
      process.environment().remove("JAVA_HOME");
    }
    process.environment().putAll(environment);
    return process.start();
  }

  /** Returns a path with the tools of a shell and nothing else. */
  private String pathWithoutJava() throws IOException {
    Path tools = Files.createDirectory(folder.resolve("tools"));
    for (String tool : List.of("dirname", "readlink", "sh")) {
      for (String place : List.of("/usr/bin/", "/bin/")) {
        if (Files.exists(Path.of(place + tool)) && !Files.exists(tools.resolve(tool))) {
          Files.createSymbolicLink(tools.resolve(tool), Path.of(place + tool));
        }
      }
    }
    return tools.toString();
  }

  private record Run(int status, String out, String err) {
    List<JsonNode> json() {
      return Cli.json(out);
    }
  }
}
