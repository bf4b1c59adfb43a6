package dev.cutline.cli;

import dev.cutline.core.Cutline;
import dev.cutline.core.TrialCaption;

/** Asks a rung once, to find out whether it works. */
final class RungCheck {
  private RungCheck() {}

  static ProviderState of(Cutline cutline, ProviderState rung) {
    TrialCaption trial = TrialCaption.of(cutline, rung.rung().orElseThrow());
    String remedy = trial.remedy().map(what -> "; " + what).orElse("");
    return rung.checked(trial.text() + remedy, trial.isAnswered());
  }
}
