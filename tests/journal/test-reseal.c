/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/lm-hardening.h"
#include "journal/lm-rekey.h"
#include "journal/lm-reseal.h"
#include "journal/lm-store-attachments.h"
#include "lm-test-attachment.h"
#include "lm-test-faults.h"
#include "lm-test-journal.h"
#include "vault/lm-passphrase.h"

/* Every file sealed anew while the disk fails, and while others write: nothing is lost, and in the
 * end all of it opens with the new key. */

#define FIRST_WORDS      "Grüße aus Łódź" /* of lm_test_make_journal () */
#define ATTACHMENT_BYTES 70000            /* two chunks */

typedef struct
{
  LmTestStore *test;
  char *words; /* that open the journal now */
  guint round;
  LmAttachment *attachment;
  GBytes *theirs; /* what somebody else wrote meanwhile */
} Scene;

static LmSecret *
words (const char *text)
{
  g_autoptr (LmSecret) typed = lm_secret_new_taking (g_strdup (text));

  return lm_passphrase_normalize (typed, NULL);
}

/* A new key; from here on every file waits for it. */
static void
rotate (Scene *scene)
{
  g_autofree char *fresh = g_strdup_printf ("new words %u", scene->round++);
  g_autoptr (LmSecret) present = words (scene->words), next = words (fresh);
  g_autoptr (GError) error = NULL;
  g_autoptr (LmRekey) rekey = lm_rekey_new (scene->test->path,
                                            LM_REKEY_ROTATE,
                                            LM_KEY_SLOT_PASSPHRASE,
                                            present,
                                            next,
                                            lm_kdf_cost_minimal (),
                                            &error);

  g_assert_no_error (error);
  if (!lm_rekey_write (rekey, scene->test->store, &error) ||
      !lm_rekey_commit (rekey, scene->test->store, &error))
    g_assert_no_error (error);
  g_set_str (&scene->words, fresh);
}

static gboolean
reseal (Scene *scene, GError **error)
{
  LmResealProgress progress = { 0 };

  do
    if (!lm_store_reseal (scene->test->store, 3, &progress, error))
      return FALSE;
  while (!progress.finished);
  return TRUE;
}

static void
save (Scene *scene, guint number, LmContent *content)
{
  LmId id = lm_test_id (number);
  g_autoptr (LmRecord) base = lm_store_read (scene->test->store, &id, NULL), saved = NULL;
  g_autoptr (GError) error = NULL;

  saved = lm_store_save (scene->test->store, &id, content, base, NULL, &error);
  g_assert_no_error (error);
}

/* One record with versions, one with an attachment, and a draft. */
static void
fill (Scene *scene)
{
  g_autoptr (LmContent) old = lm_test_content ("old text"), now = lm_test_content ("my text"),
                        photo = lm_test_content ("with a photo"),
                        draft = lm_test_content ("not yet saved");
  g_autoptr (GBytes) bytes = lm_test_attachment_text (ATTACHMENT_BYTES);
  g_autoptr (GInputStream) in = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GError) error = NULL;
  LmId written = lm_test_id (3);

  save (scene, 1, old);
  save (scene, 1, now);
  g_clear_pointer (&scene->attachment, lm_attachment_free);
  scene->attachment = lm_store_add_attachment (scene->test->store,
                                               in,
                                               ATTACHMENT_BYTES,
                                               "a.jpg",
                                               "image/jpeg",
                                               NULL,
                                               &error);
  g_assert_no_error (error);
  lm_content_add_attachment (photo, scene->attachment);
  save (scene, 2, photo);
  g_assert_true (lm_store_save_draft (scene->test->store, &written, draft, NULL, &error));
  g_assert_no_error (error);
}

static void
scene_set_up (Scene *scene, LmTestStore *test)
{
  *scene = (Scene) { .test = test, .words = g_strdup (FIRST_WORDS) };
  fill (scene);
}

static void
scene_clear (Scene *scene)
{
  g_free (scene->words);
  lm_attachment_free (scene->attachment);
  g_clear_pointer (&scene->theirs, g_bytes_unref);
}

