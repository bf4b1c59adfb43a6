/** Documents of records and captions as JSON text, for every record store. */
@NullMarked
package dev.cutline.documents;

import org.jspecify.annotations.NullMarked;
