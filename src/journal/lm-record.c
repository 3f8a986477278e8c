/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "base/lm-clock.h"
#include "base/lm-fold.h"
#include "base/lm-json.h"
#include "base/lm-pack.h"
#include "base/lm-text.h"
#include "base/lm-wiped.h"
#include "journal/lm-citation.h"
#include "journal/lm-content-parts.h"
#include "journal/lm-record.h"
#include "journal/lm-store-error.h"
#include "vault/lm-vault.h"

static LmRecordKind
kind_of (const char *text)
{
  if (g_strcmp0 (text, "entry") == 0)
    return LM_RECORD_ENTRY;
  if (g_strcmp0 (text, "person") == 0)
    return LM_RECORD_PERSON;
  if (g_strcmp0 (text, "settings") == 0)
    return LM_RECORD_SETTINGS;
  if (g_strcmp0 (text, "reading") == 0)
    return LM_RECORD_READING;
  if (g_strcmp0 (text, "appointment") == 0)
    return LM_RECORD_APPOINTMENT;
  if (g_strcmp0 (text, "guide") == 0)
    return LM_RECORD_GUIDE;
  if (g_strcmp0 (text, "gone") == 0)
    return LM_RECORD_GONE;
  return LM_RECORD_OTHER;
}

static GStrv
collect_people (LmContent *content)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = NULL; /* most entries name nobody */

  for (guint i = 0; i < lm_content_n_answers (content); i++)
    {
      LmAnswer *answer = lm_content_get_answer (content, i);
      g_auto (GStrv) people = answer != NULL ? lm_answer_get_people (answer) : NULL;

      if (people == NULL || people[0] == NULL)
        continue;
      if (seen == NULL)
        seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      for (guint k = 0; people[k] != NULL; k++)
        if (g_hash_table_add (seen, g_strdup (people[k])))
          g_strv_builder_add (builder, people[k]);
    }
  return g_strv_builder_end (builder);
}

static GStrv
collect_articles (LmContent *content)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GPtrArray) list = lm_content_list_citations (content);
  g_autoptr (GHashTable) seen = list->len > 0 ? g_hash_table_new (g_str_hash, g_str_equal) : NULL;

  for (guint i = 0; i < list->len; i++)
    {
      const LmCitation *citation = list->pdata[i];

      if (g_hash_table_add (seen, citation->article))
        g_strv_builder_add (builder, citation->article);
    }
  return g_strv_builder_end (builder);
}

/* The beginning of an entry: of its text, else of the first answer with a text. */
static char *
excerpt_of (LmContent *content)
{
  const char *text = lm_content_get_string (content, "text");

  for (guint i = 0; lm_text_is_blank (text) && i < lm_content_n_answers (content); i++)
    {
      LmAnswer *answer = lm_content_get_answer (content, i);

      text = answer != NULL ? lm_answer_get_text (answer) : "";
    }
  return lm_text_excerpt (text, LM_RECORD_EXCERPT);
}

/* What a list shows of the record. */
static char *
title_of (LmContent *content, LmRecordKind kind)
{
  JsonObject *guide;

  switch (kind)
    {
    case LM_RECORD_PERSON:
      return g_strdup (lm_content_get_string (content, "name"));
    case LM_RECORD_APPOINTMENT:
      return g_strdelimit (g_strndup (lm_content_get_string (content, "starts"), 16), "T", ' ');
    case LM_RECORD_GUIDE:
      guide = lm_json_get_object (lm_content_json (content), "draft");
      if (guide == NULL)
        guide = lm_json_get_object (lm_content_json (content), "guide");
      return g_strdup (guide != NULL && lm_json_get_string (guide, "title") != NULL
                           ? lm_json_get_string (guide, "title")
                           : "");
    case LM_RECORD_ENTRY:
    case LM_RECORD_SETTINGS:
    case LM_RECORD_READING:
    case LM_RECORD_GONE:
    case LM_RECORD_OTHER:
    default:
      return g_strdup (lm_content_get_string (content, "title"));
    }
}

