package dev.cutline.http;

import dev.cutline.Capabilities;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.Captioner;
import dev.cutline.ImageFormat;
import dev.cutline.Secret;
import dev.cutline.spi.RotatingKey;
import java.net.URI;
import java.util.EnumSet;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What captioners over HTTP have in common, whoever's server it is: an address, a key, a sender,
 * and what they tell of themselves. A vendor's captioner adds one method, {@link
 * #caption(CaptionRequest, Secret)}: map, send once, map back. Thread-safe if that is.
 */
public abstract class HttpCaptioner implements Captioner {
  private final String name;
  private final String fingerprint;
  private final RotatingKey apiKey;
  private final Capabilities capabilities;
  private final JsonHttp http;
  private final boolean ownsHttp;

  /**
   * Takes what {@code builder} holds.
   *
   * @param vendor whose server it is, for people and for the fingerprint
   * @param strategy what of a request decides the answer besides model, address and picture
   * @throws IllegalStateException if no endpoint is set and none is usual
   */
  protected HttpCaptioner(
      Builder<?> builder, String vendor, String strategy, Capabilities capabilities) {
    URI place = Endpoints.withoutQuery(builder.endpoint());
    this.name = builder.model() + " of " + vendor + " at " + place;
    this.fingerprint = String.join("|", vendor, place.toString(), builder.model(), strategy);
    this.apiKey = new RotatingKey(builder.apiKey);
    this.capabilities = capabilities;
    this.ownsHttp = builder.http == null;
    this.http = builder.http == null ? JsonHttp.create() : builder.http;
  }

  /**
   * {@inheritDoc}
   *
   * <p>One attempt, and one more if the key is refused and was replaced by another where it comes
   * from, as {@link RotatingKey} says.
   */
  @Override
  public final CaptionReply caption(CaptionRequest request) {
    return apiKey.call(request, key -> caption(request, key));
  }

  /**
   * Makes one attempt.
   *
   * @param apiKey to send; null: none is sent
   */
  protected abstract CaptionReply caption(CaptionRequest request, @Nullable Secret apiKey);

  /** Returns the sender. */
  protected final JsonHttp http() {
    return http;
  }

  /**
   * Sends {@code post} and returns what {@code mapper} reads from the answer, with the time that it
   * took.
   *
   * @throws CaptionException as {@link JsonHttp#post} and the mapper do
   */
  protected final CaptionReply ask(
      HttpPost post, CaptionRequest request, Function<HttpReply, CaptionReply> mapper) {
    HttpReply reply = http.post(post, request);
    return mapper.apply(reply).toBuilder().elapsed(reply.elapsed()).build();
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
    if (ownsHttp) {
      http.close();
    }
  }

  @Override
  public final String toString() {
    return name;
  }

  /**
   * Holds what every captioner over HTTP can be told. Not safe for several threads.
   *
   * @param <B> the vendor's builder
   */
  public abstract static class Builder<B extends Builder<B>> {
    /** Above it the usual models see no more, and a picture only costs more. */
    public static final int USUAL_LONG_EDGE = 1568;

    /** No more than caption-core takes in; a vendor with a lower limit says so. */
    private static final long MAX_BYTES = 10L * 1024 * 1024;

    private final String model;
    private @Nullable URI endpoint;
    private @Nullable Secret apiKey;
    private int maxLongEdge = USUAL_LONG_EDGE;
    private @Nullable JsonHttp http;

    /**
     * Starts with the usual address.
     *
     * @param model as the server calls it
     * @param usualEndpoint null: it has to be set
     * @throws IllegalArgumentException if the model is blank
     */
    protected Builder(String model, @Nullable URI usualEndpoint) {
      if (model.isBlank()) {
        throw new IllegalArgumentException("the model is blank");
      }
      this.model = model;
      this.endpoint = usualEndpoint;
    }

    /** Returns this, as what it is. */
    protected abstract B self();

    /** Returns the captioner. */
    public abstract Captioner build();

    /** Sets the base address of the server; the vendor's own unless set. */
    public final B endpoint(URI endpoint) {
      this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
      return self();
    }

    /** Sets the key; null, and unless set: none is sent. */
    public final B apiKey(@Nullable Secret apiKey) {
      this.apiKey = apiKey;
      return self();
    }

    /** Sets the longest side of pictures in pixels; 1568 unless the vendor says otherwise. */
    public B maxLongEdge(int pixels) {
      this.maxLongEdge = positive(pixels, "maxLongEdge");
      return self();
    }

    /**
     * Sets the sender, which several captioners may share and which is not closed; an own one
     * unless set.
     */
    public final B http(JsonHttp http) {
      this.http = Objects.requireNonNull(http, "http");
      return self();
    }

    protected final String model() {
      return model;
    }

    /**
     * Returns the base address.
     *
     * @throws IllegalStateException if none is set and none is usual
     */
    protected final URI endpoint() {
      if (endpoint == null) {
        throw new IllegalStateException("the endpoint of " + model + " has to be set");
      }
      return endpoint;
    }

    /**
     * Returns what most servers take, for a vendor to change: JPEG and PNG of 10 MiB, the long edge
     * that is set, every style and language, not local, punctual as {@link JsonHttp} is.
     */
    protected final Capabilities.Builder capabilities() {
      return Capabilities.builder()
          .formats(EnumSet.of(ImageFormat.JPEG, ImageFormat.PNG))
          .maxBytes(MAX_BYTES)
          .maxLongEdge(maxLongEdge)
          .punctual(true);
    }

    /**
     * Returns the value.
     *
     * @throws IllegalArgumentException if it is below 1; {@code what} begins the message
     */
    protected static int positive(int value, String what) {
      if (value < 1) {
        throw new IllegalArgumentException(what + " is at least 1, not " + value);
      }
      return value;
    }
  }
}
