/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For measuring coverage: GLib's functions as functions. Its macros for texts that the compiler
 * knows have branches that no text takes.
 */
#if __has_include(<glib.h>) /* not where the compiler itself is tried */
#include <glib.h>

#undef g_str_has_prefix
#undef g_str_has_suffix
#undef g_string_append
#undef g_string_append_c
#undef g_string_append_len
#endif