/* How strong the feeling was, as the answer to @step says. */
static guint8
strength (LmContent *content, const char *step)
{
  LmAnswer *answer = lm_content_find_answer (content, step);
  int scale = answer != NULL ? lm_answer_get_scale (answer) : 0;

  return scale >= 1 && scale <= 5 ? (guint8) scale : 0;
}

/* Appends a line; what was several lines becomes one. */
static void
append_line (GString *text, const char *line)
{
  gsize begin;

  if (line == NULL || line[0] == '\0')
    return;
  g_string_append_c (text, '\n');
  begin = text->len;
  g_string_append (text, line);
  for (char *at = text->str + begin; *(at += strcspn (at, "\n\r\t")) != '\0';)
    *at = ' ';
}

static void
append_members (GString *text, LmContent *content, const char *list, const char *member)
{
  JsonArray *array = lm_json_get_array (lm_content_json (content), list);

  for (guint i = 0; i < lm_json_array_size (array); i++)
    append_line (text, lm_json_get_string (lm_json_at_object (array, i), member));
}

static void
append_parts (GString *text, LmAnswer *answer)
{
  g_auto (GStrv) words = lm_answer_get_part_words (answer);

  for (guint i = 0; words[i] != NULL; i++)
    append_line (text, words[i]);
}

static char *
text_of (LmRecord *record, LmContent *content)
{
  /* The payload is all of it and more. */
  GString *text = g_string_sized_new (record->payload_size);

  append_line (text, record->title);
  if (text->len > 0)
    g_string_erase (text, 0, 1);
  append_line (text, lm_content_get_string (content, "text"));
  for (guint i = 0; i < lm_content_n_answers (content); i++)
    {
      LmAnswer *answer = lm_content_get_answer (content, i);

      if (answer == NULL)
        continue;
      append_line (text, lm_answer_get_text (answer));
      for (guint k = 0; k < lm_answer_n_choices (answer); k++)
        append_line (text, lm_answer_get_choice (answer, k, NULL));
      append_parts (text, answer);
    }
  for (guint i = 0; record->tags[i] != NULL; i++)
    append_line (text, record->tags[i]);
  append_members (text, content, "notes", "text");
  append_members (text, content, "attachments", "name");
  append_members (text, content, "cites", "text");
  return g_string_free (text, FALSE);
}

/* Packing ------------------------------------------------------------------------------ */

static gsize
text_size (const char *text)
{
  return text != NULL ? strlen (text) + 1 : 0;
}

static gsize
list_size (GStrv list)
{
  gsize size = sizeof (char *);

  for (guint i = 0; list[i] != NULL; i++)
    size += sizeof (char *) + text_size (list[i]);
  return size;
}

/* Moves @text to @at, and @at behind it. */
static char *
move_text (char *text, char **at)
{
  char *moved = *at;

  if (text == NULL)
    return NULL;
  *at = stpcpy (moved, text) + 1;
  lm_text_wipe (text);
  return moved;
}

static GStrv
move_list (GStrv list, char ***pointers, char **at)
{
  GStrv moved = *pointers;
  guint n = g_strv_length (list);

  for (guint i = 0; i < n; i++)
    moved[i] = move_text (list[i], at);
  moved[n] = NULL;
  *pointers += n + 1;
  g_free (list);
  return moved;
}

/* Takes everything out of @loose. There are as many records as evenings: all texts of one are one
 * piece of memory with it, in the place of a dozen that each are larger than what is in them. */
static LmRecord *
pack (LmRecord *loose)
{
  guint n = g_strv_length (loose->tags) + g_strv_length (loose->people) +
            g_strv_length (loose->articles) + 3;
  LmRecord *record =
      g_malloc (sizeof (LmRecord) + list_size (loose->tags) + list_size (loose->people) +
                list_size (loose->articles) + text_size (loose->title) +
                text_size (loose->excerpt) + text_size (loose->guide) + loose->packed_size);
  char **pointers = (char **) (record + 1);
  char *at = (char *) (pointers + n);

  *record = *loose;
  g_atomic_ref_count_init (&record->ref_count);
  record->tags = move_list (loose->tags, &pointers, &at);
  record->people = move_list (loose->people, &pointers, &at);
  record->articles = move_list (loose->articles, &pointers, &at);
  record->title = move_text (loose->title, &at);
  record->excerpt = move_text (loose->excerpt, &at);
  record->guide = move_text (loose->guide, &at);
  if (loose->packed != NULL)
    {
      record->packed = memcpy (at, loose->packed, loose->packed_size);
      lm_wiped_free (loose->packed, loose->payload_size / 2);
    }
  return record;
}

