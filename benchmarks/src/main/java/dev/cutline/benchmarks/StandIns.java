package dev.cutline.benchmarks;

import com.sun.net.httpserver.HttpServer;
import dev.cutline.dynamodbtest.LocalDynamoDb;
import dev.cutline.s3test.S3Server;
import dev.cutline.storage.dynamodb.DynamoDbTables;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * What stands in for Amazon Bedrock, S3 and DynamoDB, in a process of its own: a server that
 * answers every Converse with the same captions at once, s3proxy and DynamoDBLocal. Closing ends
 * it.
 */
final class StandIns implements AutoCloseable {
  static final String BUCKET = "pictures";
  static final String TABLE = "cutline";

  private static final Pattern VARIABLE = Pattern.compile("(AWS|CUTLINE)_\\w+=");
  private static final long CLOSE_SECONDS = 5;
  private static final String CONVERSE =
      """
      {"output":{"message":{"role":"assistant","content":[{"text":
        "{\\"concise\\":\\"A brown cat asleep on a sofa\\",\
      \\"creative\\":\\"A brown cat sleeps through the afternoon. Outside, rain taps the glass.\\",\
      \\"alt\\":\\"A brown cat lies curled up on a grey sofa beside a window.\\",\
      \\"decorative\\":false}"}]}},
       "stopReason":"end_turn","usage":{"inputTokens":1600,"outputTokens":42,"totalTokens":1642},
       "metrics":{"latencyMs":1}}""";

  private final Process process;
  private final Map<String, String> settings;

  private StandIns(Process process, Map<String, String> settings) {
    this.process = process;
    this.settings = settings;
  }

  /** Starts all three, with a bucket and a table. */
  static StandIns start() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                StandIns.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    Map<String, String> settings = new HashMap<>();
    String line;
    while ((line = out.readLine()) != null) {
      if (line.equals("ready")) {
        return new StandIns(process, Map.copyOf(settings));
      }
      if (VARIABLE.matcher(line).lookingAt()) {
        int equals = line.indexOf('=');
        settings.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    throw new IOException("the stand-ins did not start");
  }

  /** Returns the variables of the environment that send Cutline there. */
  Map<String, String> settings() {
    return settings;
  }

  /** Runs until standard input ends, so that it never outlives who started it. */
  public static void main(String[] args) throws IOException {
    S3Server s3 = S3Server.start();
    s3.createBucket(BUCKET);
    LocalDynamoDb dynamo = LocalDynamoDb.get();
    try (DynamoDbClient client = dynamo.client()) {
      DynamoDbTables.create(client, TABLE);
    }
    HttpServer bedrock = bedrock();
    print("AWS_REGION", LocalDynamoDb.REGION.id());
    print("AWS_ACCESS_KEY_ID", LocalDynamoDb.ACCESS_KEY);
    print("AWS_SECRET_ACCESS_KEY", LocalDynamoDb.SECRET_KEY);
    print("CUTLINE_PROVIDERS", "bedrock");
    print("CUTLINE_PROVIDER_BEDROCK_MODEL", "eu.anthropic.claude-haiku-4-5-20251001-v1:0");
    print(
        "CUTLINE_PROVIDER_BEDROCK_ENDPOINT", "http://127.0.0.1:" + bedrock.getAddress().getPort());
    print("CUTLINE_IMAGES_S3_BUCKET", BUCKET);
    print("CUTLINE_IMAGES_S3_PATH_STYLE", "true");
    print("CUTLINE_IMAGES_S3_UNENCRYPTED", "allow");
    print("CUTLINE_IMAGES_S3_ENDPOINT", s3.endpoint().toString());
    print("CUTLINE_RECORDS_DYNAMODB_TABLE", TABLE);
    print("CUTLINE_RECORDS_DYNAMODB_ENDPOINT", dynamo.endpoint().toString());
    print("CUTLINE_RATE_LIMIT", "dynamodb");
    System.out.println("ready");
    while (System.in.read() >= 0) {
      // nobody has anything to say
    }
    System.exit(0);
  }

  private static void print(String variable, String value) {
    System.out.println(variable + "=" + value);
  }

  private static HttpServer bedrock() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] answer = CONVERSE.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, answer.length);
          try (OutputStream body = exchange.getResponseBody()) {
            body.write(answer);
          }
        });
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
    return server;
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (process.waitFor(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
