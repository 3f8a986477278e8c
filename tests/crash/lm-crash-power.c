/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>
#include <sys/stat.h>

#include "lm-crash-power.h"

#define SECTOR 512
/* Different mixtures of the unsynced, tried behind each call, at most. */
#define MIXTURES 16
/* Rounds of more mixtures until there are enough different states. */
#define ROUNDS 120

typedef struct
{
  GBytes *synced;  /* (nullable): what certainly is on the disk */
  GBytes *current; /* (nullable): what the program wrote */
  gboolean is_folder;
} File;

static void
file_free (gpointer data)
{
  File *file = data;

  g_clear_pointer (&file->synced, g_bytes_unref);
  g_clear_pointer (&file->current, g_bytes_unref);
  g_free (file);
}

typedef struct
{
  LmCrashTree *before;
  GPtrArray *events;
  guint64 root;        /* its inode */
  GHashTable *files;   /* inode → File, after some of the events */
  GHashTable *folders; /* inode → (name → inode) */
  GRand *rand;
} Disk;

static gpointer
key (guint64 inode)
{
  return g_memdup2 (&inode, sizeof inode);
}

static void
set_bytes (GBytes **place, GBytes *bytes)
{
  if (bytes != NULL)
    g_bytes_ref (bytes);
  g_clear_pointer (place, g_bytes_unref);
  *place = bytes;
}

static File *
file_of (Disk *disk, guint64 inode)
{
  File *file = g_hash_table_lookup (disk->files, &inode);

  if (file == NULL)
    {
      file = g_new0 (File, 1);
      g_hash_table_insert (disk->files, key (inode), file);
    }
  return file;
}

static GHashTable *
names_of (Disk *disk, guint64 folder)
{
  GHashTable *names = g_hash_table_lookup (disk->folders, &folder);

  if (names == NULL)
    {
      names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_hash_table_insert (disk->folders, key (folder), names);
    }
  return names;
}

/* As it was before the first event: all of that is on the disk. */
static void
reset (Disk *disk)
{
  g_autoptr (GHashTable) paths = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, NULL);

  g_hash_table_remove_all (disk->files);
  g_hash_table_remove_all (disk->folders);
  for (guint i = 0; i < disk->before->len; i++)
    {
      LmCrashNode *node = disk->before->pdata[i];
      File *file = file_of (disk, node->inode);
      g_autofree char *parent = g_path_get_dirname (node->path);
      LmCrashNode *above = g_hash_table_lookup (paths, parent);

      file->is_folder = node->bytes == NULL;
      set_bytes (&file->synced, node->bytes);
      set_bytes (&file->current, node->bytes);
      g_hash_table_insert (names_of (disk, above != NULL ? above->inode : disk->root),
                           g_path_get_basename (node->path),
                           key (node->inode));
      if (file->is_folder)
        g_hash_table_insert (paths, node->path, node);
    }
}

static void
remove_name (Disk *disk, guint64 folder, const char *name, guint64 inode)
{
  guint64 *there = g_hash_table_lookup (names_of (disk, folder), name);

  if (there != NULL && *there == inode)
    g_hash_table_remove (names_of (disk, folder), name);
}

static void
apply_name (Disk *disk, LmCrashEvent *event)
{
  switch (event->kind)
    {
    case LM_CRASH_LINK:
      g_hash_table_insert (names_of (disk, event->folder),
                           g_strdup (event->name),
                           key (event->inode));
      break;
    case LM_CRASH_MOVE:
      if (event->exchange)
        g_hash_table_insert (names_of (disk, event->folder),
                             g_strdup (event->name),
                             key (event->to_inode));
      else
        remove_name (disk, event->folder, event->name, event->inode);
      g_hash_table_insert (names_of (disk, event->to_folder),
                           g_strdup (event->to_name),
                           key (event->inode));
      break;
    case LM_CRASH_UNLINK:
      remove_name (disk, event->folder, event->name, event->inode);
      break;
    case LM_CRASH_DATA:
    case LM_CRASH_SYNC:
    case LM_CRASH_ACK:
    default:
      break;
    }
}

static gboolean
is_name (LmCrashEvent *event)
{
  return event->kind == LM_CRASH_LINK || event->kind == LM_CRASH_MOVE ||
         event->kind == LM_CRASH_UNLINK;
}

/* Whether the change of a name, event @i, was synced before event @end. */
static gboolean
is_synced (Disk *disk, guint i, guint end)
{
  LmCrashEvent *event = disk->events->pdata[i];

  for (guint k = i + 1; k < end; k++)
    {
      LmCrashEvent *sync = disk->events->pdata[k];

      if (sync->kind == LM_CRASH_SYNC &&
          (sync->inode == 0 || sync->inode == event->folder ||
           (event->kind == LM_CRASH_MOVE && sync->inode == event->to_folder)))
        return TRUE;
    }
  return FALSE;
}

