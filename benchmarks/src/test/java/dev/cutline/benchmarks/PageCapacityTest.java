package dev.cutline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark itself, on a small scale: what a page costs does not grow with the records. */
class PageCapacityTest {
  private static final int FEW = 400;
  private static final int MANY = 1_600;

  @TempDir private Path folder;

  @Test
  void aPageCostsTheSameHoweverManyRecordsThereAre() throws Exception {
    Path file = folder.resolve("figures.json");
    PageCapacity.run(
        Arguments.of(
            new String[] {
              "--records", FEW + "," + MANY, "--queries", "3", "--json", file.toString()
            }),
        new PrintStream(OutputStream.nullOutputStream()));

    List<JsonNode> few = new ArrayList<>();
    List<JsonNode> many = new ArrayList<>();
    for (JsonNode row : new ObjectMapper().readTree(file.toFile()).get("rows")) {
      if (row.get("page").asText().equals("first")) {
        (row.get("records").asInt() == FEW ? few : many).add(row);
      }
    }
    assertThat(many).hasSameSizeAs(few).hasSizeGreaterThan(5);
    for (int i = 0; i < few.size(); i++) {
      String query = few.get(i).get("query").asText();
      assertThat(many.get(i).get("query").asText()).isEqualTo(query);
      double before = few.get(i).get("units").asDouble();
      double after = many.get(i).get("units").asDouble();
      assertThat(before).as(query).isPositive();
      // Of what is rare a page is not full while there is little of it, and costs less.
      boolean full = few.get(i).get("rows").asInt() == 20;
      if (full) {
        assertThat(after).as(query).isLessThan(1.3 * before);
      }
    }
    assertThat(few.get(0).get("rows").asInt()).isEqualTo(20);
    assertThat(many.get(0).get("calls").asDouble()).isEqualTo(1);
  }
}
