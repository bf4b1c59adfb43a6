/** What every module for AWS has in common: settings, clients, calls, errors, secrets. */
@NullMarked
package dev.cutline.aws;

import org.jspecify.annotations.NullMarked;
