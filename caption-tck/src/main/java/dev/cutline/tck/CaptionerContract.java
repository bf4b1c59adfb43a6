package dev.cutline.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cutline.Cancellation;
import dev.cutline.Capabilities;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Captioner;
import dev.cutline.Deadline;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Captioner} has to do. Extend it beside the captioner and implement {@link
 * #open()}.
 *
 * <pre>{@code
 * class MyCaptionerTest extends CaptionerContract {
 *   @Override
 *   protected Captioner open() {
 *     return new MyCaptioner(addressOfAServerThatAnswersWell());
 *   }
 * }
 * }</pre>
 *
 * <p>A captioner that waits for somebody else implements {@link #openSilent()} too.
 */
public abstract class CaptionerContract {
  /** Sky, grass and a red box: 24 x 16 pixels. */
  private static final byte[] PNG =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAABgAAAAQCAIAAACDRijCAAAALElEQVR4XmPwmnCTKogBU4g8NGoQYTScDbKp"
                  + "0sGFNhgooCFMNXA0atBQNAgAhPoIY2J0KV4AAAAASUVORK5CYII=");

  private final Deque<Captioner> opened = new ArrayDeque<>();

  /**
   * Returns a new captioner that can answer. Those of one test have the same settings. The contract
   * closes it.
   */
  protected abstract Captioner open() throws Exception;

  /**
   * Returns a new captioner whose server takes the request and never answers; empty, as here, for a
   * captioner that does all the work itself. The contract closes it.
   */
  protected Optional<Captioner> openSilent() throws Exception {
    return Optional.empty();
  }

  /** Returns a picture that the captioner can work with; a small PNG unless overridden. */
  protected ImageData picture() {
    return ImageData.of(PNG, ImageFormat.PNG, 24, 16);
  }

  /** Returns the keys and passwords that the captioner was given and has to keep to itself. */
  protected List<String> secrets() {
    return List.of();
  }

  @AfterEach
  public void closeCaptioners() {
    opened.forEach(Captioner::close);
  }

  @Test
  public void answersTheStylesThatWereAskedForAndNoOthers() throws Exception {
    Captioner captioner = opened(open());
    for (Set<CaptionStyle> styles : subsets(captioner.capabilities().styles())) {
      CaptionReply reply = captioner.caption(request().styles(styles).build());

      assertThat(reply.texts().keySet()).isEqualTo(styles);
      assertThat(reply.texts().values())
          .allSatisfy(text -> assertThat(text.isBlank()).isEqualTo(reply.isDecorative()));
      assertThat(reply.model()).as("the model that answered").isNotBlank();
      assertThat(reply.elapsed()).as("elapsed").isGreaterThanOrEqualTo(Duration.ZERO);
    }
  }

  @Test
  public void leavesOutStylesThatItCannotWrite() throws Exception {
    Captioner captioner = opened(open());
    Set<CaptionStyle> able = captioner.capabilities().styles();
    Set<CaptionStyle> unable = EnumSet.allOf(CaptionStyle.class);
    unable.removeAll(able);
    assumeTrue(!unable.isEmpty(), "it writes every style");

    CaptionRequest everything = request().styles(EnumSet.allOf(CaptionStyle.class)).build();
    assertThat(captioner.caption(everything).texts().keySet()).isEqualTo(able);
    assertReason(captioner, request().styles(unable).build(), Reason.MISCONFIGURED);
  }

  @Test
  public void refusesALanguageThatItDoesNotSpeak() throws Exception {
    Captioner captioner = opened(open());
    Optional<String> foreign =
        List.of("tlh", "ja", "fi", "sw").stream()
            .filter(language -> !captioner.capabilities().speaks(language))
            .findFirst();
    assumeTrue(foreign.isPresent(), "it speaks every language");

    assertReason(
        captioner, request().language(foreign.orElseThrow()).build(), Reason.MISCONFIGURED);
  }

  @Test
  public void failsInNoOtherWayForBytesThatAreNoPicture() throws Exception {
    Captioner captioner = opened(open());
    ImageFormat format = picture().format();
    for (byte[] bytes : List.of(new byte[] {0}, new byte[10_000])) {
      CaptionRequest broken =
          CaptionRequest.builder(ImageData.of(bytes, format, 24, 16))
              .styles(captioner.capabilities().styles())
              .build();

      Throwable thrown = catchThrowable(() -> captioner.caption(broken));

      // One that only hands bytes on may well get an answer from a server in a test.
      if (thrown != null) {
        assertThat(thrown).isInstanceOf(CaptionException.class);
        assertThat(((CaptionException) thrown).reason())
            .isIn(Reason.INVALID_IMAGE, Reason.IMAGE_LIMIT, Reason.MALFORMED_REPLY);
      }
    }
  }

  @Test
  public void answersEightThreadsAtOnce() throws Exception {
    Captioner captioner = opened(open());
    Set<CaptionStyle> styles = captioner.capabilities().styles();
    List<CompletableFuture<CaptionReply>> replies = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      replies.add(
          CompletableFuture.supplyAsync(
              () -> captioner.caption(request().styles(styles).build()),
              task -> new Thread(task).start()));
    }
    for (CompletableFuture<CaptionReply> reply : replies) {
      assertThat(reply.get(Calls.PATIENCE_SECONDS, TimeUnit.SECONDS).texts().keySet())
          .isEqualTo(styles);
    }
  }

  @Test
  public void doesNotStartAfterTheDeadline() throws Exception {
    assertReason(
        opened(open()), request().deadline(Deadline.after(Duration.ZERO)).build(), Reason.TIMEOUT);
  }

  @Test
  public void doesNotStartWhatIsCancelledAlready() throws Exception {
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();

    assertReason(opened(open()), request().cancellation(cancellation).build(), Reason.TIMEOUT);
  }

  @Test
  public void endsOnAnInterruptAndKeepsTheStatus() throws Exception {
    Captioner captioner = opened(open());

    Calls.assertEndsOnAnInterrupt(() -> captioner.caption(request().build()));
  }

  @Test
  public void stopsWaitingWhenTheDeadlinePasses() throws Exception {
    Captioner silent = silent();

    assertReason(
        silent, request().deadline(Deadline.after(Duration.ofMillis(300))).build(), Reason.TIMEOUT);
  }

  @Test
  public void stopsWaitingWhenCancelled() throws Exception {
    Captioner silent = silent();
    Cancellation cancellation = new Cancellation();
    CaptionRequest request = request().cancellation(cancellation).build();
    CompletableFuture<Throwable> failure =
        Calls.failureOf(() -> silent.caption(request), new Thread[1]);

    cancellation.cancel();

    Calls.assertTimeout(failure);
  }

  @Test
  public void stopsWaitingWhenInterrupted() throws Exception {
    Captioner silent = silent();
    Thread[] caller = new Thread[1];
    CompletableFuture<Throwable> failure =
        Calls.failureOf(() -> silent.caption(request().build()), caller);

    caller[0].interrupt();

    Calls.assertTimeout(failure);
  }

  @Test
  public void tellsTheSameOfItselfAllItsLife() throws Exception {
    Captioner captioner = opened(open());
    Capabilities before = captioner.capabilities();
    String fingerprint = captioner.fingerprint();
    captioner.caption(request().styles(before.styles()).build());

    assertThat(captioner.capabilities()).usingRecursiveComparison().isEqualTo(before);
    assertThat(before.formats()).contains(picture().format());
    assertThat(captioner.fingerprint()).isNotBlank().isEqualTo(fingerprint);
    assertThat(opened(open()).fingerprint()).as("of its twin").isEqualTo(fingerprint);
  }

  @Test
  public void showsNoSecret() throws Exception {
    Captioner captioner = opened(open());
    for (String secret : secrets()) {
      assertThat(captioner.toString()).doesNotContain(secret);
      assertThat(captioner.fingerprint()).doesNotContain(secret);
    }
  }

  @Test
  public void closesTwiceAndLeavesNoThreadBehind() throws Exception {
    Calls.assertLeavesNoThreadBehind(
        () -> {
          Captioner captioner = open();
          captioner.caption(request().styles(captioner.capabilities().styles()).build());
          captioner.close();
          captioner.close();
          return captioner;
        });
  }

  private Captioner opened(Captioner captioner) {
    opened.add(captioner);
    return captioner;
  }

  private Captioner silent() throws Exception {
    Optional<Captioner> silent = openSilent();
    assumeTrue(silent.isPresent(), "it waits for nobody");
    return opened(silent.orElseThrow());
  }

  private CaptionRequest.Builder request() {
    return CaptionRequest.builder(picture());
  }

  private static void assertReason(Captioner captioner, CaptionRequest request, Reason reason) {
    Calls.assertReason(() -> captioner.caption(request), reason);
  }

  private static List<Set<CaptionStyle>> subsets(Set<CaptionStyle> styles) {
    List<Set<CaptionStyle>> subsets = new ArrayList<>(List.of(Set.of()));
    for (CaptionStyle style : styles) {
      for (Set<CaptionStyle> subset : List.copyOf(subsets)) {
        Set<CaptionStyle> larger = new HashSet<>(subset);
        larger.add(style);
        subsets.add(larger);
      }
    }
    return subsets.subList(1, subsets.size());
  }
}
