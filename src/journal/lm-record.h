/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "base/lm-id.h"
#include "journal/lm-content.h"
#include "journal/lm-saves.h"

G_BEGIN_DECLS

/* Characters of LmRecord.excerpt. */
#define LM_RECORD_EXCERPT 160

/**
 * LmRecordKind:
 * @LM_RECORD_OTHER: made by a newer version; kept as it is, never edited
 */
typedef enum
{
  LM_RECORD_ENTRY,
  LM_RECORD_PERSON,
  LM_RECORD_SETTINGS,
  LM_RECORD_READING,
  LM_RECORD_APPOINTMENT,
  LM_RECORD_GUIDE,
  LM_RECORD_GONE,
  LM_RECORD_OTHER,
} LmRecordKind;

/**
 * LmRecord:
 * @id: the record's id
 * @kind: its kind
 * @hash: BLAKE2b-128 of lm_record_payload ()
 * @saves: (nullable): who saved it how often
 * @created: when it was begun
 * @modified: (nullable): when it was last saved
 * @deleted: whether it is in the trash
 * @in_tray: whether it is to be brought to the next session
 * @title: of an entry, or the name of a person; "" where there is none
 * @sealed_until: (nullable): the day on which it comes into sight again
 * @tray: where it stands between the journal and the session
 * @before: how strong the feeling was before writing, from 1 to 5; 0 if that was not said
 * @after: the same afterwards
 * @title: of an entry or a guide, the name of a person, when an appointment is; "" where there is
 *   none
 * @excerpt: how an entry begins, on one line
 * @guide: (nullable): the guide it was written with
 * @tags: its tags
 * @people: the ids of the people named in it, without repetition
 * @articles: the ids of the articles of which it cites a passage, without repetition
 * @told: the id of the entry in which the same was told first; null for that one
 * @merged_into: the id of the person whom this one is the same as; null if there is none
 *
 * One record as it stands on disk, with what lists show of it. Immutable: passed between threads by
 * reference. The whole is read from the payload when it is needed; what searches look through is
 * made when it is, and stays. Of a payload that was read to be searched only what differs from that
 * is kept.
 */
typedef struct
{
  LmId id;
  LmRecordKind kind;
  LmId hash;
  LmSaves *saves;
  GDateTime *created;
  GDateTime *modified;
  gboolean deleted;
  gboolean in_tray;
  GDateTime *sealed_until;
  LmTray tray;
  guint8 before;
  guint8 after;
  char *title;
  char *excerpt;
  char *guide;
  GStrv tags;
  GStrv people;
  GStrv articles;
  LmId told;
  LmId merged_into;

  /*< private >*/
  gatomicrefcount ref_count;
  guint payload_size;
  guint packed_size;
  GBytes *payload; /* nullable: then @packed is what differs between it and @folded */
  guint8 *packed;  /* nullable */
  char *folded;    /* nullable; set once */
} LmRecord;

LmRecord *lm_record_read (const LmId *id, GBytes *payload, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
LmRecord *lm_record_read_searchable (const LmId *id, GBytes *payload, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
LmRecord *lm_record_ref (LmRecord *record);
void lm_record_unref (LmRecord *record);
GBytes *lm_record_payload (LmRecord *record);
LmContent *lm_record_content (LmRecord *record);
char *lm_record_text (LmRecord *record);
const char *lm_record_folded (LmRecord *record);
gboolean lm_record_is_sealed (LmRecord *record, GDateTime *now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmRecord, lm_record_unref)

G_END_DECLS
