/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonObject *lm_json_build (const char *text, gsize length) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
