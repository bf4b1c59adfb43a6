package dev.cutline.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cutline.CaptionState;
import dev.cutline.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonLineTest {
  private static final List<String> FIELDS =
      List.of(
          "file",
          "id",
          "owner",
          "status",
          "sha256",
          "phash",
          "format",
          "width",
          "height",
          "concise",
          "creative",
          "alt",
          "language",
          "labels",
          "provider",
          "model",
          "cached",
          "latencyMs",
          "usage",
          "costUsd",
          "trail",
          "needsReview",
          "thumbnail",
          "error");

  @Test
  void writesEveryFieldInOrder() {
    Result result = Result.of(Samples.captioned().build(), "en", "photos/cat.jpg");
    assertThat(JsonLine.of(result))
        .isEqualTo(
            "{'file':'photos/cat.jpg','id':'01936b6e-3e80-7c1a-9f00-0123456789ab','owner':'local',"
                    .replace('\'', '"')
                + ("'status':'CAPTIONED','sha256':'" + "ab".repeat(32) + "',").replace('\'', '"')
                + ("'phash':'0123456789abcdef','format':'JPEG','width':451,'height':300,"
                        + "'concise':'A tabby cat looks at you','creative':'Whiskers first.',"
                        + "'alt':'Face of a tabby cat','language':'en',"
                        + "'labels':[{'name':'Cat','confidence':0.98}],"
                        + "'provider':'openai','model':'gpt-test','cached':false,'latencyMs':812,"
                        + "'usage':{'inputTokens':1200,'outputTokens':40},'costUsd':0.00042,"
                        + "'trail':[{'rung':'other','outcome':'TIMEOUT','ms':20},"
                        + "{'rung':'primary','outcome':'OK','ms':790}],'needsReview':false,"
                        + "'thumbnail':'images/local/01936b6e-3e80-7c1a-9f00-0123456789ab/thumbnail.jpg',"
                        + "'error':null}")
                    .replace('\'', '"'));
  }

  @Test
  void writesNullForWhatIsAbsent() throws IOException {
    JsonNode line =
        parse(
            JsonLine.of(Result.rejected("x.jpg", "local", null, Reason.INVALID_IMAGE, "is HTML")));
    assertThat(names(line)).isEqualTo(FIELDS);
    assertThat(line.get("status").asText()).isEqualTo("REJECTED");
    assertThat(line.get("error").toString())
        .isEqualTo("{\"reason\":\"INVALID_IMAGE\",\"message\":\"is HTML\"}");
    for (String field : FIELDS) {
      if (!List.of("file", "owner", "status", "error", "labels", "trail").contains(field)) {
        assertThat(line.get(field).isNull()).as(field).isTrue();
      }
    }
  }

  @Test
  void saysFailedWhereEveryRungFailedForAReasonThatPasses() throws IOException {
    JsonNode line = parse(JsonLine.of(Result.of(Samples.failed().build(), "en", "x.jpg")));
    assertThat(line.get("status").asText()).isEqualTo("FAILED");
    assertThat(line.get("error").get("reason").asText()).isEqualTo("RATE_LIMITED");
    assertThat(line.get("id").asText()).isEqualTo(Samples.ID);
  }

  @Test
  void saysPendingWhereNobodyWasAsked() throws IOException {
    JsonNode line = parse(JsonLine.of(Result.of(Samples.stored().build(), "en", "x.jpg")));
    assertThat(line.get("status").asText()).isEqualTo("PENDING");
    assertThat(line.get("cached").isNull()).isTrue();
    assertThat(line.get("usage").isNull()).isTrue();
  }

  @Test
  void keepsTheStatusOfCaptionsThatAFailedRunHasNotSpoilt() throws IOException {
    var record = Samples.captioned().runs(Samples.failed().build().runs()).build();
    JsonNode line = parse(JsonLine.of(Result.of(record, "en", "x.jpg")));
    assertThat(line.get("status").asText()).isEqualTo("CAPTIONED");
    assertThat(line.get("error").get("reason").asText()).isEqualTo("RATE_LIMITED");
  }

  @Test
  void judgesALanguageByItsOwnTexts() {
    var record =
        Samples.captioned()
            .captionState(CaptionState.PENDING)
            .languages(List.of("en", "de"))
            .build();
    assertThat(Result.of(record))
        .extracting(Result::status)
        .containsExactly(Status.CAPTIONED, Status.PENDING);
  }

  @Test
  void addsWhatARecordHasBesides() throws IOException {
    Result result = Result.of(Samples.captioned().build()).get(0);
    JsonNode line = parse(JsonLine.ofRecord(result, List.of("de was never asked for")));
    List<String> expected = new ArrayList<>(FIELDS);
    expected.addAll(
        List.of(
            "title",
            "description",
            "tags",
            "facts",
            "createdAt",
            "updatedAt",
            "version",
            "stale",
            "staleReasons"));
    assertThat(names(line)).isEqualTo(expected);
    assertThat(line.get("tags").toString()).isEqualTo("[\"cat\",\"at home\"]");
    assertThat(line.get("createdAt").asText()).isEqualTo("2026-11-21T10:11:12.345Z");
    assertThat(line.get("stale").asBoolean()).isTrue();
    assertThat(line.get("staleReasons").toString()).isEqualTo("[\"de was never asked for\"]");
    assertThat(JsonLine.ofRecord(result, List.of()))
        .endsWith("\"stale\":false,\"staleReasons\":[]}");
  }

  @Test
  void writesALineForEachLanguage() {
    var record = Samples.captioned().languages(List.of("en", "de")).build();
    assertThat(Result.of(record)).hasSize(2);
    assertThat(JsonLine.of(Result.of(record).get(1))).contains("\"language\":\"de\"");
  }

  @Test
  void escapesMarksThatTurnTheDirectionOfReading() throws IOException {
    String line =
        JsonLine.of(Result.rejected("a\u202egpj.exe", "local", null, Reason.INTERNAL, "\u2066x"));
    assertThat(line).contains("a\\u202egpj.exe").contains("\\u2066x");
    assertThat(parse(line).get("file").asText()).isEqualTo("a\u202egpj.exe");
  }

  @Property
  void saysWhatItWasTold(@ForAll String file, @ForAll String message) throws IOException {
    String line = JsonLine.of(Result.rejected(file, "local", null, Reason.INVALID_IMAGE, message));
    assertThat(line).doesNotContain("\n").doesNotContain("\r");
    assertThat(parse(line).get("file").asText()).isEqualTo(file);
    assertThat(parse(line).get("error").get("message").asText()).isEqualTo(message);
  }

  private static JsonNode parse(String line) throws IOException {
    return new ObjectMapper().readTree(line);
  }

  private static List<String> names(JsonNode line) {
    List<String> names = new ArrayList<>();
    line.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
