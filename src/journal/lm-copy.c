/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "journal/lm-copy.h"
#include "journal/lm-saves.h"

/* What becomes of a second file of a record. Sync tools make such copies under names of their own,
 * in the language of their user: nothing here looks at a name, or at a clock. */

/**
 * lm_copy_state:
 * @record: what is in a file; must live as long as the state
 * @retired: whether its key is not in use any more
 */
LmCopyState
lm_copy_state (LmRecord *record, gboolean retired)
{
  g_autoptr (LmContent) content = lm_record_content (record);

  /* When it went to the trash makes no other text of it. */
  lm_content_set_deleted (content, NULL);
  return (LmCopyState) {
    .kind = record->kind,
    .hash = record->hash,
    .content = lm_content_fingerprint (content),
    .saves = record->saves,
    .deleted = record->deleted,
    .retired = retired,
  };
}

/* How much of a text is there: the more stands in the place of the less. */
static int
presence (const LmCopyState *state)
{
  if (state->kind == LM_RECORD_GONE)
    return 0;
  return state->deleted ? 1 : 2;
}

static LmCopyVerdict
judge_diverged (const LmCopyState *own, const LmCopyState *copy)
{
  /* Deleted for good is that, whatever else a mark may hold. */
  if (own->kind == LM_RECORD_GONE && copy->kind == LM_RECORD_GONE)
    return LM_COPY_SAME;
  if (own->kind == copy->kind && own->deleted == copy->deleted &&
      lm_id_equal (&own->content, &copy->content))
    return LM_COPY_SAME;
  /* No page compares these: they are put together, and each state is kept as a version. */
  if (own->kind == copy->kind &&
      (own->kind == LM_RECORD_SETTINGS || own->kind == LM_RECORD_READING ||
       own->kind == LM_RECORD_APPOINTMENT))
    return LM_COPY_UNITED;
  if (presence (copy) > presence (own) && !copy->retired)
    return LM_COPY_BROUGHT_BACK;
  return LM_COPY_DIVERGED;
}

/**
 * lm_copy_judge:
 * @own: the state under the record's own name
 * @copy: the state in another file of the record
 *
 * A pure function of what both files hold.
 *
 * Returns: what becomes of the copy
 */
LmCopyVerdict
lm_copy_judge (const LmCopyState *own, const LmCopyState *copy)
{
  if (lm_id_equal (&own->hash, &copy->hash))
    return LM_COPY_SAME;
  if (own->kind == LM_RECORD_OTHER || copy->kind == LM_RECORD_OTHER)
    return LM_COPY_LEFT;
  switch (lm_saves_compare (copy->saves, own->saves))
    {
    case LM_SAVES_OLDER:
      return LM_COPY_OLDER;
    case LM_SAVES_NEWER:
      /* Whoever had the retired key may have written it. */
      return copy->retired ? LM_COPY_DIVERGED : LM_COPY_NEWER;
    case LM_SAVES_EQUAL:
    case LM_SAVES_DIVERGED:
    default:
      return judge_diverged (own, copy);
    }
}
