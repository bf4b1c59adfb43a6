package dev.cutline.core.chain;

import java.util.Set;

/**
 * A stored picture of the same owner that looks nearly like the one to caption.
 *
 * @param imageId its id
 * @param distance bits in which the perceptual hashes differ
 * @param sentSha256 hashes of the renditions of it that captioners were given, as the trails of its
 *     record have them: with the same question, they make the keys of its answers
 */
public record Lookalike(String imageId, int distance, Set<String> sentSha256) {
  public Lookalike {
    sentSha256 = Set.copyOf(sentSha256);
  }
}
