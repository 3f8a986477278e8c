/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-json.h"
#include "journal/lm-saves.h"

/* A version vector (Parker et al. 1983): for each computer, how often it saved the record. */

typedef struct
{
  LmId device;
  gint64 count; /* 0 or more */
} Count;

struct _LmSaves
{
  guint n;
  Count counts[]; /* each computer once, in the order of the ids */
};

static LmSaves *
saves_new (guint n)
{
  LmSaves *saves = g_atomic_rc_box_alloc (sizeof (LmSaves) + n * sizeof (Count));

  saves->n = n;
  return saves;
}

LmSaves *
lm_saves_ref (LmSaves *saves)
{
  return g_atomic_rc_box_acquire (saves);
}

void
lm_saves_unref (LmSaves *saves)
{
  g_atomic_rc_box_release (saves);
}

static int
compare_counts (gconstpointer a, gconstpointer b)
{
  const Count *x = a, *y = b;

  return lm_id_compare (&x->device, &y->device);
}

/**
 * lm_saves_read:
 * @object: "saves" of a payload
 *
 * Returns: (transfer full) (nullable): what it says; %NULL if a key is no id or a value no count
 */
LmSaves *
lm_saves_read (JsonObject *object)
{
  g_autoptr (LmSaves) saves = saves_new (json_object_get_size (object));
  JsonObjectIter iter;
  const char *device;
  guint i = 0;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &device, NULL))
    {
      Count *count = &saves->counts[i++];

      if (!lm_id_parse (device, -1, &count->device) ||
          !lm_json_get_integer (object, device, &count->count) || count->count < 0)
        return NULL;
    }
  qsort (saves->counts, saves->n, sizeof (Count), compare_counts);
  return g_steal_pointer (&saves);
}

/* Returns: (transfer full): @saves as it stands in a payload */
JsonObject *
lm_saves_write (LmSaves *saves)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < saves->n; i++)
    json_object_set_int_member (object,
                                lm_id_format (&saves->counts[i].device).digits,
                                saves->counts[i].count);
  return object;
}

/* For tables of what is the same in every count. */
guint
lm_saves_hash (gconstpointer saves)
{
  const LmSaves *counted = saves;
  guint hash = counted->n;

  for (guint i = 0; i < counted->n; i++)
    hash = hash * 31 + lm_id_hash (&counted->counts[i].device) + (guint) counted->counts[i].count;
  return hash;
}

gboolean
lm_saves_equal (gconstpointer a, gconstpointer b)
{
  const LmSaves *x = a, *y = b;

  return x->n == y->n && memcmp (x->counts, y->counts, x->n * sizeof (Count)) == 0;
}

/* Returns: how often @device saved it. @saves: (nullable) */
gint64
lm_saves_count (LmSaves *saves, const LmId *device)
{
  for (guint i = 0; saves != NULL && i < saves->n; i++)
    if (lm_id_equal (&saves->counts[i].device, device))
      return saves->counts[i].count;
  return 0;
}

/* Whether some count of @a is larger than that of @b. */
static gboolean
has_more (LmSaves *a, LmSaves *b)
{
  for (guint i = 0; a != NULL && i < a->n; i++)
    if (a->counts[i].count > lm_saves_count (b, &a->counts[i].device))
      return TRUE;
  return FALSE;
}

/* Returns: how @a, which may be %NULL for none, stands to @b */
LmSavesOrder
lm_saves_compare (LmSaves *a, LmSaves *b)
{
  gboolean more = has_more (a, b), less = has_more (b, a);

  if (more && less)
    return LM_SAVES_DIVERGED;
  return more ? LM_SAVES_NEWER : less ? LM_SAVES_OLDER : LM_SAVES_EQUAL;
}

/* Returns: all saves together, for display. @saves: (nullable) */
gint64
lm_saves_sum (LmSaves *saves)
{
  gint64 sum = 0;

  for (guint i = 0; saves != NULL && i < saves->n; i++)
    sum = MIN (sum + saves->counts[i].count, LM_JSON_INTEGER_MAX);
  return sum;
}

/**
 * lm_saves_set:
 * @saves: (nullable): the counts so far
 * @device: one computer
 * @count: how often it saved the record
 *
 * Returns: (transfer full): the counts with this one in the place of that computer's
 */
LmSaves *
lm_saves_set (LmSaves *saves, const LmId *device, gint64 count)
{
  guint n = saves != NULL ? saves->n : 0, place = 0;
  gboolean known;
  LmSaves *changed;

  while (place < n && lm_id_compare (&saves->counts[place].device, device) < 0)
    place++;
  known = place < n && lm_id_equal (&saves->counts[place].device, device);
  changed = saves_new (known ? n : n + 1);
  for (guint i = 0; i < n; i++)
    changed->counts[i < place || known ? i : i + 1] = saves->counts[i];
  changed->counts[place] = (Count) { *device, count };
  return changed;
}

/**
 * lm_saves_add_one:
 * @saves: (nullable): the counts so far
 * @device: this computer
 *
 * Returns: (transfer full): the counts after one more save here
 */
LmSaves *
lm_saves_add_one (LmSaves *saves, const LmId *device)
{
  return lm_saves_set (saves, device, lm_saves_count (saves, device) + 1);
}

/**
 * lm_saves_unite:
 * @a: (nullable): counts
 * @b: (nullable): counts
 *
 * Returns: (transfer full): the larger of each: what was brought together knows of both
 */
LmSaves *
lm_saves_unite (LmSaves *a, LmSaves *b)
{
  g_autoptr (LmSaves) united = a != NULL ? lm_saves_ref (a) : saves_new (0);

  for (guint i = 0; b != NULL && i < b->n; i++)
    {
      const Count *other = &b->counts[i];
      LmSaves *both = lm_saves_set (united,
                                    &other->device,
                                    MAX (other->count, lm_saves_count (united, &other->device)));

      lm_saves_unref (united);
      united = both;
    }
  return g_steal_pointer (&united);
}
