/** What captions cost, by the prices in the settings. */
@NullMarked
package dev.cutline.core.money;

import org.jspecify.annotations.NullMarked;
