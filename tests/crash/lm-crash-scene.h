/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-store.h"
#include "lm-crash-tree.h"

G_BEGIN_DECLS

#define LM_CRASH_PASSPHRASE "four unlikely words here"
#define LM_CRASH_OTHER      "another four quite unlikely"

/* The records of the scene. */
typedef enum
{
  LM_CRASH_OLD = 1, /* "first text", then "old text" */
  LM_CRASH_BESIDE,  /* "text beside", which nothing here touches */
  LM_CRASH_TRASHED, /* "trashed text", in the trash */
  LM_CRASH_DRAFT,   /* "draft text", only a draft */
  LM_CRASH_PART,    /* "displaced text", in a temporary file that a crash left */
  LM_CRASH_NEW,     /* not there yet */
} LmCrashWho;

/**
 * LmCrashScene:
 * @root: everything is below
 * @path: the journal's folder
 * @local: this computer's folder for it
 * @journal: its id
 * @device: this computer's
 * @before: the tree as each operation finds it
 *
 * A journal with a little of everything.
 */
typedef struct
{
  char *root;
  char *path;
  char *local;
  LmId journal;
  LmId device;
  LmClock *clock;
  LmCrashTree *before;
  GError *error; /* why an operation failed, in the process under test */
} LmCrashScene;

LmCrashScene *lm_crash_scene_new (const char *root);
void lm_crash_scene_free (LmCrashScene *scene);

/* A sealed file; @payload is %NULL if it does not open. */
typedef struct
{
  char *path; /* below the scene's root */
  LmId id;
  GBytes *payload;
} LmCrashSealed;

/**
 * LmCrashLook:
 *
 * The journal of a scene, opened and read whole.
 */
typedef struct
{
  LmCrashScene *scene;
  LmFolder *folder;
  LmOpened *opened;
  LmStore *store;
  GPtrArray *records;
  GPtrArray *problems;
  GPtrArray *drafts;
  GPtrArray *sealed; /* all files with proper names */
} LmCrashLook;

LmSecret *lm_crash_secret (const char *text);
gboolean lm_crash_open (LmCrashLook *look,
                        LmCrashScene *scene,
                        const char *passphrase,
                        GError **error);
gboolean lm_crash_read (LmCrashLook *look, GError **error);
void lm_crash_close (LmCrashLook *look);
LmRecord *lm_crash_find (LmCrashLook *look, LmCrashWho who);
LmContent *lm_crash_content (LmCrashScene *scene, const char *text);
gboolean lm_crash_holds (LmCrashLook *look,
                         LmCrashWho who,
                         const char *text,
                         gboolean versions_only);
const char *lm_crash_holder (LmCrashLook *look, LmCrashWho who, const char *text);
char *lm_crash_unreadable (LmCrashLook *look);

G_END_DECLS
