package dev.cutline.core;

import dev.cutline.Capabilities;
import dev.cutline.Label;
import dev.cutline.LabelDetector;
import dev.cutline.LabelRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Finds what a test wants, and remembers what it was asked. */
final class FakeDetector implements LabelDetector {
  final List<LabelRequest> requests = new CopyOnWriteArrayList<>();
  private volatile Function<LabelRequest, List<Label>> answer;
  private boolean gate;

  private FakeDetector(Function<LabelRequest, List<Label>> answer) {
    this.answer = answer;
  }

  static FakeDetector finding(Label... labels) {
    return new FakeDetector(request -> List.of(labels));
  }

  static FakeDetector failing(RuntimeException failure) {
    return new FakeDetector(
        request -> {
          throw failure;
        });
  }

  @Override
  public List<Label> detect(LabelRequest request) {
    requests.add(request);
    return answer.apply(request);
  }

  /** From now on it is a gate. */
  FakeDetector asGate() {
    gate = true;
    return this;
  }

  /** From now on it finds this. */
  void finds(Label... labels) {
    answer = request -> List.of(labels);
  }

  @Override
  public boolean isGate() {
    return gate;
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.builder().build();
  }
}
