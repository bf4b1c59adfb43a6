package dev.cutline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.fail;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every setter of every builder whose product has {@code equals} or {@code toBuilder}: a field that
 * one of them forgets fails here, also one that is added later.
 */
class BuildersTest {
  private static final Instant TIME = Instant.parse("2026-11-21T12:00:00Z");

  private static final Deadline DEADLINE = Deadline.after(Duration.ofHours(9));

  private record Sample(String name, Supplier<Object> builder) {}

  private static final List<Sample> SAMPLES =
      List.of(
          new Sample("ImageRecord", BuildersTest::record),
          new Sample(
              "CaptionVersion",
              () ->
                  CaptionVersion.builder(
                          1, CaptionStyle.ALT, "en", "text", CaptionVersion.Author.MODEL)
                      .createdAt(TIME)),
          new Sample("CaptionRun", () -> CaptionRun.builder("en", TIME)),
          new Sample("Attempt", () -> Attempt.builder("rung", "openai", Outcome.OK)),
          new Sample("Label", () -> Label.builder("Dog", 0.5)),
          new Sample("CaptionReply", () -> CaptionReply.builder("model")),
          new Sample("RecordQuery", () -> RecordQuery.builder("alice")),
          new Sample(
              "CaptionRequest",
              () ->
                  CaptionRequest.builder(ImageData.of(new byte[] {1}, ImageFormat.PNG, 1, 1))
                      .deadline(DEADLINE)));