/* Brings the contents up to event @end, and the names too, but of those that were not synced only
 * the ones in @mask, counted from the first. Returns how many were not synced. */
static guint
play (Disk *disk, guint end, guint64 mask)
{
  guint pending = 0;

  reset (disk);
  for (guint i = 0; i < end; i++)
    {
      LmCrashEvent *event = disk->events->pdata[i];

      if (is_name (event))
        {
          gboolean there = is_synced (disk, i, end);

          if (event->kind == LM_CRASH_LINK)
            file_of (disk, event->inode)->is_folder = event->is_folder;
          if (!there)
            there = (mask >> MIN (pending++, 63) & 1) != 0;
          if (there)
            apply_name (disk, event);
        }
      else if (event->kind == LM_CRASH_DATA)
        set_bytes (&file_of (disk, event->inode)->current, event->bytes);
      else if (event->kind == LM_CRASH_SYNC)
        {
          GHashTableIter iter;
          gpointer inode, value;

          g_hash_table_iter_init (&iter, disk->files);
          while (g_hash_table_iter_next (&iter, &inode, &value))
            if (event->inode == 0 || *(guint64 *) inode == event->inode)
              set_bytes (&((File *) value)->synced, ((File *) value)->current);
        }
    }
  return pending;
}

/* One of the contents that a file may have: how = 0 nothing of what was not synced, 1 all of it, 2
 * all zeros, more: a mixture of sectors. */
static GBytes *
content (Disk *disk, File *file, guint how)
{
  gsize old_length = file->synced != NULL ? g_bytes_get_size (file->synced) : 0;
  gsize new_length = file->current != NULL ? g_bytes_get_size (file->current) : 0, length;
  const guint8 *old_bytes = old_length > 0 ? g_bytes_get_data (file->synced, NULL) : NULL;
  const guint8 *new_bytes = new_length > 0 ? g_bytes_get_data (file->current, NULL) : NULL;
  guint8 *bytes;

  if (how == 0)
    return file->synced != NULL ? g_bytes_ref (file->synced) : g_bytes_new (NULL, 0);
  if (how == 1)
    return file->current != NULL ? g_bytes_ref (file->current) : g_bytes_new (NULL, 0);
  length = how == 2 || g_rand_boolean (disk->rand)
               ? new_length
               : (gsize) g_rand_int_range (disk->rand, 0, (gint32) new_length + 1);
  bytes = g_malloc0 (length + 1);
  for (gsize at = 0; how > 2 && at < length; at += SECTOR)
    {
      gsize n = MIN (SECTOR, length - at);
      int choice = g_rand_int_range (disk->rand, 0, 3);

      if (choice == 0)
        memcpy (bytes + at, new_bytes + at, n);
      else if (choice == 1 && at < old_length)
        memcpy (bytes + at, old_bytes + at, MIN (n, old_length - at));
    }
  return g_bytes_new_take (bytes, length);
}

static void
add_below (Disk *disk, LmCrashTree *tree, GHashTable *contents, guint64 folder, const char *path)
{
  GHashTable *names = g_hash_table_lookup (disk->folders, &folder);
  GHashTableIter iter;
  gpointer name, value;

  if (names == NULL)
    return;
  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      guint64 inode = *(guint64 *) value;
      File *file = g_hash_table_lookup (disk->files, &inode);
      g_autofree char *full =
          path[0] == '\0' ? g_strdup (name) : g_build_filename (path, name, NULL);

      if (file == NULL)
        continue;
      if (file->is_folder)
        {
          lm_crash_tree_add (tree, full, NULL, inode);
          add_below (disk, tree, contents, inode, full);
        }
      else
        lm_crash_tree_add (tree, full, g_hash_table_lookup (contents, &inode), inode);
    }
}

/* The disk as it is after play (). @how: for all files, -1 for each as it comes. */
static LmCrashTree *
tree_of (Disk *disk, int how)
{
  g_autoptr (GHashTable) contents =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_bytes_unref);
  LmCrashTree *tree = lm_crash_tree_new ();
  GHashTableIter iter;
  gpointer inode, value;

  g_hash_table_iter_init (&iter, disk->files);
  while (g_hash_table_iter_next (&iter, &inode, &value))
    {
      File *file = value;
      guint chosen = how >= 0 ? (guint) how : (guint) g_rand_int_range (disk->rand, 0, 8);

      if (file->is_folder)
        continue;
      /* Nothing is in doubt. */
      if (file->synced != NULL && file->current != NULL &&
          g_bytes_equal (file->synced, file->current))
        chosen = 1;
      g_hash_table_insert (contents, key (*(guint64 *) inode), content (disk, file, chosen));
    }
  add_below (disk, tree, contents, disk->root, "");
  return tree;
}

