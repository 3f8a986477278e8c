/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>

#include "base/lm-hardening.h"
#include "journal/lm-store-attachments.h"
#include "lm-test-attachment.h"
#include "lm-test-journal.h"

/* Sync tools copy the files of attachments, too. */

#define COPY "copia en conflicto.bin"

static LmAttachment *
add (LmTestStore *test, gsize size)
{
  g_autoptr (GBytes) text = lm_test_attachment_text (size);
  g_autoptr (GInputStream) in = g_memory_input_stream_new_from_bytes (text);
  g_autoptr (GError) error = NULL;
  LmAttachment *attachment =
      lm_store_add_attachment (test->store, in, size, "a.jpg", "image/jpeg", NULL, &error);

  g_assert_no_error (error);
  return attachment;
}

static char *
path_of (LmTestStore *test, const char *name)
{
  return g_build_filename (test->path, "attachments", name, NULL);
}

static char *
own_path (LmTestStore *test, const LmAttachment *attachment)
{
  g_autofree char *name = g_strdup_printf ("%s.bin", lm_id_format (&attachment->id).digits);

  return path_of (test, name);
}

/* The same text sealed anew, as on another computer after a rotation. */
static GBytes *
seal_anew (const LmAttachment *attachment, gsize size)
{
  g_autoptr (LmVault) vault = lm_test_vault (2);
  g_autoptr (GBytes) text = lm_test_attachment_text (size);
  g_autoptr (GInputStream) in = g_memory_input_stream_new_from_bytes (text);
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  LmAttachmentHash hash;

  g_assert_true (lm_attachment_seal (vault, &attachment->id, in, size, out, &hash, NULL, NULL));
  g_output_stream_close (out, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
}

static void
put_copy (LmTestStore *test, GBytes *file)
{
  g_autofree char *path = path_of (test, COPY);

  lm_test_write (path, file);
}

static gboolean
has_copy (LmTestStore *test)
{
  g_autofree char *path = path_of (test, COPY);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
assert_reads (LmTestStore *test, const LmAttachment *attachment)
{
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  g_assert_true (lm_store_read_attachment (test->store, attachment, out, NULL, &error));
  g_assert_no_error (error);
}

static LmRescan *
rescan (LmTestStore *test)
{
  g_autoptr (GError) error = NULL;
  LmRescan *found = lm_store_rescan (test->store, &error);

  g_assert_no_error (error);
  return found;
}

static void
assert_told (LmRescan *found)
{
  LmProblem *problem;

  g_assert_cmpuint (found->problems->len, ==, 1);
  problem = found->problems->pdata[0];
  g_assert_error (problem->error, LM_STORE_ERROR, LM_STORE_ERROR_ATTACHMENT_COPY);
  g_assert_cmpstr (problem->file, ==, "attachments/" COPY);
}

/* Byte for byte, or sealed with another salt: it goes without a word. */
static void
test_same (LmTestStore *test, gconstpointer data)
{
  static const gsize sizes[] = { 5000, 200000 };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (sizes); i++)
    {
      gsize size = sizes[i / 2];
      g_autoptr (LmAttachment) attachment = add (test, size);
      g_autofree char *own = own_path (test, attachment);
      g_autoptr (GBytes) before = lm_test_read (own), after = NULL;
      g_autoptr (GBytes) copy = i % 2 == 0 ? g_bytes_ref (before) : seal_anew (attachment, size);
      g_autoptr (LmRescan) found = NULL;

      put_copy (test, copy);
      found = rescan (test);
      g_assert_cmpuint (found->problems->len, ==, 0);
      g_assert_true (found->merged);
      g_assert_false (has_copy (test));
      after = lm_test_read (own);
      g_assert_true (g_bytes_equal (before, after));
    }
}

/* Another text, or a damaged one: both stay, and it is told, each time. */
static void
test_other (LmTestStore *test, gconstpointer data)
{
  g_autoptr (LmAttachment) attachment = add (test, 5000);
  g_autoptr (GBytes) other = seal_anew (attachment, 6000), cut = lm_test_slice (other, 300);
  GBytes *const files[] = { other, cut };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = path_of (test, COPY);
      g_autoptr (LmRescan) found = NULL, again = NULL;
      g_autoptr (GBytes) after = NULL;

      put_copy (test, files[i]);
      found = rescan (test);
      again = rescan (test);
      assert_told (found);
      assert_told (again);
      after = lm_test_read (path);
      g_assert_true (g_bytes_equal (after, files[i]));
      assert_reads (test, attachment);
    }
}

/* A tool took the file away and left the copy: that is the attachment. */
static void
test_only (LmTestStore *test, gconstpointer data)
{
  g_autoptr (LmAttachment) attachment = add (test, 5000);
  g_autofree char *own = own_path (test, attachment), *copy = path_of (test, COPY);
  g_autoptr (LmRescan) found = NULL;

  g_assert_cmpint (g_rename (own, copy), ==, 0);
  found = rescan (test);
  g_assert_cmpuint (found->problems->len, ==, 0);
  g_assert_false (has_copy (test));
  assert_reads (test, attachment);
}

/* The file is damaged and the copy is not: they change places, and both stay. */
static void
test_instead (LmTestStore *test, gconstpointer data)
{
  g_autoptr (LmAttachment) attachment = add (test, 5000);
  g_autofree char *own = own_path (test, attachment), *copy = path_of (test, COPY);
  g_autoptr (GBytes) good = lm_test_read (own), bad = lm_test_slice (good, 300), left = NULL;
  g_autoptr (LmRescan) found = NULL;

  lm_test_write (own, bad);
  put_copy (test, good);
  found = rescan (test);
  assert_told (found);
  assert_reads (test, attachment);
  left = lm_test_read (copy);
  g_assert_true (g_bytes_equal (left, bad));
}

/* What is no attachment of this journal is nobody's to judge. */
static void
test_foreign (LmTestStore *test, gconstpointer data)
{
  g_autoptr (LmAttachment) attachment = add (test, 5000);
  g_autoptr (GBytes) file = lm_test_bytes ("milk, eggs");
  g_autoptr (LmRescan) found = NULL;

  put_copy (test, file);
  found = rescan (test);
  g_assert_cmpuint (found->problems->len, ==, 0);
  g_assert_true (has_copy (test));
}

/* Deleted for good means the copies of it, too. */
static void
test_purge (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmAttachment) attachment = add (test, 5000), other = add (test, 5000);
  g_autoptr (GBytes) copy = seal_anew (attachment, 6000), kept = seal_anew (other, 6000);
  g_autofree char *second = path_of (test, "kept.bin"), *folder = path_of (test, "");
  g_autoptr (LmContent) content = lm_test_content ("");
  g_autoptr (LmRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  put_copy (test, copy);
  lm_test_write (second, kept);
  lm_content_add_attachment (content, attachment);
  record = lm_store_save (test->store, &id, content, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (lm_store_purge (test->store, &id, &record->hash, TRUE, &error));
  g_assert_no_error (error);
  g_assert_false (has_copy (test));
  g_assert_cmpuint (lm_test_count (folder, ".bin"), ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_STORE_ADD ("/journal/attachment-copies/same", test_same);
  LM_TEST_STORE_ADD ("/journal/attachment-copies/other", test_other);
  LM_TEST_STORE_ADD ("/journal/attachment-copies/only", test_only);
  LM_TEST_STORE_ADD ("/journal/attachment-copies/instead", test_instead);
  LM_TEST_STORE_ADD ("/journal/attachment-copies/foreign", test_foreign);
  LM_TEST_STORE_ADD ("/journal/attachment-copies/purge", test_purge);
  return g_test_run ();
}