/* Whether @packed becomes the payload again, to the byte. */
static gboolean
comes_back (LmRecord *record, const guint8 *packed, gsize size)
{
  guint8 *bytes = g_malloc (record->payload_size);
  gboolean good =
      lm_unpack (packed, size, record->folded, bytes, record->payload_size) &&
      memcmp (bytes, g_bytes_get_data (record->payload, NULL), record->payload_size) == 0;

  lm_wiped_free (bytes, record->payload_size);
  return good;
}

/* Keeps of the payload what searches do not look through anyway. */
static void
keep_difference (LmRecord *record)
{
  const guint8 *bytes = g_bytes_get_data (record->payload, NULL);
  gsize room = record->payload_size / 2;
  guint8 *packed = g_malloc (room);
  gsize size = lm_pack (bytes, record->payload_size, record->folded, packed, room);

  if (size == 0 || !comes_back (record, packed, size))
    {
      lm_wiped_free (packed, room);
      return;
    }
  record->packed = packed;
  record->packed_size = (guint) size;
  g_clear_pointer (&record->payload, g_bytes_unref);
}

/* Reading ------------------------------------------------------------------------------ */

static LmRecord *
read_record (const LmId *id, GBytes *payload, gboolean searchable, GError **error)
{
  g_autoptr (LmContent) content = lm_content_read (payload, NULL);
  g_autoptr (LmSaves) saves = NULL;
  JsonObject *object;
  const char *modified, *told;
  LmRecord loose = { 0 }, *record = &loose;

  if (content == NULL)
    {
      g_set_error_literal (error,
                           LM_STORE_ERROR,
                           LM_STORE_ERROR_DAMAGED,
                           "what was sealed is not JSON of the journal's kind");
      return NULL;
    }
  object = lm_json_get_object (lm_content_json (content), "saves");
  saves = object != NULL ? lm_saves_read (object) : NULL;
  if (json_object_has_member (lm_content_json (content), "saves") && saves == NULL)
    {
      g_set_error_literal (error,
                           LM_STORE_ERROR,
                           LM_STORE_ERROR_DAMAGED,
                           "its saves are malformed");
      return NULL;
    }

  record->id = *id;
  record->kind = kind_of (lm_content_get_kind (content));
  record->payload = g_bytes_ref (payload);
  record->payload_size = (guint) g_bytes_get_size (payload);
  record->hash = lm_vault_hash (payload);
  record->saves = g_steal_pointer (&saves);
  record->created = lm_content_get_created (content);
  modified = lm_json_get_string (lm_content_json (content), "modified");
  record->modified = modified != NULL ? lm_time_from_rfc3339 (modified) : NULL;
  if (record->created == NULL)
    record->created = record->modified != NULL ? g_date_time_ref (record->modified)
                                               : g_date_time_new_from_unix_utc (0);
  record->deleted = lm_content_is_deleted (content);
  record->in_tray = lm_content_is_in_tray (content);
  record->tray = lm_content_get_tray (content);
  record->before = strength (content, "before");
  record->after = strength (content, "after");
  record->title = title_of (content, record->kind);
  record->excerpt = record->kind == LM_RECORD_ENTRY ? excerpt_of (content) : g_strdup ("");
  record->guide = g_strdup (lm_content_get_guide (content));
  if (record->kind == LM_RECORD_ENTRY)
    record->sealed_until = lm_content_get_sealed_until (content);
  record->tags = lm_content_get_strings (content, "tags");
  record->people = collect_people (content);
  record->articles = collect_articles (content);
  told = lm_content_get_first_telling (content);
  if (told == NULL || !lm_id_parse (told, -1, &record->told))
    record->told = (LmId) { 0 };
  if (!lm_id_parse (lm_content_get_string (content, "merged_into"), -1, &record->merged_into))
    record->merged_into = (LmId) { 0 };
  if (searchable && record->kind == LM_RECORD_ENTRY)
    {
      char *text = text_of (record, content);

      record->folded = lm_fold (text);
      lm_text_wipe (text);
      keep_difference (record);
    }
  return pack (record);
}

