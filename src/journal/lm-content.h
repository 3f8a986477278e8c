/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "journal/lm-saves.h"

G_BEGIN_DECLS

/**
 * LmContent:
 *
 * The payload of one record as it is read and written: a title, a text, answers, … It is the JSON
 * itself behind functions, so that whatever a newer version put there is kept at every depth.
 * Belongs to one thread.
 */
typedef struct _LmContent LmContent;

/**
 * LmAnswer:
 *
 * One answer in a guide: what was asked, and what was said. A part of its #LmContent.
 */
typedef JsonObject LmAnswer;

/**
 * LmTray:
 * @LM_TRAY_NONE: it has nothing to do with a session
 * @LM_TRAY_BRING: it is to be brought to the next session
 * @LM_TRAY_NOT_YET: it was not spoken about; it stays for the session after that
 * @LM_TRAY_TALKED: it was talked about
 * @LM_TRAY_LET_GO: it need not be brought any more
 *
 * Where an entry stands between the journal and the session.
 */
typedef enum
{
  LM_TRAY_NONE,
  LM_TRAY_BRING,
  LM_TRAY_NOT_YET,
  LM_TRAY_TALKED,
  LM_TRAY_LET_GO,
} LmTray;

LmContent *lm_content_new (const char *kind, GDateTime *now);
LmContent *lm_content_new_bare (const char *kind);
LmContent *lm_content_read (GBytes *payload, GError **error) G_GNUC_WARN_UNUSED_RESULT;
LmContent *lm_content_copy (LmContent *content);
void lm_content_free (LmContent *content);
JsonObject *lm_content_json (LmContent *content);
GBytes *lm_content_write (LmContent *content) G_GNUC_WARN_UNUSED_RESULT;
GBytes *lm_content_write_saved (LmContent *content,
                                LmSaves *saves,
                                const LmId *device,
                                GDateTime *now) G_GNUC_WARN_UNUSED_RESULT;
LmId lm_content_fingerprint (LmContent *content);
gboolean lm_content_is_empty (LmContent *content);
gboolean lm_content_is_entry (LmContent *content);

const char *lm_content_get_kind (LmContent *content);
GDateTime *lm_content_get_created (LmContent *content);
const char *lm_content_get_string (LmContent *content, const char *key);
void lm_content_set_string (LmContent *content, const char *key, const char *value);
GStrv lm_content_get_strings (LmContent *content, const char *key);
void lm_content_set_strings (LmContent *content, const char *key, const char *const *values);
gboolean lm_content_is_deleted (LmContent *content);
void lm_content_set_deleted (LmContent *content, GDateTime *when);
void lm_content_copy_deleted (LmContent *content, LmContent *from);
gboolean lm_content_comes_on_its_day (LmContent *content);
void lm_content_set_on_its_day (LmContent *content, gboolean comes);
gboolean lm_content_is_in_tray (LmContent *content);
void lm_content_set_in_tray (LmContent *content, gboolean in_tray);
gboolean lm_content_carry (LmContent *to, LmContent *from, LmContent *ours);
LmTray lm_content_get_tray (LmContent *content);
void lm_content_set_tray (LmContent *content, LmTray tray, GDateTime *when);
guint lm_content_n_notes (LmContent *content);
const char *lm_content_get_note (LmContent *content, guint index, const char **created);
void lm_content_set_note (LmContent *content, const char *created, const char *text);
const char *lm_content_get_guide (LmContent *content);
void lm_content_set_guide (LmContent *content,
                           const char *id,
                           gint64 version,
                           const char *language);

guint lm_content_n_answers (LmContent *content);
LmAnswer *lm_content_get_answer (LmContent *content, guint index);
LmAnswer *lm_content_find_answer (LmContent *content, const char *step);
LmAnswer *lm_content_answer (LmContent *content, const char *step, const char *question);
void lm_content_tidy_answers (LmContent *content, const char *const *order);

const char *lm_answer_get_step (LmAnswer *answer);
const char *lm_answer_get_question (LmAnswer *answer);
const char *lm_answer_get_text (LmAnswer *answer);
void lm_answer_set_text (LmAnswer *answer, const char *text);
const char *lm_answer_get_role (LmAnswer *answer);
gboolean lm_answer_get_expected (LmAnswer *answer);
void lm_answer_set_role (LmAnswer *answer, const char *role, gboolean expected);
const char *lm_answer_get_felt (LmAnswer *answer);
void lm_answer_set_felt (LmAnswer *answer, const char *felt);
int lm_answer_get_scale (LmAnswer *answer);
void lm_answer_set_scale (LmAnswer *answer, int scale);
guint lm_answer_n_choices (LmAnswer *answer);
const char *lm_answer_get_choice (LmAnswer *answer, guint index, const char **id);
void lm_answer_clear_choices (LmAnswer *answer);
void lm_answer_add_choice (LmAnswer *answer, const char *id, const char *label);
gboolean lm_answer_has_choice (LmAnswer *answer, const char *id);
GStrv lm_answer_get_people (LmAnswer *answer);
void lm_answer_set_people (LmAnswer *answer, const char *const *people);
GStrv lm_answer_get_entries (LmAnswer *answer);
void lm_answer_set_entries (LmAnswer *answer, const char *const *entries);
gboolean lm_answer_is_empty (LmAnswer *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmContent, lm_content_free)

G_END_DECLS
