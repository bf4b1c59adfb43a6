package dev.cutline.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cutline.CaptionException;
import dev.cutline.Deadline;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.Label;
import dev.cutline.LabelDetector;
import dev.cutline.LabelRequest;
import dev.cutline.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link LabelDetector} has to do. Extend it beside the detector and implement {@link
 * #open()}.
 *
 * <pre>{@code
 * class MyLabelDetectorTest extends LabelDetectorContract {
 *   @Override
 *   protected LabelDetector open() {
 *     return new MyLabelDetector(addressOfAServerThatFindsThings());
 *   }
 * }
 * }</pre>
 *
 * <p>A detector that waits for somebody else implements {@link #openSilent()} too.
 */
public abstract class LabelDetectorContract {
  /** Sky, grass and a red box: 24 x 16 pixels. */
  private static final byte[] PNG =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAABgAAAAQCAIAAACDRijCAAAALElEQVR4XmPwmnCTKogBU4g8NGoQYTScDbKp"
                  + "0sGFNhgooCFMNXA0atBQNAgAhPoIY2J0KV4AAAAASUVORK5CYII=");

  private final Deque<LabelDetector> opened = new ArrayDeque<>();

  /**
   * Returns a new detector that finds at least two things in {@link #picture()}, with a confidence
   * of 0.75 or more and not the same for all. The contract closes it.
   */
  protected abstract LabelDetector open() throws Exception;

  /**
   * Returns a new detector whose server takes the request and never answers; empty, as here, for a
   * detector that does all the work itself. The contract closes it.
   */
  protected Optional<LabelDetector> openSilent() throws Exception {
    return Optional.empty();
  }

  /** Returns a picture that the detector can work with; a small PNG unless overridden. */
  protected ImageData picture() {
    return ImageData.of(PNG, ImageFormat.PNG, 24, 16);
  }

  /** Returns the keys and passwords that the detector was given and has to keep to itself. */
  protected List<String> secrets() {
    return List.of();
  }

  @AfterEach
  public void closeDetectors() {
    opened.forEach(LabelDetector::close);
  }

  @Test
  public void findsThingsSurestFirst() throws Exception {
    List<Label> labels = opened(open()).detect(request().build());

    assertThat(labels).hasSizeGreaterThan(1).hasSizeLessThanOrEqualTo(15);
    assertThat(labels)
        .isSortedAccordingTo(Comparator.comparingDouble(Label::confidence).reversed());
    assertThat(labels)
        .allSatisfy(
            label -> {
              assertThat(label.name()).isNotBlank();
              assertThat(label.confidence()).isGreaterThanOrEqualTo(0.75);
              assertThat(label.parents()).allMatch(parent -> !parent.isBlank());
              assertThat(label.boxes()).allMatch(LabelDetectorContract::isWithinThePicture);
            });
  }

  private static boolean isWithinThePicture(Label.Box box) {
    return box.left() >= 0
        && box.top() >= 0
        && box.width() > 0
        && box.height() > 0
        && box.left() + box.width() <= 1
        && box.top() + box.height() <= 1;
  }

  @Test
  public void findsNoMoreThanIsWanted() throws Exception {
    LabelDetector detector = opened(open());
    List<Label> all = detector.detect(request().build());

    assertThat(detector.detect(request().maxLabels(1).build())).isEqualTo(all.subList(0, 1));
  }

  @Test
  public void findsNothingThatIsLessSureThanIsWanted() throws Exception {
    LabelDetector detector = opened(open());
    List<Label> all = detector.detect(request().build());
    double surest = all.get(0).confidence();

    List<Label> sure = detector.detect(request().minConfidence(surest).build());

    assertThat(sure).isNotEmpty().hasSizeLessThan(all.size());
    assertThat(sure).allMatch(label -> label.confidence() >= surest);
  }

  @Test
  public void failsInNoOtherWayForBytesThatAreNoPicture() throws Exception {
    LabelDetector detector = opened(open());
    for (byte[] bytes : List.of(new byte[] {0}, new byte[10_000])) {
      ImageData broken = ImageData.of(bytes, picture().format(), 24, 16);

      Throwable thrown =
          catchThrowable(() -> detector.detect(LabelRequest.builder(broken).build()));

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
    LabelDetector detector = opened(open());
    List<Label> alone = detector.detect(request().build());
    List<CompletableFuture<List<Label>>> answers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      answers.add(
          CompletableFuture.supplyAsync(
              () -> detector.detect(request().build()), task -> new Thread(task).start()));
    }
    for (CompletableFuture<List<Label>> answer : answers) {
      assertThat(answer.get(Calls.PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(alone);
    }
  }

  @Test
  public void doesNotStartAfterTheDeadline() throws Exception {
    LabelDetector detector = opened(open());
    LabelRequest late = request().deadline(Deadline.after(Duration.ZERO)).build();

    Calls.assertReason(() -> detector.detect(late), Reason.TIMEOUT);
  }

  @Test
  public void endsOnAnInterruptAndKeepsTheStatus() throws Exception {
    LabelDetector detector = opened(open());

    Calls.assertEndsOnAnInterrupt(() -> detector.detect(request().build()));
  }

  @Test
  public void stopsWaitingWhenTheDeadlinePasses() throws Exception {
    LabelDetector silent = silent();
    LabelRequest hasty = request().deadline(Deadline.after(Duration.ofMillis(300))).build();

    Calls.assertReason(() -> silent.detect(hasty), Reason.TIMEOUT);
  }

  @Test
  public void stopsWaitingWhenInterrupted() throws Exception {
    LabelDetector silent = silent();
    Thread[] caller = new Thread[1];
    LabelRequest patient = request().deadline(Deadline.after(Duration.ofHours(1))).build();
    CompletableFuture<Throwable> failure = Calls.failureOf(() -> silent.detect(patient), caller);

    caller[0].interrupt();

    Calls.assertTimeout(failure);
  }

  @Test
  public void takesWhatItSaysAllItsLife() throws Exception {
    LabelDetector detector = opened(open());
    var before = detector.capabilities();
    detector.detect(request().build());

    assertThat(before.formats()).contains(picture().format());
    assertThat(detector.capabilities()).usingRecursiveComparison().isEqualTo(before);
  }

  @Test
  public void showsNoSecret() throws Exception {
    LabelDetector detector = opened(open());

    assertThat(secrets()).allSatisfy(key -> assertThat(detector.toString()).doesNotContain(key));
  }

  @Test
  public void closesTwiceAndLeavesNoThreadBehind() throws Exception {
    Calls.assertLeavesNoThreadBehind(
        () -> {
          LabelDetector detector = open();
          detector.detect(request().build());
          detector.close();
          detector.close();
          return detector;
        });
  }

  private LabelDetector opened(LabelDetector detector) {
    opened.add(detector);
    return detector;
  }

  private LabelDetector silent() throws Exception {
    Optional<LabelDetector> silent = openSilent();
    assumeTrue(silent.isPresent(), "it waits for nobody");
    return opened(silent.orElseThrow());
  }

  private LabelRequest.Builder request() {
    return LabelRequest.builder(picture());
  }
}
