package dev.cutline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cutline.ImageRecord;
import dev.cutline.cli.Cli.Run;
import dev.cutline.jdbc.JdbcRecordStore;
import dev.cutline.testsupport.corpus.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordCommandsTest {
  @TempDir private Path folder;

  private Path home;
  private Cli cli;
  private String id;

  @BeforeEach
  void captionOne() {
    home = folder.resolve("home");
    cli = new Cli(home);
    id = caption("cat.jpg");
  }

  @Test
  void listsNewestFirst() {
    String later = caption("coffee.jpg");
    assertThat(cli.run("list").json())
        .extracting(line -> line.get("id").asText())
        .containsExactly(later, id);
  }

  @Test
  void listsPageByPage() {
    List<String> all = new ArrayList<>(List.of(caption("coffee.jpg"), caption("canyon.jpg"), id));
    List<String> found = new ArrayList<>();
    Run page = cli.run("list", "--limit", "1");
    Pattern cursor = Pattern.compile("--cursor (\\S+)");
    while (true) {
      page.json().forEach(line -> found.add(line.get("id").asText()));
      Matcher next = cursor.matcher(page.err());
      if (!next.find()) {
        break;
      }
      page = cli.run("list", "--limit", "1", "--cursor", next.group(1));
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void listsByStatusTagTitleAndTime() {
    cli.run("edit", id, "--title", "My cat", "--tag", "pet");
    caption("coffee.jpg");
    assertThat(ids("list", "--status", "described")).hasSize(2);
    assertThat(ids("list", "--status", "captioned")).isEmpty();
    assertThat(ids("list", "--status", "pending")).isEmpty();
    assertThat(ids("list", "--status", "failed")).isEmpty();
    assertThat(ids("list", "--tag", "pet")).containsExactly(id);
    assertThat(ids("list", "--title", "my")).containsExactly(id);
    assertThat(ids("list", "--from", "2020-01-01")).hasSize(2);
    assertThat(ids("list", "--to", "2020-01-01T00:00:00Z")).isEmpty();
    assertThat(ids("list", "--needs-review")).isEmpty();
  }

  @Test
  void tellsWhatTodaysSettingsWouldHaveOtherwise() {
    String[] ofAnotherModel = {
      "--set",
      "cutline.providers=local",
      "--set",
      "cutline.provider.local.type=ollama",
      "--set",
      "cutline.provider.local.model=llava"
    };
    assertThat(ids("list", "--stale")).isEmpty();
    assertThat(cli.run("show", id).json().get(0).get("stale").asBoolean()).isFalse();
    assertThat(cli.run("versions", id).json())
        .allMatch(version -> !version.get("stale").asBoolean());

    assertThat(ids(with(ofAnotherModel, "list", "--stale"))).containsExactly(id);
    assertThat(cli.run(with(ofAnotherModel, "show", id)).json().get(0).get("stale").asBoolean())
        .isTrue();
    assertThat(cli.run(with(ofAnotherModel, "versions", id)).json())
        .hasSize(3)
        .allMatch(version -> version.get("stale").asBoolean());
    assertThat(ids("list", "--stale", "--set", "cutline.language=de")).containsExactly(id);
    assertThat(cli.run("export", "--csv", "-", "--stale").out().lines()).hasSize(1);

    assertThat(cli.onTerminal().run("show", id).out()).doesNotContain("stale");
    assertThat(cli.onTerminal().run(with(ofAnotherModel, "show", id)).out())
        .contains("stale        en is by palette");
    assertThat(cli.onTerminal().run(with(ofAnotherModel, "versions", id)).out())
        .contains(", stale");
  }

  @Test
  void listsAsATableOnATerminal() {
    Run run = cli.onTerminal().run("list");
    assertThat(run.out().lines().toList().get(0)).startsWith("ID").contains("STATUS", "NAME");
    assertThat(run.out()).contains(id).contains("cat.jpg");
    assertThat(cli.onTerminal().run("list", "--json").json()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 120})
  void tellsWhichPhotoALineIsAboutOnATerminalOfAnyWidth(int columns) {
    String birds = caption("marsh-birds.webp");
    cli.run("edit", id, "--title", "The cat of the neighbours, asleep once more");
    List<String> lines = cli.onTerminal(columns).run("list").out().lines().toList();
    assertThat(lines).hasSize(3).allMatch(line -> line.length() <= columns);
    assertThat(lines.get(0)).startsWith("ID").contains("NAME").contains("CAPTION");
    assertThat(lines.get(1)).startsWith(birds + "  marsh-birds.webp  ").contains("Probably a");
    assertThat(lines.get(2)).startsWith(id + "  The cat").contains("more  ");
    assertThat(cli.onTerminal(columns).run("search", "birds").out()).isNotNull();
  }

  @Test
  void wrapsWhatItShowsOnATerminal() {
    String words = "A cat that sleeps in the sun ".repeat(20);
    cli.run("edit", id, "--description", words);
    List<String> lines = cli.onTerminal(80).run("show", id).out().lines().toList();
    assertThat(lines).allMatch(line -> line.length() <= 80);
    int first = lines.indexOf(lines.stream().filter(l -> l.startsWith("desc")).findAny().get());
    assertThat(lines.get(first)).startsWith("description  A cat that");
    assertThat(lines.get(first + 1)).startsWith(" ".repeat(13)).doesNotStartWith(" ".repeat(14));
    assertThat(String.join(" ", lines).replaceAll(" +", " ")).contains(words.strip());
    assertThat(new Cli(home).run("show", id).out()).as("piped").contains(words.strip());
  }

  @Test
  void saysWhereThereIsNothing() {
    assertThat(cli.run("list", "--owner", "nobody").err()).contains("No pictures.");
  }

  @Test
  void searchesWords() {
    cli.run("edit", id, "--title", "Chelsea, the tabby cat");
    assertThat(ids("search", "tabby")).containsExactly(id);
    assertThat(ids("search", "TABBY", "che")).containsExactly(id);
    assertThat(ids("search", "dog")).isEmpty();
    assertThat(ids("search", "'; DROP TABLE records; --")).isEmpty();
    assertThat(ids("search", "\"*")).isNotNull();
  }

  @Test
  void showsEverything() {
    JsonNode record = cli.run("show", id).json().get(0);
    assertThat(record.get("id").asText()).isEqualTo(id);
    assertThat(record.get("file").asText()).isEqualTo("cat.jpg");
    assertThat(record.get("version").asInt()).isPositive();
    String sheet = cli.onTerminal().run("show", id).out();
    assertThat(sheet).contains("id           " + id).contains("concise").contains("451 x 300");
  }

  @Test
  void editsWhatAPersonSays() {
    Run run =
        cli.run(
            "edit",
            id,
            "--title",
            "A title",
            "--description",
            "Two\nlines",
            "--tag",
            "x",
            "--concise",
            "My own words");
    assertThat(run.status()).as(run.err()).isZero();
    JsonNode record = run.json().get(0);
    assertThat(record.get("title").asText()).isEqualTo("A title");
    assertThat(record.get("description").asText()).isEqualTo("Two\nlines");
    assertThat(record.get("concise").asText()).isEqualTo("My own words");
    cli.run("edit", id, "--title", "", "--no-tags");
    record = cli.run("show", id).json().get(0);
    assertThat(record.get("title").isNull()).isTrue();
    assertThat(record.get("tags").isEmpty()).isTrue();
    assertThat(record.get("description").asText()).isEqualTo("Two\nlines");
  }

  @Test
  void keepsAPersonsWordsWhenItAsksAgain() {
    cli.run("edit", id, "--concise", "My own words");
    Run run = cli.run("recaption", id);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.json().get(0).get("concise").asText()).isEqualTo("My own words");
  }

  @Test
  void asksAgainInAnotherLanguage() {
    Run run = cli.run("recaption", id, "--language", "fr", "--styles", "alt");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.json()).hasSize(1);
    assertThat(run.json().get(0).get("language").asText()).isEqualTo("fr");
    assertThat(cli.run("show", id).json()).hasSize(2);
  }

  @Test
  void asksAgainOnceForAPictureThatIsNamedTwice() {
    Run run = cli.run("recaption", id, id);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.json()).hasSize(1);
  }

  @Test
  void asksNobodyForALanguageThatNobodySpeaks() {
    Run run = cli.run("recaption", id, "--language", "it");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("language \"it\"");
    assertThat(cli.run("show", id).json()).hasSize(1);
  }

  @Test
  void asksAgainForThoseThatThereAre() {
    Run run = cli.run("recaption", "nonsense", id);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.json()).hasSize(1);
    assertThat(run.err()).contains("nonsense: there is no such picture");
  }

  @Test
  void refusesAnEditOfAnotherVersion() {
    Run run = cli.run("edit", id, "--title", "x", "--if-version", "999");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("no longer at version 999");
  }

  @Test
  void listsVersionsAndRevertsToOne() {
    String before = cli.run("show", id).json().get(0).get("concise").asText();
    cli.run("edit", id, "--concise", "My own words");
    List<JsonNode> versions = cli.run("versions", id).json();
    JsonNode first =
        versions.stream()
            .filter(v -> v.get("style").asText().equals("concise"))
            .findFirst()
            .orElseThrow();
    assertThat(first.get("text").asText()).isEqualTo(before);
    assertThat(first.get("author").asText()).isEqualTo("MODEL");
    assertThat(versions.get(versions.size() - 1).get("author").asText()).isEqualTo("HUMAN");
    Run reverted = cli.run("revert", id, first.get("version").asText());
    assertThat(reverted.json().get(0).get("concise").asText()).isEqualTo(before);
    assertThat(cli.onTerminal().run("versions", id).out()).contains("a person").contains("palette");
  }

  @Test
  void deletesAndLeavesNothing() throws IOException {
    assertThat(cli.run("delete", id, "nonsense").status()).isEqualTo(1);
    assertThat(cli.run("list").json()).isEmpty();
    try (Stream<Path> left = Files.walk(home.resolve("objects"))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void deletesEverythingOfAnOwnerOnly() {
    caption("coffee.jpg");
    new Cli(home).run("caption", Photos.of("canyon.jpg"), "--owner", "other");
    Run run = cli.run("delete-all", "--yes");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.json().get(0).get("deleted").asInt()).isEqualTo(2);
    assertThat(cli.run("list").json()).isEmpty();
    assertThat(cli.run("list", "--owner", "other").json()).hasSize(1);
  }

  @Test
  void asksBeforeItDeletesEverything() {
    assertThat(cli.run("delete-all").err()).contains("add --yes");
    assertThat(cli.run("list").json()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "show %s",
        "edit %s --title x",
        "versions %s",
        "revert %s 1",
        "recaption %s",
        "delete %s"
      })
  void findsNothingOfOthers(String line) {
    for (String missing : List.of(id, "nonsense", "../" + id, "'; DROP TABLE records; --")) {
      List<String> arguments = new ArrayList<>(List.of(line.formatted("%s").split(" ")));
      arguments.replaceAll(argument -> argument.equals("%s") ? missing : argument);
      arguments.addAll(List.of("--owner", "somebody-else"));
      Run run = cli.run(arguments.toArray(new String[0]));
      assertThat(run.status()).as(run.err()).isEqualTo(1);
      assertThat(run.out()).isEmpty();
    }
    assertThat(cli.run("list").json()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quotes ' \" ` and ; --",
        "'); DROP TABLE images; --",
        "emoji 👩‍👩‍👧‍👦🚀 and ﷽",
        "\u202eright to left\u202c",
        "%s %n ${jndi:ldap://x}",
        "<b>&amp;</b>"
      })
  void storesTextsAsTheyAre(String text) {
    Run run =
        cli.run("edit", id, "--title", text, "--description", text, "--tag", text, "--alt", text);
    assertThat(run.status()).as(run.err()).isZero();
    JsonNode record = cli.run("list", "--tag", text).json().get(0);
    assertThat(record.get("title").asText()).isEqualTo(text);
    assertThat(record.get("description").asText()).isEqualTo(text);
    assertThat(record.get("alt").asText()).isEqualTo(text);
  }

  @Test
  void storesOrRefusesLongTexts() {
    String longText = "x".repeat(10_000);
    assertThat(cli.run("edit", id, "--description", longText).status()).isZero();
    assertThat(cli.run("show", id).json().get(0).get("description").asText()).isEqualTo(longText);
    Run refused = cli.run("edit", id, "--title", longText);
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).contains("title has 10000 characters; at most 500");
    assertThat(cli.run("edit", id, "--title", "a\u0000b").status()).isEqualTo(2);
  }

  @Test
  void exportsCsv() throws IOException {
    Path file = folder.resolve("out.csv");
    Run run = cli.run("export", "--csv", file.toString());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(Files.readString(file).split("\r\n")).hasSize(2);
    assertThat(cli.run("export", "--csv", "-").out()).isEqualTo(Files.readString(file));
  }

  @Test
  void replacesNoDeviceNorLinkByACsv() throws IOException {
    Path table = folder.resolve("table.csv");
    Path link = Files.createSymbolicLink(folder.resolve("link.csv"), Files.createFile(table));
    assertThat(cli.run("export", "--csv", link.toString()).status()).isZero();
    assertThat(link).isSymbolicLink();
    assertThat(table).content().contains("cat.jpg");
    Path dangling = Files.createSymbolicLink(folder.resolve("new"), folder.resolve("new.csv"));
    assertThat(cli.run("export", "--csv", dangling.toString()).status()).isZero();
    assertThat(dangling).isSymbolicLink();
    assertThat(folder.resolve("new.csv")).hasSameTextualContentAs(table);
    Path device = Files.createSymbolicLink(folder.resolve("device"), Path.of("/dev/null"));
    assertThat(cli.run("export", "--csv", device.toString()).status()).isZero();
    assertThat(device).isSymbolicLink();
    assertThat(cli.run("export", "--csv", folder.toString()).err()).contains("Is a directory");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(Path::toString)).noneMatch(name -> name.endsWith(".part"));
    }
  }

  @Test
  void refusesAnEditOfNothingAndASearchForNothing() {
    int version = cli.run("show", id).json().get(0).get("version").asInt();
    Run edit = cli.run("edit", id);
    assertThat(edit.status()).isEqualTo(2);
    assertThat(edit.err()).contains("name what to change");
    assertThat(cli.run("show", id).json().get(0).get("version").asInt()).isEqualTo(version);
    Run search = cli.run("search", " ");
    assertThat(search.status()).isEqualTo(2);
    assertThat(search.err()).contains("at least one word");
  }

  @Test
  void exportsAPage() throws IOException {
    Path page = folder.resolve("page");
    Run run = cli.run("export", "--html", page.toString());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(Files.readString(page.resolve("index.html"))).contains(id + ".jpg");
    assertThat(page.resolve("pictures/" + id + ".jpg")).isNotEmptyFile();
    cli.run("export", "--html", page.toString(), "--status", "captioned");
    assertThat(page.resolve("pictures/" + id + ".jpg")).doesNotExist();
  }

  @Test
  void exportsIntoNoFolderOfOthers() throws IOException {
    Files.writeString(folder.resolve("letter.txt"), "dear");
    Run run = cli.run("export", "--html", folder.toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("name a new folder");
    assertThat(cli.run("export", "--csv", "/dev/null/x.csv").status()).isEqualTo(2);
  }

  @Test
  void reconcilesWithoutHarm() {
    Run run = cli.run("reconcile");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.json().get(0).get("undone").asInt()).isZero();
    assertThat(cli.run("list").json()).hasSize(1);
  }

  @Test
  void deletesWhatIsOlderThanTheRetention() {
    String url = "jdbc:sqlite:" + home.resolve("cutline.db");
    Instant longAgo = Instant.now().minus(Duration.ofDays(31));
    try (JdbcRecordStore records = JdbcRecordStore.ofDefaults(url)) {
      ImageRecord record = records.find("local", id).orElseThrow();
      records.update(record.toBuilder().createdAt(longAgo).build(), List.of());
    }
    String younger = caption("coffee.jpg");
    assertThat(cli.run("reconcile").json().get(0).get("expired").asInt()).isZero();
    assertThat(cli.run("reconcile", "--set", "cutline.retention=soon").status()).isEqualTo(2);

    Run run = cli.run("reconcile", "--set", "cutline.retention=P30D");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.json().get(0).get("expired").asInt()).as("told, although at start").isOne();
    assertThat(run.json().get(0).get("objectsDeleted").asInt()).isEqualTo(3);
    assertThat(cli.run("list").json())
        .extracting(line -> line.get("id").asText())
        .containsExactly(younger);
    assertThat(cli.onTerminal().run("reconcile", "--set", "cutline.retention=none").out())
        .contains("0 pictures too old");
  }

  @Test
  void showsTheFactsOfTheCameraWhereTheyAreKept() throws IOException {
    assertThat(cli.run("show", id).json().get(0).get("facts")).isEmpty();
    Path photo = folder.resolve("photo.jpg");
    Files.write(photo, Corpus.bytes("metadata/all-metadata.jpg"));
    Run caption = new Cli(home).with("CUTLINE_KEEP_FACTS", "true").run("caption", photo.toString());
    String kept = caption.json().get(0).get("id").asText();

    JsonNode facts = cli.run("show", kept).json().get(0).get("facts");
    assertThat(facts.fieldNames()).toIterable().containsExactly("camera", "captureTime");
    assertThat(cli.onTerminal().run("show", kept).out())
        .containsPattern("camera +\\S")
        .containsPattern("captureTime +\\d{4}-\\d\\d-\\d\\dT");
  }

  @Test
  void makesAndUnmakesTheSchema() throws SQLException {
    Cli fresh = new Cli(folder.resolve("fresh"));
    assertThat(fresh.run("init").status()).isZero();
    Path database = folder.resolve("fresh/cutline.db");
    List<String> up = schema(database);
    assertThat(up).hasSizeGreaterThan(10);

    Run undone = fresh.run("init", "--undo");
    assertThat(undone.err()).containsPattern("The schema is at version \\d+ now");
    for (; !undone.err().contains("no schema"); undone = fresh.run("init", "--undo")) {
      assertThat(undone.status()).as(undone.err()).isZero();
    }
    assertThat(schema(database)).isEmpty();

    assertThat(fresh.run("init").status()).isZero();
    assertThat(schema(database)).isEqualTo(up);
  }

  @Test
  void undoesNothingWhereThereIsNothing() {
    Path nowhere = folder.resolve("nowhere");
    Run run = new Cli(nowhere).run("init", "--undo");
    assertThat(run.status()).isZero();
    assertThat(run.err()).isEqualTo("There is nothing to undo: there is no schema.\n");
    assertThat(nowhere).doesNotExist();
  }

  @Test
  void losesNoRecordsWithTheSchemaUnlessTold() throws SQLException {
    Run undone = undoneAsFarAsItGoes();
    assertThat(undone.status()).isEqualTo(2);
    assertThat(undone.err())
        .contains("cutline_cached_captions (1 row)")
        .contains("add --lose-data if you mean it");
    assertThat(cli.run("init", "--lose-data").status()).isEqualTo(2);
    // Brings it up to date again; nobody knows the age of the answer any more.
    assertThat(cli.run("list", "--set", "cutline.cache.max-age=none").json()).hasSize(1);

    assertThat(undoneAsFarAsItGoes().err()).contains("cutline_cached_captions (1 row)");
    assertThat(cli.run("init", "--undo", "--lose-data").status()).as("the answers").isZero();
    assertThat(cli.run("init", "--undo").err())
        .contains("cutline_caption_versions (3 rows)", "cutline_records (1 row)");
    do {
      undone = cli.run("init", "--undo", "--lose-data");
      assertThat(undone.status()).as(undone.err()).isZero();
    } while (!undone.err().contains("no schema"));
    assertThat(schema(home.resolve("cutline.db"))).isEmpty();
    assertThat(cli.run("list").json()).isEmpty();
  }

  private Run undoneAsFarAsItGoes() {
    Run undone = cli.run("init", "--undo");
    while (undone.status() == 0) {
      undone = cli.run("init", "--undo");
    }
    return undone;
  }

  /** Returns how everything of ours in a database is defined, but for the history. */
  private static List<String> schema(Path database) throws SQLException {
    List<String> schema = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT name, sql FROM sqlite_master WHERE name LIKE 'cutline%'"
                    + " AND tbl_name <> 'cutline_schema_history' ORDER BY name")) {
      while (row.next()) {
        schema.add(row.getString("name") + ": " + row.getString("sql"));
      }
    }
    return schema;
  }

  private List<String> ids(String... arguments) {
    Run run = cli.run(arguments);
    assertThat(run.status()).as(run.err()).isZero();
    return run.json().stream().map(line -> line.get("id").asText()).toList();
  }

  private String caption(String photo) {
    Run run = new Cli(home).run("caption", Photos.of(photo));
    assertThat(run.status()).as(run.err()).isZero();
    return run.json().get(0).get("id").asText();
  }

  private static String[] with(String[] settings, String... command) {
    return Stream.concat(Stream.of(command), Stream.of(settings)).toArray(String[]::new);
  }
}
