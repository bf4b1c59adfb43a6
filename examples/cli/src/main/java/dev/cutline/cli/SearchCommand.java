package dev.cutline.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cutline search}: the stored pictures with some words. */
@Command(
    name = "search",
    description =
        "Lists pictures with all these words in title, description, captions, tags or labels.")
final class SearchCommand implements Callable<Integer> {
  private final RootCommand root;

  @Parameters(
      paramLabel = "TEXT",
      arity = "1..*",
      description = "The words; the last one may be a beginning.")
  private List<String> words = List.of();

  @Mixin private ListOptions options = new ListOptions();

  SearchCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    String text = String.join(" ", words);
    if (text.isBlank()) {
      throw new UsageException("search: name at least one word");
    }
    return options.show(root, text);
  }
}
