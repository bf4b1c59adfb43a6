/** Real pictures for tests, with what the project must make of each. */
@NullMarked
package dev.cutline.testsupport.corpus;

import org.jspecify.annotations.NullMarked;
