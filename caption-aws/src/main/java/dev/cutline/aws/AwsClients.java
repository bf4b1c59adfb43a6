package dev.cutline.aws;

import dev.cutline.Cancellation;
import dev.cutline.CaptionException;
import dev.cutline.CaptionRequest;
import dev.cutline.Deadline;
import dev.cutline.Reason;
import dev.cutline.Secret;
import dev.cutline.spi.CallThreads;
import dev.cutline.spi.UserAgent;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Sets the clients of one owner up alike: region, address, credentials, user agent, the HTTP client
 * of all of them, made at the first request. Closing it ends calls under way; the clients
 * themselves are closed by who built them. Thread-safe.
 *
 * <pre>{@code
 * AwsClients aws = AwsClients.of(settings);
 * BedrockRuntimeClient bedrock = aws.forModels(BedrockRuntimeClient.builder()).build();
 * ConverseResponse answer = aws.call("Bedrock", request, () -> bedrock.converse(question));
 * }</pre>
 */
public final class AwsClients implements AutoCloseable {
  /** The most bytes of an answer to {@link #call} that are read. */
  public static final int MAX_REPLY_BYTES = 1024 * 1024;

  /** With its retries; what takes longer than this to store is stuck. */
  private static final Duration STORAGE_CALL = Duration.ofMinutes(2);

  /** Who asks whose credentials these are waits for the answer and can do without it. */
  private static final Duration IDENTITY_CALL = Duration.ofSeconds(10);

  private final AwsSettings settings;
  private final CuttableHttp http = new CuttableHttp();
  private final ExecutorService threads = CallThreads.create("cutline-aws-");
  private final AwsCredentialsProvider own;
  private final AwsCredentialsProvider credentials;
  private final @Nullable StsClient sts;

  private AwsClients(AwsSettings settings) {
    this.settings = settings;
    this.own = Credentials.own(settings);
    String role = settings.roleArn().orElse(null);
    if (role == null) {
      this.sts = null;
      this.credentials = own;
    } else {
      this.sts =
          configured(StsClient.builder(), AwsRetryStrategy.doNotRetry(), null)
              .endpointOverride(settings.stsEndpoint().orElse(null))
              .credentialsProvider(own)
              .build();
      this.credentials = Credentials.role(role, settings, sts);
    }
  }

  /**
   * Returns clients of a region; nothing is sent, and no credentials are looked for, before the
   * first call.
   */
  public static AwsClients of(AwsSettings settings) {
    return new AwsClients(Objects.requireNonNull(settings, "settings"));
  }

  /**
   * Returns {@code builder} with everything set for one attempt a call: retries and deadlines of
   * models are the chain's.
   */
  public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B forModels(B builder) {
    return addressed(configured(builder, AwsRetryStrategy.doNotRetry(), null));
  }

  /**
   * Returns {@code builder} with everything set for a store: at most 3 attempts a call, with the
   * waits and the budget of the SDK's standard mode, and 2 minutes for all of them.
   */
  public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B forStorage(
      B builder) {
    RetryStrategy standard = AwsRetryStrategy.forRetryMode(RetryMode.STANDARD);
    return addressed(configured(builder, standard, STORAGE_CALL));
  }

  /** Returns what all of them send by; closed with this. */
  SdkHttpClient http() {
    return http;
  }

