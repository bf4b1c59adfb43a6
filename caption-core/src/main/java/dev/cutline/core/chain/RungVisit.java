package dev.cutline.core.chain;

import dev.cutline.Cancellation;
import dev.cutline.Capabilities;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Deadline;
import dev.cutline.Reason;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One rung asked for one request. The policies around a call, each a class of its own, stand in
 * {@link #ask}, {@link #askIfNew} and {@link #askServer} in the order in which they apply; a
 * further one is a line there.
 */
final class RungVisit {
  private final ChainParts parts;
  private final RungState state;
  private final Rung rung;
  private final CaptionRequest request;
  private final ChainOptions options;
  private final ChainRun run;
  private final Interest interest;
  private final Set<CaptionStyle> styles;
  private volatile boolean askedToWait;

  RungVisit(
      ChainParts parts,
      RungState state,
      CaptionRequest request,
      ChainOptions options,
      ChainRun run,
      Interest interest) {
    this.parts = parts;
    this.state = state;
    this.rung = state.rung();
    this.request = request;
    this.options = options;
    this.run = run;
    this.interest = interest;
    this.styles = EnumSet.copyOf(request.styles());
    this.styles.retainAll(rung.capabilities().styles());
  }

  /** Returns why this rung cannot serve this request at all; empty if it can. */
  Optional<String> unable() {
    Capabilities capabilities = rung.capabilities();
    if (options.isLocalOnly() && !capabilities.isLocal()) {
      return Optional.of("sends pictures away, and this one is local-only");
    }
    if (!capabilities.speaks(request.language())) {
      return Optional.of("does not answer in \"" + request.language() + "\"");
    }
    if (styles.isEmpty()) {
      return Optional.of("does not write " + ids(request.styles()));
    }
    if (options.budget().isPresent() && !rung.isCostKnown()) {
      return Optional.of("has no price to count by, and there is a budget");
    }
    return Optional.empty();
  }

  /** Tells whether the server wants to be left alone for a time; known after {@link #ask}. */
  boolean askedToWait() {
    return askedToWait;
  }

  /**
   * Returns the rung's answer, or nothing if the next rung is to be asked.
   *
   * @param hedge started when a call takes longer than is usual; null: none
   * @throws CaptionException if nobody else is to be asked either
   */
  Optional<CaptionReply> ask(@Nullable Hedge hedge) throws InterruptedException {
    interest.check();
    Optional<String> unable = unable();
    if (unable.isPresent()) {
      run.trail().unable(rung, unable.get());
      return Optional.empty();
    }
    if (run.deadline().hasPassed()) {
      return noTimeLeft();
    }
    Optional<Picture> picture = fit();
    if (picture.isEmpty()) {
      return Optional.empty();
    }
    return askWithOthers(picture.get(), hedge);
  }

  /** Asks, unless somebody else asks just that: then their answer is this one's, too. */
  private Optional<CaptionReply> askWithOthers(Picture picture, @Nullable Hedge hedge)
      throws InterruptedException {
    Deadline until = run.deadline().atMost(state.timeout());
    Answers answers = answersFor(picture);
    while (true) {
      Flights.Flight flight = answers.join(run);
      if (flight.leads()) {
        try {
          Optional<CaptionReply> reply = askIfNew(picture, answers, until, hedge);
          flight.land(reply);
          return reply;
        } finally {
          flight.land(Optional.empty()); // unless there was an answer
        }
      }
      if (!interest.await(flight.landing(), until.remaining())) {
        run.trail()
            .notAsked(rung, Reason.TIMEOUT, "the same question was under way for too long", null);
        return Optional.empty();
      }
      Optional<CaptionReply> theirs = flight.landing().join().map(Answers::shared);
      if (theirs.isPresent()) {
        String how = "the answer to the same question, asked at the same time";
        run.trail().add(new Attempts(rung).reused(theirs.get(), how));
        return theirs;
      }
    }
  }

  private Optional<CaptionReply> askIfNew(
      Picture picture, Answers answers, Deadline until, @Nullable Hedge hedge)
      throws InterruptedException {
    Optional<CaptionReply> known =
        known(answers.find().or(() -> NearAnswers.find(request, styles, rung, parts, options)));
    if (known.isPresent()) {
      return known;
    }
    interest.check(); // a call now would be paid for and given up
    if (run.deadline().hasPassed()) {
      return noTimeLeft();
    }
    return isLeftAlone() ? Optional.empty() : askServer(picture, answers, until, hedge);
  }

  private boolean isLeftAlone() {
    Optional<Duration> wait = state.rateLimit().remaining();
    if (wait.isPresent()) {
      askedToWait = true;
      String why = "asked to be left alone for another " + Trail.seconds(wait.get());
      run.trail().notAsked(rung, Reason.RATE_LIMITED, why, wait.get());
      return true;
    }
    Optional<Breaker.Refusal> refusal = state.breaker().refusal();
    refusal.ifPresent(why -> run.trail().leftAlone(rung, why));
    return refusal.isPresent();
  }

  private Optional<CaptionReply> noTimeLeft() {
    run.trail().notAsked(rung, Reason.TIMEOUT, "no time was left", null);
    return Optional.empty();
  }

  private Optional<CaptionReply> askServer(
      Picture first, Answers answersToFirst, Deadline until, @Nullable Hedge hedge)
      throws InterruptedException {
    Picture picture = first;
    Answers answers = answersToFirst;
    boolean retried = false;
    boolean shrunk = false;
    while (true) {
      CaptionException failure;
      try {
        return call(picture, answers, until, hedge);
      } catch (CaptionException e) {
        failure = e;
      }
      switch (NextStep.after(failure.reason(), rung.onRefused())) {
        case RETRY -> {
          Duration pause = parts.backoff().next();
          boolean leftAlone = state.breaker().refusal().isPresent(); // by this failure, perhaps
          if (retried || leftAlone || pause.compareTo(until.remaining()) >= 0) {
            return Optional.empty();
          }
          retried = true;
          interest.pause(pause);
        }
        case SMALLER -> {
          Optional<Picture> smaller = shrunk ? Optional.empty() : smaller(picture, until);
          if (smaller.isEmpty() || until.hasPassed()) {
            return Optional.empty();
          }
          shrunk = true;
          picture = smaller.get();
          answers = answersFor(picture);
          Optional<CaptionReply> known = known(answers.find());
          if (known.isPresent()) {
            return known;
          }
        }
        case WAIT -> {
          leaveAlone(failure);
          return Optional.empty();
        }
        case NEXT -> {
          if (failure.retryAfter().isPresent()) { // a server that still loads and says how long
            leaveAlone(failure);
          }
          return Optional.empty();
        }
        case STOP -> throw run.trail().stop(failure);
      }
    }
  }

  private Optional<CaptionReply> call(
      Picture picture, Answers answers, Deadline until, @Nullable Hedge hedge)
      throws InterruptedException {
    Cancellation cancellation = new Cancellation();
    CaptionRequest asked =
        request.toBuilder(picture.data())
            .styles(styles)
            .deadline(until)
            .cancellation(cancellation)
            .build();
    Optional<CaptionReply> reply =
        new RungCall(
                parts,
                state,
                run,
                interest,
                hedge,
                new Question(asked, cancellation, picture, note()))
            .make();
    reply.ifPresent(answers::keep);
    return reply;
  }

  private Answers answersFor(Picture picture) {
    return Answers.to(request, styles, picture, rung, parts, options);
  }

  private Optional<CaptionReply> known(Optional<CaptionReply> known) {
    known.ifPresent(
        reply -> run.trail().add(new Attempts(rung).reused(reply, NearAnswers.how(reply))));
    return known.map(reply -> reply.toBuilder().rung(rung.name()).provider(rung.type()).build());
  }

  /** Returns the picture as this rung takes it; nothing if it cannot be made to fit. */
  private Optional<Picture> fit() throws InterruptedException {
    try {
      return Optional.of(run.fits().fit(rung.capabilities(), run.deadline(), interest));
    } catch (CaptionException e) { // not the fitter's: there was no time or no thread
      run.trail().notAsked(rung, e.reason(), Trail.oneLine(e.getMessage()), null);
      return Optional.empty();
    } catch (ExecutionException e) {
      CaptionException failure = Failures.of(rung, e.getCause());
      run.trail().add(new Attempts(rung).unsent(failure));
      run.trail().failed(rung, failure);
      if (NextStep.after(failure.reason(), rung.onRefused()) == NextStep.STOP) {
        throw run.trail().stop(failure);
      }
      return Optional.empty();
    }
  }

  /** Returns the picture rendered smaller; nothing if it is as small as it can be. */
  private Optional<Picture> smaller(Picture picture, Deadline until) throws InterruptedException {
    try {
      return Optional.of(run.fits().smaller(picture, rung.capabilities(), until, interest))
          .filter(smaller -> !smaller.sha256().equals(picture.sha256()));
    } catch (CaptionException | ExecutionException e) {
      // the server's own failure is what counts, and is in the trail
      return Optional.empty();
    }
  }

  private void leaveAlone(CaptionException failure) {
    state.rateLimit().note(failure);
    askedToWait = true;
  }

  private @Nullable String note() {
    Set<CaptionStyle> missing = EnumSet.copyOf(request.styles());
    missing.removeAll(styles);
    return missing.isEmpty() ? null : "does not write " + ids(missing);
  }

  private static String ids(Set<CaptionStyle> styles) {
    return styles.stream().map(CaptionStyle::id).collect(Collectors.joining(", "));
  }
}
