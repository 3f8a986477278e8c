/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "search/lm-search-index.h"

G_BEGIN_DECLS

/* One for each entry: as small as it can be. */
typedef struct
{
  LmRecord *record;   /* for its id, its people and its guide */
  const char *folded; /* of @record; the title is the first line */
  GStrv people;       /* the record's; NULL for none, so that there is nothing to look at */
  gint64 created;     /* microseconds since 1970 */
  gatomicrefcount ref_count;
  guint place;  /* among the items of the index that it was taken into */
  guint length; /* bytes */
  guint title;  /* bytes of the title */
  int day;      /* on the clock of where it was begun: year · 10000 + month · 100 + day */
  char tags[];  /* folded, one a line */
} LmSearchItem;

struct _LmSearchIndex
{
  GPtrArray *items;   /* of LmSearchItem, counted references */
  GHashTable *by_id;  /* of LmSearchItem, borrowed from items; NULL in a snapshot */
  GHashTable *people; /* person's id as text → folded name */
  GHashTable *guides; /* guide's id → folded title */

  guint stamp;

  /* The last answer: while one types on, only that is looked through. */
  LmQuery *last;         /* nullable */
  GPtrArray *last_items; /* nullable; of LmSearchItem, borrowed from items */
  GArray *found; /* nullable; room for the next answer, which memory anew would take longer */
};

G_END_DECLS