/**
 * lm_record_read:
 * @id: the id inside the sealed file
 * @payload: what was sealed
 * @error: %LM_STORE_ERROR_DAMAGED
 *
 * Returns: (transfer full): the record
 */
LmRecord *
lm_record_read (const LmId *id, GBytes *payload, GError **error)
{
  return read_record (id, payload, FALSE, error);
}

/* As lm_record_read (), with lm_record_folded () of an entry made at once: that costs little while
 * the payload is being read, and then the text is kept once. */
LmRecord *
lm_record_read_searchable (const LmId *id, GBytes *payload, GError **error)
{
  return read_record (id, payload, TRUE, error);
}

LmRecord *
lm_record_ref (LmRecord *record)
{
  g_atomic_ref_count_inc (&record->ref_count);
  return record;
}

void
lm_record_unref (LmRecord *record)
{
  if (!g_atomic_ref_count_dec (&record->ref_count))
    return;
  g_clear_pointer (&record->payload, g_bytes_unref);
  g_clear_pointer (&record->saves, lm_saves_unref);
  g_date_time_unref (record->created);
  g_clear_pointer (&record->modified, g_date_time_unref);
  g_clear_pointer (&record->sealed_until, g_date_time_unref);
  lm_text_wipe (record->folded);
  /* Everything else is a part of it. */
  sodium_memzero (record->title, strlen (record->title));
  sodium_memzero (record->excerpt, strlen (record->excerpt));
  for (guint i = 0; record->tags[i] != NULL; i++)
    sodium_memzero (record->tags[i], strlen (record->tags[i]));
  if (record->packed != NULL)
    sodium_memzero (record->packed, record->packed_size);
  g_free (record);
}

/* Returns: (transfer full): its bytes, as they were sealed; wiped with the last reference */
GBytes *
lm_record_payload (LmRecord *record)
{
  guint8 *bytes;
  gboolean good;

  if (record->payload != NULL)
    return g_bytes_ref (record->payload);
  bytes = g_malloc (record->payload_size);
  /* It came back once already, when it was packed: it cannot fail now. */
  good =
      lm_unpack (record->packed, record->packed_size, record->folded, bytes, record->payload_size);
  g_warn_if_fail (good);
  return lm_wiped_bytes_take (bytes, record->payload_size);
}

/* Whether it is out of sight at the time @now. What is in the trash is there to be seen. */
gboolean
lm_record_is_sealed (LmRecord *record, GDateTime *now)
{
  return record->sealed_until != NULL && !record->deleted &&
         g_date_time_compare (now, record->sealed_until) < 0;
}

/* Returns: (transfer full): the whole content, to be read or changed */
LmContent *
lm_record_content (LmRecord *record)
{
  g_autoptr (GBytes) payload = lm_record_payload (record);

  /* It was read once already, when the record was made: it cannot fail now. */
  return lm_content_read (payload, NULL);
}

/* Returns: (transfer full): everything that a person wrote or chose in it, for searching: the
 * title, then a line for each part */
char *
lm_record_text (LmRecord *record)
{
  g_autoptr (LmContent) content = lm_record_content (record);

  return text_of (record, content);
}

/**
 * lm_record_folded:
 *
 * Returns: (transfer none): lm_fold () of its lm_record_text (), made when it is first asked for,
 * in whichever thread that is
 */
const char *
lm_record_folded (LmRecord *record)
{
  char *folded = g_atomic_pointer_get (&record->folded);

  if (folded == NULL)
    {
      char *text = lm_record_text (record);

      folded = lm_fold (text);
      lm_text_wipe (text);
      if (!g_atomic_pointer_compare_and_exchange (&record->folded, NULL, folded))
        lm_text_wipe (folded); /* another thread was faster */
    }
  return g_atomic_pointer_get (&record->folded);
}