static void
disk_init (Disk *disk, LmCrashTree *before, GPtrArray *events, const char *root)
{
  struct stat info;

  g_assert_cmpint (stat (root, &info), ==, 0);
  disk->before = before;
  disk->events = events;
  disk->root = info.st_ino;
  disk->files = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, file_free);
  disk->folders = g_hash_table_new_full (g_int64_hash,
                                         g_int64_equal,
                                         g_free,
                                         (GDestroyNotify) g_hash_table_unref);
  disk->rand = g_rand_new_with_seed (1);
}

static void
disk_clear (Disk *disk)
{
  g_hash_table_unref (disk->files);
  g_hash_table_unref (disk->folders);
  g_rand_free (disk->rand);
}

/* Whether the content of some file is in doubt after play (). */
static gboolean
is_in_doubt (Disk *disk)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, disk->files);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      File *file = value;

      if (!file->is_folder && file->current != NULL &&
          (file->synced == NULL || !g_bytes_equal (file->synced, file->current)))
        return TRUE;
    }
  return FALSE;
}

/* Looks at one state, unless it was looked at before. */
static void
look (Disk *disk,
      int how,
      gboolean acknowledged,
      const char *root,
      GHashTable *known,
      LmCrashCheck check,
      gpointer data,
      LmCrashPower *power)
{
  g_autoptr (GPtrArray) tree = tree_of (disk, how);
  g_autofree char *digest = lm_crash_tree_digest (tree);
  g_autofree char *name = g_strconcat (acknowledged ? "saved " : "open ", digest, NULL);
  g_autofree char *violation = NULL;

  if (!g_hash_table_add (known, g_steal_pointer (&name)))
    return;
  lm_crash_tree_write (tree, root);
  power->states++;
  violation = check (acknowledged, data);
  if (violation == NULL)
    return;
  power->violations++;
  if (power->first == NULL)
    power->first = g_steal_pointer (&violation);
}

/**
 * lm_crash_power_try:
 * @before: the tree as it was, with the inodes that the events name
 * @events: (element-type LmCrashEvent): what was done to it
 * @root: where each state is put for @check
 * @wanted: so many different states are looked at, if there are so many
 * @places: where there are more than twice as many events, power fails behind about so many of them
 *   in each round, picked by @rand
 * @power: (inout): the figures
 */
void
lm_crash_power_try (LmCrashTree *before,
                    GPtrArray *events,
                    const char *root,
                    guint wanted,
                    guint places,
                    GRand *rand,
                    LmCrashCheck check,
                    gpointer data,
                    LmCrashPower *power)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Disk disk = { 0 };

  disk_init (&disk, before, events, root);
  for (guint round = 0;
       round < ROUNDS && (round == 0 || power->states < wanted) && power->violations == 0;
       round++)
    {
      gboolean acknowledged = FALSE;

      for (guint end = 0; end <= events->len; end++)
        {
          guint pending;

          if (end > 0 && ((LmCrashEvent *) events->pdata[end - 1])->kind == LM_CRASH_ACK)
            acknowledged = TRUE;
          if (events->len / 2 > places &&
              (guint) g_rand_int_range (rand, 0, (gint32) events->len) >= places)
            continue;
          /* Nothing of the rest, all of it, all names and no contents, and mixtures. */
          pending = play (&disk, end, 0);
          look (&disk, 0, acknowledged, root, known, check, data, power);
          play (&disk, end, G_MAXUINT64);
          for (int how = 0; how < 3; how++)
            look (&disk, how, acknowledged, root, known, check, data, power);
          if (round == 0 && pending <= 4)
            for (guint64 mask = 1; mask < (1u << pending); mask++)
              {
                play (&disk, end, mask);
                look (&disk, (int) (mask % 2), acknowledged, root, known, check, data, power);
                look (&disk, -1, acknowledged, root, known, check, data, power);
              }
          /* Names alone have few mixtures, contents very many. */
          for (guint i = 0; i < (is_in_doubt (&disk) ? MIXTURES : MIN (pending, 4)); i++)
            {
              /* Half of them with all names, or deep folders would hardly ever be there. */
              guint64 mask = (guint64) g_rand_int (disk.rand) << 32 | g_rand_int (disk.rand);

              play (&disk, end, g_rand_boolean (disk.rand) ? G_MAXUINT64 : mask);
              look (&disk, -1, acknowledged, root, known, check, data, power);
            }
        }
    }
  disk_clear (&disk);
}

void
lm_crash_power_clear (LmCrashPower *power)
{
  g_clear_pointer (&power->first, g_free);
}

/* Makes @root hold what is left after a power cut now if nothing that was not synced came through.
 */
void
lm_crash_power_worst (LmCrashTree *before, GPtrArray *events, const char *root)
{
  g_autoptr (GPtrArray) tree = NULL;
  Disk disk = { 0 };

  disk_init (&disk, before, events, root);
  play (&disk, events->len, 0);
  tree = tree_of (&disk, 0);
  lm_crash_tree_write (tree, root);
  disk_clear (&disk);
}
