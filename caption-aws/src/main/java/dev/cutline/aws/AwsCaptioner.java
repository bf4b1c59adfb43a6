package dev.cutline.aws;

import dev.cutline.Capabilities;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.Captioner;
import dev.cutline.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What captioners of AWS have in common, whichever service they ask: a client, and what they tell
 * of themselves. A service's captioner adds one method, {@link #caption}: map, {@link #ask} once,
 * map back. Thread-safe if that is.
 */
public abstract class AwsCaptioner implements Captioner {
  private static final Logger log = LoggerFactory.getLogger(AwsCaptioner.class);

  private final String service;
  private final String name;
  private final String fingerprint;
  private final Capabilities capabilities;
  private final AwsClients aws;
  private final List<SdkClient> clients = new CopyOnWriteArrayList<>();

  /**
   * Takes what decides the answers; nothing is sent.
   *
   * @param service which it is, for people and for the fingerprint, for example {@code Bedrock}
   * @param model what is asked there
   * @param strategy what of a request decides the answer besides model, place and picture
   */
  protected AwsCaptioner(
      AwsSettings settings,
      String service,
      String model,
      String strategy,
      Capabilities capabilities) {
    this.service = service;
    this.name = model + " of " + service + " in " + settings;
    this.fingerprint = String.join("|", service, settings.toString(), model, strategy);
    this.capabilities = capabilities;
    this.aws = AwsClients.of(settings);
  }

  /** Returns a client for calls within {@link #ask}, which is closed with this. */
  protected final <
          B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient>
      C client(B builder) {
    C client = aws.forModels(builder).build();
    clients.add(client);
    return client;
  }

  /**
   * Makes {@code call} and returns what {@code reader} reads from the answer, with the time that it
   * took.
   *
   * @param judge says what a failure of the call means
   * @throws CaptionException as {@link AwsClients#call(String, CaptionRequest, Supplier)}, the
   *     judge and the reader do; what the reader says is shown {@linkplain #withoutSecrets without
   *     secrets}, because a model may write what it likes
   */
  protected final <R> CaptionReply ask(
      CaptionRequest request,
      Supplier<R> call,
      Function<R, CaptionReply> reader,
      Function<SdkException, CaptionException> judge) {
    long start = System.nanoTime();
    R answer;
    try {
      answer = aws.call(service, request, call);
    } catch (SdkException e) {
      throw judge.apply(e);
    }
    try {
      return reader.apply(answer).toBuilder()
          .elapsed(Duration.ofNanos(System.nanoTime() - start))
          .build();
    } catch (CaptionException e) {
      throw CaptionException.builder(e.reason(), withoutSecrets(String.valueOf(e.getMessage())))
          .usage(e.usage())
          .build();
    }
  }

  /**
   * Does something beside the captions, at once and on a thread of its own, so that the first of
   * them finds connection and credentials there. What fails is left to that one to tell; closing
   * this ends it.
   */
  protected final void ahead(Runnable work) {
    aws.inBackground(
        () -> {
          try {
            work.run();
          } catch (SdkException e) {
            log.debug("{}: not warmed up: {}", name, AwsProblem.of(e).text());
          } catch (CaptionException | IllegalStateException e) {
            log.debug("{}: not warmed up: {}", name, e.getMessage());
          }
        });
  }

  /**
   * Returns what {@code call} returns, for {@link #ahead}.
   *
   * @throws CaptionException if it took longer
   * @throws SdkException if it failed
   * @throws IllegalStateException if this is closed
   */
  protected final <R> R callAhead(Duration longest, Supplier<R> call) {
    return aws.call(service, Deadline.after(longest), call);
  }

  /** Returns a text of the server with the keys that were set struck out. */
  protected String withoutSecrets(String text) {
    return aws.withoutSecrets(text);
  }

  @Override
  public final Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public final String fingerprint() {
    return fingerprint;
  }

  @Override
  public final void close() {
    clients.forEach(SdkClient::close);
    aws.close();
  }

  @Override
  public final String toString() {
    return name;
  }

  /**
   * Returns the value, for builders.
   *
   * @throws IllegalArgumentException if it is below 1; {@code what} begins the message
   */
  protected static long positive(long value, String what) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " is at least 1, not " + value);
    }
    return value;
  }
}
