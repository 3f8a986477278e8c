/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Objects and arrays inside each other. */
#define LM_JSON_DEPTH_MAX 32
/* The largest integer that every JSON reader keeps exactly. */
#define LM_JSON_INTEGER_MAX G_GINT64_CONSTANT (9007199254740991)

/**
 * LmJsonError:
 * @LM_JSON_ERROR_SYNTAX: not JSON, or something after the one object
 * @LM_JSON_ERROR_TEXT: text that is not UTF-8, or holds U+0000 or half of a surrogate pair
 * @LM_JSON_ERROR_NUMBER: a fraction, or an integer beyond LM_JSON_INTEGER_MAX
 * @LM_JSON_ERROR_DUPLICATE: one key twice in an object
 * @LM_JSON_ERROR_DEPTH: nested deeper than LM_JSON_DEPTH_MAX
 *
 * Why bytes are no JSON of the journal's kind.
 */
typedef enum
{
  LM_JSON_ERROR_SYNTAX,
  LM_JSON_ERROR_TEXT,
  LM_JSON_ERROR_NUMBER,
  LM_JSON_ERROR_DUPLICATE,
  LM_JSON_ERROR_DEPTH,
} LmJsonError;

#define LM_JSON_ERROR (lm_json_error_quark ())
GQuark lm_json_error_quark (void);

gboolean lm_json_check (const char *text, gsize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *lm_json_parse (const char *text, gsize length, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
char *lm_json_write (JsonObject *object, gsize *length) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *lm_json_copy (JsonObject *object) G_GNUC_WARN_UNUSED_RESULT;

/* Members by type: the default, NULL, FALSE or 0, where the key is absent or its value of another
 * type. Borrowed from the object. */
const char *lm_json_get_string (JsonObject *object, const char *key);
gboolean lm_json_get_integer (JsonObject *object, const char *key, gint64 *value);
gboolean lm_json_get_boolean (JsonObject *object, const char *key);
JsonObject *lm_json_get_object (JsonObject *object, const char *key);
JsonArray *lm_json_get_array (JsonObject *object, const char *key);
guint lm_json_array_size (JsonArray *array);
const char *lm_json_at_string (JsonArray *array, guint index);
JsonObject *lm_json_at_object (JsonArray *array, guint index);

G_END_DECLS
