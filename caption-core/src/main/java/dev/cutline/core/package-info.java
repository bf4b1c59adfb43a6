/**
 * The facade. {@link dev.cutline.core.Cutline} takes pictures in, keeps and captions them;
 * everything else here is what it is given and what it gives back.
 */
@NullMarked
package dev.cutline.core;

import org.jspecify.annotations.NullMarked;