  @TestFactory
  Stream<DynamicTest> everySetterMakesADifference() {
    return setters(
        (sample, setter) -> {
          Object changed = changed(sample, setter);
          assertThat(changed)
              .usingRecursiveComparison()
              .isNotEqualTo(build(sample.builder().get()));
          if (declares(changed.getClass(), "equals", Object.class)) {
            assertThat(changed).isNotEqualTo(build(sample.builder().get()));
            assertThat(changed)
                .isEqualTo(changed(sample, setter))
                .hasSameHashCodeAs(changed(sample, setter));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> toBuilderKeepsWhatEverySetterSets() {
    return setters(
        (sample, setter) -> {
          Object changed = changed(sample, setter);
          if (declares(changed.getClass(), "toBuilder")) {
            Object copy = build(invoke(method(changed.getClass(), "toBuilder"), changed));
            assertThat(copy).usingRecursiveComparison().isEqualTo(changed);
          }
        });
  }

  @Test
  void refusesWhatNoRecordMayHave() {
    assertThatIllegalArgumentException().isThrownBy(() -> ImageRecord.builder("", "id"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageRecord.builder("x".repeat(129), "id"));
    assertThatIllegalArgumentException().isThrownBy(() -> record().languages(List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> record().languages(List.of("en_US")));
    assertThatIllegalArgumentException().isThrownBy(() -> record().styles(Set.of()));
  }

  @Test
  void findsTheCaptionThatIsShown() {
    CaptionVersion german = version(CaptionStyle.CONCISE, "de", "Ein Hund");
    CaptionVersion english = version(CaptionStyle.CONCISE, "en", "A dog");
    CaptionVersion decorative = version(CaptionStyle.ALT, "de", "");
    ImageRecord record =
        record()
            .languages(List.of("DE", "en", "de"))
            .captions(List.of(english, german, decorative))
            .build();

    assertThat(record.languages()).containsExactly("de", "en");
    assertThat(record.caption(CaptionStyle.CONCISE)).hasValue("Ein Hund");
    assertThat(record.caption(CaptionStyle.CONCISE, "en")).hasValue(english);
    assertThat(record.caption(CaptionStyle.CREATIVE)).isEmpty();
    assertThat(record.altText()).isEmpty();
    assertThat(record.run("de")).isEmpty();
  }

  @Test
  void tellsWhenALeaseHasRunOut() {
    Lease lease = new Lease("token", TIME);

    assertThat(lease.hasRunOut(TIME.minusMillis(1))).isFalse();
    assertThat(lease.hasRunOut(TIME)).isTrue();
  }

  @FunctionalInterface
  private interface Check {
    void of(Sample sample, Method setter) throws Exception;
  }

  private static Stream<DynamicTest> setters(Check check) {
    List<DynamicTest> tests = new ArrayList<>();
    for (Sample sample : SAMPLES) {
      Class<?> builder = sample.builder().get().getClass();
      for (Method method : builder.getDeclaredMethods()) {
        if (Modifier.isPublic(method.getModifiers())
            && method.getReturnType() == builder
            && method.getParameterCount() > 0) {
          tests.add(
              DynamicTest.dynamicTest(
                  sample.name() + "." + method.getName(), () -> check.of(sample, method)));
        }
      }
    }
    assertThat(tests).hasSizeGreaterThan(60);
    return tests.stream();
  }

  private static Object changed(Sample sample, Method setter) {
    Object builder = sample.builder().get();
    Object[] values = new Object[setter.getParameterCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(setter, setter.getParameterTypes()[i]);
    }
    invoke(setter, builder, values);
    return build(builder);
  }

  /** Something that no builder starts with. */
  private static Object value(Method setter, Class<?> type) {
    String name = setter.getName();
    Map<Class<?>, Object> values =
        Map.ofEntries(
            Map.entry(String.class, name.equals("language") ? "fr" : "some text"),
            Map.entry(long.class, 7L),
            Map.entry(Long.class, 7L),
            Map.entry(int.class, 7),
            Map.entry(boolean.class, true),
            Map.entry(Boolean.class, true),
            Map.entry(Instant.class, TIME.plusSeconds(7)),
            Map.entry(Duration.class, Duration.ofSeconds(7)),
            Map.entry(BigDecimal.class, new BigDecimal("0.07")),
            Map.entry(Usage.class, new Usage(7, 8)),
            Map.entry(Reason.class, Reason.REFUSED),
            Map.entry(Lease.class, new Lease("token", TIME)),
            Map.entry(StorageState.class, StorageState.DELETING),
            Map.entry(CaptionState.class, CaptionState.FAILED),
            Map.entry(CaptionStyle.class, CaptionStyle.CREATIVE),
            Map.entry(ImageFormat.class, ImageFormat.WEBP),
            Map.entry(Deadline.class, Deadline.after(Duration.ofDays(7))),
            Map.entry(Cancellation.class, cancelled()),
            Map.entry(ReusedFrom.class, new ReusedFrom("some id", 7)),
            Map.entry(Set.class, Set.of(CaptionStyle.CREATIVE)),
            Map.entry(
                Map.class,
                name.equals("texts")
                    ? Map.of(CaptionStyle.CREATIVE, "text")
                    : Map.of("camera", "x")));
    Object value = type == List.class ? list(name) : values.get(type);
    return value == null ? fail("give this test a value of " + type + " for " + setter) : value;
  }

  private static List<?> list(String setter) {
    return switch (setter) {
      case "tags", "notes", "parents" -> List.of("some text");
      case "languages" -> List.of("fr");
      case "labels" -> List.of(Label.of("Cat", 0.7));
      case "boxes" -> List.of(new Label.Box(0, 0, 0.5, 0.5));
      case "captions" -> List.of(version(CaptionStyle.ALT, "en", "some text"));
      case "runs" -> List.of(CaptionRun.builder("en", TIME).build());
      case "trail" -> List.of(Attempt.builder("rung", "openai", Outcome.OK).build());
      default -> fail("give this test a list for " + setter);
    };
  }

  private static Cancellation cancelled() {
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();
    return cancellation;
  }

  private static ImageRecord.Builder record() {
    return ImageRecord.builder("alice", "019a-id")
        .format(ImageFormat.JPEG)
        .dimensions(3, 4)
        .size(5)
        .sha256("0".repeat(64));
  }

  private static CaptionVersion version(CaptionStyle style, String language, String text) {
    return CaptionVersion.builder(1, style, language, text, CaptionVersion.Author.MODEL)
        .createdAt(TIME)
        .build();
  }

  private static Object build(Object builder) {
    return invoke(method(builder.getClass(), "build"), builder);
  }

  private static boolean declares(Class<?> type, String name, Class<?>... parameters) {
    return Stream.of(type.getDeclaredMethods())
        .anyMatch(
            method ->
                method.getName().equals(name)
                    && List.of(method.getParameterTypes()).equals(List.of(parameters)));
  }

  private static Method method(Class<?> type, String name) {
    try {
      return type.getMethod(name);
    } catch (NoSuchMethodException e) {
      return fail(e);
    }
  }

  private static Object invoke(Method method, Object target, Object... arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (ReflectiveOperationException e) {
      return fail(method + " of " + target, e);
    }
  }
}
