package dev.cutline.core;

import dev.cutline.CaptionStyle;
import dev.cutline.CaptionVersion;
import dev.cutline.CaptionVersion.Author;
import dev.cutline.ImageRecord;
import dev.cutline.RecordStore;
import dev.cutline.VersionConflictException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes what persons change. Thread-safe. */
final class Editing {
  private final RecordStore records;
  private final Catalogue catalogue;
  private final CaptionRules rules;
  private final Leases clock;

  Editing(RecordStore records, Catalogue catalogue, CaptionRules rules, Leases clock) {
    this.records = records;
    this.catalogue = catalogue;
    this.rules = rules;
    this.clock = clock;
  }

  ImageRecord edit(String owner, String id, Edit edit) {
    return catalogue.change(
        owner,
        id,
        change -> {
          ImageRecord current = change.record();
          long expected = edit.expectedVersion().orElse(current.version());
          if (expected != current.version()) {
            throw new VersionConflictException(id, expected);
          }
          return edited(current, edit);
        });
  }

  ImageRecord revert(String owner, String id, long number) {
    return catalogue.change(
        owner,
        id,
        change -> {
          CaptionVersion wanted = version(owner, id, number);
          ImageRecord current = change.record();
          Optional<CaptionVersion> shown = current.caption(wanted.style(), wanted.language());
          boolean settled =
              shown
                  .filter(s -> s.author() == Author.HUMAN && s.text().equals(wanted.text()))
                  .isPresent();
          return settled ? change : reverted(current, wanted);
        });
  }

  private Catalogue.Change edited(ImageRecord current, Edit edit) {
    List<CaptionVersion> added = new ArrayList<>();
    for (Edit.Text text : edit.captions()) {
      added.add(byPerson(current, added.size(), text.style(), text.language(), text.text()));
    }
    ImageRecord.Builder record = current.toBuilder();
    edit.title().ifPresent(title -> record.title(emptyToNull(title)));
    edit.description().ifPresent(description -> record.description(emptyToNull(description)));
    edit.tags().ifPresent(record::tags);
    return withCaptions(record, added);
  }

  private Catalogue.Change reverted(ImageRecord current, CaptionVersion wanted) {
    return withCaptions(
        current.toBuilder(),
        List.of(byPerson(current, 0, wanted.style(), wanted.language(), wanted.text())));
  }

  private Catalogue.Change withCaptions(ImageRecord.Builder record, List<CaptionVersion> added) {
    if (added.isEmpty()) {
      return new Catalogue.Change(record.build(), added);
    }
    return new Catalogue.Change(rules.apply(Review.done(record.build()), added), added);
  }

  private CaptionVersion byPerson(
      ImageRecord current, int before, CaptionStyle style, String language, String text) {
    return CaptionVersion.builder(
            current.lastCaptionNumber() + before + 1, style, language, text, Author.HUMAN)
        .decorative(style == CaptionStyle.ALT && text.isEmpty())
        .createdAt(clock.now())
        .build();
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private CaptionVersion version(String owner, String id, long number) {
    return records.captionVersions(owner, id).stream()
        .filter(version -> version.number() == number)
        .findFirst()
        .orElseThrow(
            () -> new NotFoundException("picture " + id + " has no caption number " + number));
  }
}
