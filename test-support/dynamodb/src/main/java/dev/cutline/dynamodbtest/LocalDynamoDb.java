package dev.cutline.dynamodbtest;

import com.amazonaws.services.dynamodbv2.local.main.ServerRunner;
import com.amazonaws.services.dynamodbv2.local.server.DynamoDBProxyServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * DynamoDBLocal in memory, started once a process, and spoken to over HTTP as the real one is: with
 * requests that are signed and retried, and answers that have a date. Thread-safe.
 */
public final class LocalDynamoDb {
  /** The region of the tables of {@link #client}; others have tables of their own. */
  public static final Region REGION = Region.EU_CENTRAL_1;

  /** Whose tables those of {@link #client} are; others have their own. Letters and digits only. */
  public static final String ACCESS_KEY = "test";

  public static final String SECRET_KEY = "test";

  private static final LocalDynamoDb INSTANCE = new LocalDynamoDb();

  private final URI endpoint;
  private final AtomicInteger tables = new AtomicInteger();

  private LocalDynamoDb() {
    try {
      int port = freePort();
      DynamoDBProxyServer server =
          ServerRunner.createServerFromCommandLineArgs(
              new String[] {"-inMemory", "-port", Integer.toString(port), "-disableTelemetry"});
      server.start();
      endpoint = URI.create("http://127.0.0.1:" + port);
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDBLocal does not start", e);
    }
  }

  /** Returns the one of this process, started. It ends with the process. */
  public static LocalDynamoDb get() {
    return INSTANCE;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Returns where it listens. */
  public URI endpoint() {
    return endpoint;
  }

  /** Returns a name that no table has. */
  public String freshTable() {
    return "cutline-" + tables.incrementAndGet();
  }

  /** Returns a client, which the caller closes; interceptors see every call. */
  public DynamoDbClient client(ExecutionInterceptor... interceptors) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(REGION)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
        .httpClientBuilder(
            ApacheHttpClient.builder()
                .maxConnections(50)
                .connectionAcquisitionTimeout(Duration.ofMinutes(1)))
        .overrideConfiguration(
            configuration -> {
              for (ExecutionInterceptor interceptor : interceptors) {
                configuration.addExecutionInterceptor(interceptor);
              }
            })
        .build();
  }
}
