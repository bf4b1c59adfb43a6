package dev.cutline.benchmarks.failover;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** Tells a running mock server what to do, and asks it what it saw. */
final class MockControl {
  private final ObjectMapper mapper = new ObjectMapper();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI address;

  MockControl(URI address) {
    this.address = address;
  }

  /** Returns the base address of a rung, for clients of OpenAI. */
  URI rung(String name) {
    return address.resolve("/rungs/" + name + "/v1");
  }

  /** Starts the first of these phases of a rung now, and forgets its calls so far. */
  void program(String rung, Phase... phases) throws IOException, InterruptedException {
    String body = mapper.writeValueAsString(List.of(phases));
    ask(HttpRequest.newBuilder(admin(rung)).PUT(BodyPublishers.ofString(body)).build());
  }

  /** Lets a rung behave in one way from now on, and forgets its calls so far. */
  void program(String rung, Behaviour behaviour) throws IOException, InterruptedException {
    program(rung, Phase.fromNowOn(behaviour));
  }

  /** Returns when a rung was called since it was programmed: microseconds since 1970. */
  List<Long> calls(String rung) throws IOException, InterruptedException {
    JsonNode calls = ask(HttpRequest.newBuilder(admin(rung)).build()).path("calls");
    return mapper.convertValue(calls, new TypeReference<List<Long>>() {});
  }

  /** Returns how many connections are open, the one that asks included. */
  int openConnections() throws IOException, InterruptedException {
    return connections().path("open").asInt();
  }

  /** Returns how many connections there have been. */
  long acceptedConnections() throws IOException, InterruptedException {
    return connections().path("accepted").asLong();
  }

  private URI admin(String rung) {
    return address.resolve("/admin/rungs/" + rung);
  }

  private JsonNode connections() throws IOException, InterruptedException {
    return ask(HttpRequest.newBuilder(address.resolve("/admin/connections")).build());
  }

  private JsonNode ask(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(request + ": " + answer.statusCode() + " " + answer.body());
    }
    return mapper.readTree(answer.body());
  }
}
