package dev.cutline.spi;

import dev.cutline.spi.Finding.Level;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is found out about one part, such as the image store: takes findings as they come and hands
 * each on at once. Not safe for several threads.
 */
public final class Diagnosis {
  private final String subject;
  private final Consumer<Finding> listener;
  private final State state;

  private Diagnosis(String subject, Consumer<Finding> listener, State state) {
    this.subject = Objects.requireNonNull(subject, "subject");
    this.listener = Objects.requireNonNull(listener, "listener");
    this.state = state;
  }

  /**
   * Starts one without findings.
   *
   * @param subject what is looked at, for example {@code image store}
   * @param listener is given each finding
   */
  public static Diagnosis of(String subject, Consumer<Finding> listener) {
    return new Diagnosis(subject, listener, new State());
  }

  /** Returns this diagnosis for findings about something else, such as {@code credentials}. */
  public Diagnosis about(String otherSubject) {
    return new Diagnosis(otherSubject, listener, state);
  }

  /** Says that something is as it should be. */
  public void ok(String text) {
    add(Level.OK, text, null, null);
  }

  /**
   * Says that something should be otherwise.
   *
   * @param remedy what to do about it
   */
  public void warn(String text, String remedy) {
    add(Level.WARN, text, remedy, null);
  }

  /**
   * Says that something does not work.
   *
   * @param remedy what to do about it; null if the text says it
   */
  public void fail(String text, @Nullable String remedy) {
    add(Level.FAIL, text, remedy, null);
  }

  /**
   * Says that something does not work because it is not allowed.
   *
   * @param permission what would allow it, as {@link Finding#permission()} has it
   */
  public void denied(String text, String remedy, String permission) {
    add(Level.FAIL, text, remedy, Objects.requireNonNull(permission, "permission"));
  }

  private void add(Level level, String text, @Nullable String remedy, @Nullable String permission) {
    if (level == Level.FAIL) {
      state.failed = true;
    }
    listener.accept(new Finding(level, subject, text, remedy, permission));
  }

  /** Tells whether anything does not work. */
  public boolean hasFailed() {
    return state.failed;
  }

  /**
   * Says what calls need that were not made here, because they cost something: if one of them is
   * denied later, this is what would allow it.
   */
  public void needs(String permission) {
    state.needed = Objects.requireNonNull(permission, "permission");
  }

  /** Returns what {@link #needs} was last told. */
  public Optional<String> needed() {
    return Optional.ofNullable(state.needed);
  }

  /** What all diagnoses of one part share. */
  private static final class State {
    private boolean failed;
    private @Nullable String needed;
  }
}
