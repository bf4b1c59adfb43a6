/** The smallest caption provider of one's own. */
@NullMarked
package com.example.captions;

import org.jspecify.annotations.NullMarked;
