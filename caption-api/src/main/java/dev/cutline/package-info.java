/**
 * What the whole of Cutline speaks: pictures, captions, records, stores, settings and the reasons
 * why something failed. Everything here is JDK only, immutable unless it says otherwise, and safe
 * for use by several threads.
 */
@NullMarked
package dev.cutline;

import org.jspecify.annotations.NullMarked;