  /** Returns a client that asks as whom all the others ask; whoever asks for it closes it. */
  StsClient sts() {
    return configured(
            StsClient.builder(), AwsRetryStrategy.forRetryMode(RetryMode.STANDARD), IDENTITY_CALL)
        .endpointOverride(settings.stsEndpoint().orElse(null))
        .credentialsProvider(credentials)
        .build();
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B addressed(
      B builder) {
    settings.endpoint().ifPresent(builder::endpointOverride);
    return builder.credentialsProvider(credentials);
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configured(
      B builder, RetryStrategy retries, @Nullable Duration callTimeout) {
    return builder
        .httpClient(http)
        .region(region())
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .retryStrategy(retries)
                .apiCallTimeout(callTimeout)
                .putAdvancedOption(
                    SdkAdvancedClientOption.USER_AGENT_SUFFIX, UserAgent.ofThisBuild())
                .build());
  }

  /** Returns the region of all of them. */
  public Region region() {
    return Region.of(settings.region());
  }

  /** Returns what they were made of. */
  public AwsSettings settings() {
    return settings;
  }

  /** Returns the credentials of all of them, for what signs by itself; closed with this. */
  public AwsCredentialsProvider credentials() {
    return credentials;
  }

  /** Returns a text with the keys that were set struck out: servers repeat them in their errors. */
  public String withoutSecrets(String text) {
    return Stream.of(settings.secretKey(), settings.sessionToken())
        .flatMap(secret -> secret.map(Secret::reveal).stream())
        .reduce(text, (clean, secret) -> clean.replace(secret, "***"));
  }

  /**
   * Returns what {@code call} returns, with one client of {@link #forModels}: by the deadline,
   * whatever the server does. When that passes, the request is cancelled or this thread
   * interrupted, the connection is cut.
   *
   * <p>The call runs on a thread of its own while the caller waits: a blocking client of the SDK
   * looks up names and credentials too, and nothing frees a thread from that.
   *
   * @param what begins the messages
   * @throws CaptionException {@link Reason#TIMEOUT} in those cases; the interrupt status is kept
   * @throws software.amazon.awssdk.core.exception.SdkException if the call fails
   * @throws IllegalStateException if this is closed
   */
  public <T> T call(String what, CaptionRequest request, Supplier<T> call) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    RunningCall running = new RunningCall(MAX_REPLY_BYTES);
    if (request.isCancelled()) {
      throw notSent(what);
    }
    Cancellation.Registration registration =
        request.onCancel(
            () -> {
              answer.completeExceptionally(
                  new CaptionException(Reason.TIMEOUT, what + ": cancelled"));
              running.cut();
            });
    try {
      return run(what, request.deadline(), call, answer, running);
    } finally {
      registration.close();
    }
  }

  /** Like {@link #call(String, CaptionRequest, Supplier)} for what cannot be cancelled. */
  public <T> T call(String what, Deadline deadline, Supplier<T> call) {
    return run(what, deadline, call, new CompletableFuture<>(), new RunningCall(MAX_REPLY_BYTES));
  }

  /** Runs something on a thread of its own, which does not keep the process alive. */
  void inBackground(Runnable work) {
    threads.execute(work);
  }

  private <T> T run(
      String what,
      Deadline deadline,
      Supplier<T> call,
      CompletableFuture<T> answer,
      RunningCall running) {
    Duration left = deadline.remaining();
    if (left.isZero() || Thread.currentThread().isInterrupted()) {
      throw notSent(what);
    }
    try {
      threads.execute(() -> http.run(running, () -> complete(answer, call)));
      return answer.get(left.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("closed", e);
    } catch (TimeoutException e) {
      running.cut();
      throw new CaptionException(
          Reason.TIMEOUT, what + ": no answer within " + left.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      running.cut();
      Thread.currentThread().interrupt();
      throw new CaptionException(Reason.TIMEOUT, what + ": interrupted", e);
    } catch (ExecutionException e) {
      throw thrown(e.getCause());
    }
  }

  private static <T> void complete(CompletableFuture<T> answer, Supplier<T> call) {
    try {
      answer.complete(call.get());
    } catch (RuntimeException | Error e) { // whoever waits has to know, whatever it is
      answer.completeExceptionally(e);
    }
  }

  private static RuntimeException thrown(@Nullable Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
  }

  private static CaptionException notSent(String what) {
    return new CaptionException(
        Reason.TIMEOUT, what + ": not sent, the deadline had passed or nobody waited");
  }

  /** Cuts calls under way and frees connections and credentials. */
  @Override
  public void close() {
    threads.shutdown();
    Stream.of(credentials, own, sts)
        .filter(SdkAutoCloseable.class::isInstance)
        .distinct()
        .forEach(closeable -> ((SdkAutoCloseable) closeable).close());
    http.close();
  }

  @Override
  public String toString() {
    return settings.toString();
  }
}