static void
assert_attachment (Scene *scene)
{
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (GBytes) expected = lm_test_attachment_text (ATTACHMENT_BYTES), found = NULL;
  g_autoptr (GError) error = NULL;

  if (!lm_store_read_attachment (scene->test->store, scene->attachment, out, NULL, &error))
    g_assert_no_error (error);
  g_output_stream_close (out, NULL, NULL);
  found = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
  g_assert_true (g_bytes_equal (found, expected));
}

static guint
count_left_over (LmTestStore *test)
{
  g_autofree char *attachments = g_build_filename (test->path, "attachments", NULL);

  return lm_test_count (test->entries, ".part") + lm_test_count (attachments, ".part");
}

/* All texts, on disk, under whatever key. */
static void
assert_all_there (Scene *scene)
{
  LmId id = lm_test_id (1), other = lm_test_id (2);
  g_autoptr (LmTestLoaded) loaded = lm_test_load (scene->test->store);

  for (guint i = 0; i < loaded->problems->len; i++)
    g_assert_no_error (((LmProblem *) loaded->problems->pdata[i])->error);
  lm_test_assert_text (lm_test_find (loaded, &id), "my text");
  lm_test_assert_text (lm_test_find (loaded, &other), "with a photo");
  assert_attachment (scene);
}

static void
finish (Scene *scene)
{
  g_autoptr (GError) error = NULL;

  if (!reseal (scene, &error))
    g_assert_no_error (error);
  g_assert_cmpint (lm_store_reseal_state (scene->test->store), ==, LM_RESEAL_NOTHING);
  assert_all_there (scene);
  g_assert_cmpuint (count_left_over (scene->test), ==, 0);
}

/* Rotates and seals all anew with the one fault. Returns: whether it came to pass */
static gboolean
reseal_with_fault (Scene *scene, LmFault fault, guint nth, int number)
{
  g_autoptr (GError) error = NULL;
  gboolean good, reached;

  rotate (scene);
  lm_fault_set (fault, nth, number);
  good = reseal (scene, &error);
  reached = lm_fault_clear ();
  g_assert_cmpint (good, ==, error == NULL);
  if (error != NULL)
    g_assert_true (error->domain == LM_STORE_ERROR);
  if (!reached)
    g_assert_no_error (error);
  assert_all_there (scene);
  lm_store_reseal_stop (scene->test->store);
  finish (scene);
  return reached;
}

static void
test_faults (LmTestStore *test, gconstpointer data)
{
  static const struct
  {
    LmFault fault;
    int number;
  } tried[] = { { LM_FAULT_WRITE, ENOSPC },
                { LM_FAULT_FSYNC, EIO },
                { LM_FAULT_RENAMEAT, EIO },
                { LM_FAULT_RENAMEAT2, EIO },
                { LM_FAULT_UNLINKAT, EACCES } };
  /* Each takes a second or two: some of them by chance, or all. */
  gboolean all = g_getenv ("LEITMOTIF_PROOF") != NULL;
  Scene scene;
  guint n = 0;

  scene_set_up (&scene, test);
  for (guint i = 0; i < G_N_ELEMENTS (tried); i++)
    for (guint nth = all ? 1 : (guint) g_test_rand_int_range (1, 7);
         reseal_with_fault (&scene, tried[i].fault, nth, tried[i].number);
         nth += all ? 1 : 6)
      n++;
  g_test_message ("%u faults", n);
  g_assert_cmpuint (n, >, all ? 60 : 5);
  scene_clear (&scene);
}

/* A file system that cannot exchange names. */
static void
test_no_exchange (LmTestStore *test, gconstpointer data)
{
  Scene scene;

  scene_set_up (&scene, test);
  rotate (&scene);
  lm_fault_set_always (LM_FAULT_RENAMEAT2, EINVAL);
  finish (&scene);
  g_assert_true (lm_fault_clear ());
  scene_clear (&scene);
}

/* Meanwhile --------------------------------------------------------------------------- */

/* Somebody's newer file comes in the place of the record's. */
static void
put_theirs (gpointer data)
{
  Scene *scene = data;
  LmId id = lm_test_id (1), device = lm_test_id (50);
  g_autofree char *name = lm_test_file_name (&id);

  g_clear_pointer (&scene->theirs, g_bytes_unref);
  scene->theirs = lm_test_entry_saved (&id, "theirs", &device, 7);
  lm_test_put (scene->test, name, scene->theirs);
}

