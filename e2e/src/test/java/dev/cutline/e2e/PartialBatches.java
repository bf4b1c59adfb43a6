package dev.cutline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cutline.s3test.FaultyHttp.Fault;
import dev.cutline.s3test.FaultyHttp.Send;
import dev.cutline.s3test.S3Server;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpFullResponse;

/** Servers that do a part of a batch, and say so. */
final class PartialBatches {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern OBJECT =
      Pattern.compile("<Key>([^<]+)</Key><VersionId>([^<]+)</VersionId>");

  private PartialBatches() {}

  /** Does a third of the writes of DynamoDB. */
  static HttpExecuteResponse write(Send send) throws IOException {
    JsonNode request = JSON.readTree(send.body());
    String table = request.get("RequestItems").fieldNames().next();
    ArrayNode all = (ArrayNode) request.get("RequestItems").get(table);
    ArrayNode rest = cutOff(all);
    ObjectNode answer = answer(send.send(JSON.writeValueAsBytes(request)));
    if (!rest.isEmpty()) {
      answer.putObject("UnprocessedItems").set(table, rest);
    }
    return json(answer);
  }

  /** Does a third of the reads of DynamoDB. */
  static HttpExecuteResponse get(Send send) throws IOException {
    JsonNode request = JSON.readTree(send.body());
    String table = request.get("RequestItems").fieldNames().next();
    ObjectNode wanted = (ObjectNode) request.get("RequestItems").get(table);
    ArrayNode rest = cutOff((ArrayNode) wanted.get("Keys"));
    ObjectNode answer = answer(send.send(JSON.writeValueAsBytes(request)));
    if (!rest.isEmpty()) {
      ObjectNode unprocessed = wanted.deepCopy();
      unprocessed.set("Keys", rest);
      answer.putObject("UnprocessedKeys").set(table, unprocessed);
    }
    return json(answer);
  }

  /** Deletes all objects of S3 but the last one. */
  static Fault deletion(S3Server server, String bucket) {
    return send -> {
      String request = new String(send.body(), StandardCharsets.UTF_8);
      List<MatchResult> objects = OBJECT.matcher(request).results().toList();
      MatchResult last = objects.get(objects.size() - 1);
      for (MatchResult object : objects.subList(0, objects.size() - 1)) {
        server
            .client()
            .deleteObject(r -> r.bucket(bucket).key(object.group(1)).versionId(object.group(2)));
      }
      String answer =
          "<DeleteResult><Error>"
              + last.group()
              + "<Code>SlowDown</Code><Message>Slow down.</Message></Error></DeleteResult>";
      return ok(answer.getBytes(StandardCharsets.UTF_8));
    };
  }

  /** Leaves a third in a batch, one at least, and returns the rest. */
  private static ArrayNode cutOff(ArrayNode batch) {
    List<JsonNode> all = new ArrayList<>();
    batch.forEach(all::add);
    int kept = (all.size() + 2) / 3;
    batch.removeAll();
    batch.addAll(all.subList(0, kept));
    return JSON.createArrayNode().addAll(all.subList(kept, all.size()));
  }

  private static ObjectNode answer(HttpExecuteResponse response) throws IOException {
    try (InputStream body = response.responseBody().orElseThrow()) {
      return (ObjectNode) JSON.readTree(body);
    }
  }

  private static HttpExecuteResponse json(ObjectNode answer) throws IOException {
    return ok(JSON.writeValueAsBytes(answer));
  }

  private static HttpExecuteResponse ok(byte[] body) {
    return HttpExecuteResponse.builder()
        .response(SdkHttpFullResponse.builder().statusCode(200).build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
        .build();
  }
}
