/** What every caption must be, whoever wrote it. */
@NullMarked
package dev.cutline.core.contract;

import org.jspecify.annotations.NullMarked;