static void
take_away (gpointer data)
{
  Scene *scene = data;
  LmId id = lm_test_id (1);
  g_autofree char *name = lm_test_file_name (&id);
  g_autofree char *path = g_build_filename (scene->test->entries, name, NULL);

  g_unlink (path);
}

/* The attachment's file once more, as a sync tool brings it: another file of the same name. */
static void
put_attachment (gpointer data)
{
  Scene *scene = data;
  g_autofree char *name = g_strdup_printf ("%s.bin", lm_id_format (&scene->attachment->id).digits);
  g_autofree char *path = g_build_filename (scene->test->path, "attachments", name, NULL);
  g_autofree char *other = g_strconcat (path, ".tmp", NULL);
  g_autoptr (GBytes) file = lm_test_read (path);

  lm_test_write (other, file);
  g_assert_cmpint (g_rename (other, path), ==, 0);
}

static void
take_attachment_away (gpointer data)
{
  Scene *scene = data;
  g_autofree char *name = g_strdup_printf ("%s.bin", lm_id_format (&scene->attachment->id).digits);
  g_autofree char *path = g_build_filename (scene->test->path, "attachments", name, NULL);

  g_unlink (path);
}

/* At each of the exchanges in turn, on file systems that can exchange names and others: what others
 * write stays, what they take away stays away, and nothing of ours is left lying about. */
static void
seal_meanwhile (LmTestStore *test, LmFaultDo others, void (*assert_after) (Scene *scene))
{
  Scene scene;

  scene_set_up (&scene, test);
  /* Two records and an attachment are exchanged. */
  for (guint nth = 1; nth <= 3; nth++)
    {
      g_autoptr (GError) error = NULL;

      rotate (&scene);
      lm_fault_set_meanwhile (LM_FAULT_RENAMEAT2, nth, others, &scene);
      if (!reseal (&scene, &error))
        g_assert_no_error (error);
      g_assert_true (lm_fault_clear ());
      assert_after (&scene);
      lm_store_reseal_stop (test->store);
      g_assert_cmpuint (count_left_over (test), ==, 0);
      fill (&scene);
    }
  scene_clear (&scene);
}

static void
assert_theirs (Scene *scene)
{
  LmId id = lm_test_id (1);
  g_autofree char *name = lm_test_file_name (&id);
  g_autoptr (GBytes) now = lm_test_get (scene->test, name);

  g_assert_true (g_bytes_equal (now, scene->theirs));
  assert_attachment (scene);
}

static void
test_theirs (LmTestStore *test, gconstpointer data)
{
  seal_meanwhile (test, put_theirs, assert_theirs);
}

static void
assert_away (Scene *scene)
{
  LmId id = lm_test_id (1);
  g_autofree char *name = lm_test_file_name (&id);
  g_autofree char *path = g_build_filename (scene->test->entries, name, NULL);

  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  assert_attachment (scene);
}

static void
test_taken_away (LmTestStore *test, gconstpointer data)
{
  seal_meanwhile (test, take_away, assert_away);
}

static void
test_attachment_again (LmTestStore *test, gconstpointer data)
{
  seal_meanwhile (test, put_attachment, assert_attachment);
}

static void
assert_no_attachment (Scene *scene)
{
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();

  g_assert_false (
      lm_store_read_attachment (scene->test->store, scene->attachment, out, NULL, NULL));
}

static void
test_attachment_taken_away (LmTestStore *test, gconstpointer data)
{
  seal_meanwhile (test, take_attachment_away, assert_no_attachment);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_STORE_ADD ("/journal/reseal/faults", test_faults);
  LM_TEST_STORE_ADD ("/journal/reseal/no-exchange", test_no_exchange);
  LM_TEST_STORE_ADD ("/journal/reseal/theirs", test_theirs);
  LM_TEST_STORE_ADD ("/journal/reseal/taken-away", test_taken_away);
  LM_TEST_STORE_ADD ("/journal/reseal/attachment-again", test_attachment_again);
  LM_TEST_STORE_ADD ("/journal/reseal/attachment-taken-away", test_attachment_taken_away);
  return g_test_run ();
}
