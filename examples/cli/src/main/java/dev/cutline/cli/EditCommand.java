package dev.cutline.cli;

import dev.cutline.CaptionStyle;
import dev.cutline.ImageRecord;
import dev.cutline.core.Cutline;
import dev.cutline.core.Edit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cutline edit}: what a person says about a picture. */
@Command(
    name = "edit",
    description =
        "Changes title, description, tags, or writes captions by hand. No model overwrites those.")
final class EditCommand implements Callable<Integer> {
  private final RootCommand root;

  @Parameters(paramLabel = "ID", description = "The id of the picture.")
  private String id = "";

  @Option(names = "--title", paramLabel = "TEXT", description = "The title; empty removes it.")
  private @Nullable String title;

  @Option(
      names = "--description",
      paramLabel = "TEXT",
      description = "The description; empty removes it.")
  private @Nullable String description;

  @Option(names = "--tag", paramLabel = "TAG", description = "Replaces the tags; may be repeated.")
  private @Nullable List<String> tags;

  @Option(names = "--no-tags", description = "Removes all tags.")
  private boolean noTags;

  @Option(names = "--concise", paramLabel = "TEXT", description = "The concise caption.")
  private @Nullable String concise;

  @Option(names = "--creative", paramLabel = "TEXT", description = "The creative caption.")
  private @Nullable String creative;

  @Option(
      names = "--alt",
      paramLabel = "TEXT",
      description = "The alt text; empty if the picture is decoration.")
  private @Nullable String alt;

  @Option(
      names = "--language",
      paramLabel = "TAG",
      description = "The language of these captions (default: the first of the picture).")
  private @Nullable String language;

  @Option(
      names = "--if-version",
      paramLabel = "N",
      description = "Only if the record still has this version.")
  private @Nullable Long ifVersion;

  EditCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    String owner = root.owner();
    if (Stream.of(title, description, tags, concise, creative, alt).allMatch(Objects::isNull)
        && !noTags) {
      throw new UsageException("edit: name what to change; see 'cutline edit --help'");
    }
    try (Cutline cutline = root.open()) {
      ImageRecord record = cutline.find(owner, id).orElse(null);
      if (record == null) {
        root.notFound(id);
        return ExitStatus.SOME_FAILED;
      }
      root.print(cutline, cutline.edit(owner, id, edit(record.languages().get(0))), false);
      return ExitStatus.DONE;
    }
  }

  private Edit edit(String firstLanguage) {
    try {
      Edit.Builder edit = Edit.builder();
      if (title != null) {
        edit.title(title);
      }
      if (description != null) {
        edit.description(description);
      }
      if (tags != null || noTags) {
        edit.tags(tags == null ? List.of() : tags);
      }
      String in = language == null ? firstLanguage : language;
      caption(edit, CaptionStyle.CONCISE, in, concise);
      caption(edit, CaptionStyle.CREATIVE, in, creative);
      caption(edit, CaptionStyle.ALT, in, alt);
      if (ifVersion != null) {
        edit.expectedVersion(ifVersion);
      }
      return edit.build();
    } catch (IllegalArgumentException e) {
      throw new UsageException("edit: " + e.getMessage());
    }
  }

  private static void caption(
      Edit.Builder edit, CaptionStyle style, String language, @Nullable String text) {
    if (text != null) {
      edit.caption(style, language, text);
    }
  }
}
