/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LmLibraryError:
 * @LM_LIBRARY_ERROR_MALFORMED: a file is not of its form; the message names file and place
 * @LM_LIBRARY_ERROR_MISSING: something that is referred to is not there
 *
 * A mistake in an article, a guide or another content file.
 */
typedef enum
{
  LM_LIBRARY_ERROR_MALFORMED,
  LM_LIBRARY_ERROR_MISSING,
} LmLibraryError;

#define LM_LIBRARY_ERROR (lm_library_error_quark ())
GQuark lm_library_error_quark (void);

G_END_DECLS
