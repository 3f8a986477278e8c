/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/lm-hardening.h"
#include "base/lm-json.h"
#include "journal/lm-store-attachments.h"
#include "lm-test-attachment.h"
#include "lm-test-faults.h"
#include "lm-test-journal.h"

/* Files that belong to entries: kept durably, named when they are damaged, and never removed while
 * anything names them. */

static char *
folder_of (LmTestStore *test)
{
  return g_build_filename (test->path, "attachments", NULL);
}

static char *
path_of (LmTestStore *test, const LmId *id)
{
  g_autofree char *name = g_strdup_printf ("%s.bin", lm_id_format (id).digits);

  return g_build_filename (test->path, "attachments", name, NULL);
}

static LmAttachment *
try_add (LmTestStore *test, gsize size, GError **error)
{
  g_autoptr (GBytes) text = lm_test_attachment_text (size);
  g_autoptr (GInputStream) in = g_memory_input_stream_new_from_bytes (text);

  return lm_store_add_attachment (test->store, in, size, "a.jpg", "image/jpeg", NULL, error);
}

static LmAttachment *
add (LmTestStore *test, gsize size)
{
  g_autoptr (GError) error = NULL;
  LmAttachment *attachment = try_add (test, size, &error);

  g_assert_no_error (error);
  g_assert_nonnull (attachment);
  return attachment;
}

static GBytes *
read_one (LmTestStore *test, const LmAttachment *attachment, GError **error)
{
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  gboolean good = lm_store_read_attachment (test->store, attachment, out, NULL, error);

  g_output_stream_close (out, NULL, NULL);
  return good ? g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out)) : NULL;
}

static LmRecord *
save_with (LmTestStore *test, const LmId *id, const LmAttachment *attachment, LmRecord *base)
{
  g_autoptr (LmContent) content = base != NULL ? lm_record_content (base) : lm_test_content ("");
  g_autoptr (GError) error = NULL;
  LmRecord *record;

  lm_content_add_attachment (content, attachment);
  record = lm_store_save (test->store, id, content, base, NULL, &error);
  g_assert_no_error (error);
  return record;
}

static void
test_round_trip (LmTestStore *test, gconstpointer data)
{
  static const gsize sizes[] = { 0, 1, 5000, 65536, 200000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (LmAttachment) attachment = add (test, sizes[i]);
      g_autoptr (GBytes) text = lm_test_attachment_text (sizes[i]);
      g_autofree char *path = path_of (test, &attachment->id);
      g_autofree char *folder = folder_of (test);
      g_autoptr (GBytes) opened = NULL;
      g_autoptr (GError) error = NULL;
      GStatBuf info;

      g_assert_cmpint (g_stat (path, &info), ==, 0);
      g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
      g_assert_cmpuint ((guint64) info.st_size, ==, lm_attachment_sealed_size (sizes[i]));
      g_assert_cmpuint (lm_test_count (folder, ".bin"), ==, i + 1);
      g_assert_cmpuint (lm_test_count (folder, ".part"), ==, 0);
      opened = read_one (test, attachment, &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (opened, text));
    }
}

/* What an entry says of its attachments: added, taken out, put back, renamed; the rest is kept. */
static void
test_list (void)
{
  g_autoptr (LmContent) content = lm_test_content ("");
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GBytes) before = NULL, after = NULL;
  g_autoptr (JsonNode) taken = NULL;
  LmId id = lm_test_id (1);
  guint place;

  for (guint i = 0; i < 3; i++)
    {
      LmAttachment attachment = { lm_test_id (i),
                                  (char *) "photo",
                                  (char *) "image/png",
                                  (char *) (i == 1 ? "the garden" : ""),
                                  10 + i,
                                  { { 0 } } };

      lm_content_add_attachment (content, &attachment);
    }
  g_assert_false (lm_content_is_empty (content));
  json_object_set_string_member (
      lm_json_at_object (lm_json_get_array (lm_content_json (content), "attachments"), 1),
      "newer",
      "kept");
  before = lm_content_write (content);
  taken = lm_content_take_attachment (content, &id, &place);
  g_assert_cmpuint (place, ==, 1);
  list = lm_content_list_attachments (content);
  g_assert_cmpuint (list->len, ==, 2);
  lm_content_put_attachment (content, taken, place);
  after = lm_content_write (content);
  g_assert_true (g_bytes_equal (before, after));
  g_assert_null (lm_content_take_attachment (content, &(LmId) { { 9 } }, &place));

  lm_content_rename_attachment (content, &id, "summer", "");
  g_clear_pointer (&list, g_ptr_array_unref);
  list = lm_content_list_attachments (content);
  g_assert_cmpstr (((LmAttachment *) list->pdata[1])->name, ==, "summer");
  g_assert_cmpstr (((LmAttachment *) list->pdata[1])->description, ==, "");
  g_assert_cmpstr (
      lm_json_get_string (
          lm_json_at_object (lm_json_get_array (lm_content_json (content), "attachments"), 1),
          "newer"),
      ==,
      "kept");
}

/* The entry is readable whatever becomes of its attachment, and nothing false is shown. */
static void
test_damaged (LmTestStore *test, gconstpointer data)
{
  g_autoptr (LmAttachment) first = add (test, 5000), second = add (test, 5000);
  g_autofree char *path = path_of (test, &first->id);
  g_autofree char *other_path = path_of (test, &second->id);
  g_autoptr (GBytes) good = lm_test_read (path);
  g_autoptr (GBytes) other = lm_test_read (other_path);
  g_autoptr (GBytes) shorter = lm_test_slice (good, g_bytes_get_size (good) - 1);
  guint8 *bytes = g_memdup2 (g_bytes_get_data (good, NULL), g_bytes_get_size (good));
  g_autoptr (GBytes) flipped = g_bytes_new_take (bytes, g_bytes_get_size (good));
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) record = save_with (test, &id, first, NULL);
  GBytes *const states[] = { shorter, flipped, other, NULL };

  bytes[100] ^= 1;
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) opened = NULL;
      g_autoptr (LmRecord) read = NULL;

      if (states[i] != NULL)
        lm_test_write (path, states[i]);
      else
        g_assert_cmpint (g_unlink (path), ==, 0);
      opened = read_one (test, first, &error);
      g_assert_null (opened);
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, lm_id_format (&first->id).digits));
      g_clear_error (&error);
      read = lm_store_read (test->store, &id, &error);
      g_assert_no_error (error);
      g_assert_nonnull (read);
    }
  lm_test_write (path, good);
}

static void
test_limits (LmTestStore *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) in = g_memory_input_stream_new ();

  g_assert_null (lm_store_add_attachment (test->store,
                                          in,
                                          LM_ATTACHMENT_BYTES_MAX + 1,
                                          "a",
                                          "b",
                                          NULL,
                                          &error));
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_TOO_LARGE);
}

/* Whatever call fails: an error, nothing half-made is left, and nothing that was there is lost. */
static void
test_faults (LmTestStore *test, gconstpointer data)
{
  static const LmFault faults[] = { LM_FAULT_FALLOCATE,
                                    LM_FAULT_WRITE,
                                    LM_FAULT_FSYNC,
                                    LM_FAULT_RENAMEAT2 };
  static const int numbers[] = { EIO, ENOSPC, EDQUOT, EROFS, EACCES };
  g_autoptr (LmAttachment) old = add (test, 70000);
  g_autofree char *folder = folder_of (test);
  guint cases = 0;

  for (guint f = 0; f < G_N_ELEMENTS (faults); f++)
    for (guint n = 0; n < G_N_ELEMENTS (numbers); n++)
      for (guint nth = 1; nth < 6; nth++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (LmAttachment) attachment = NULL;
          gboolean reached;

          lm_fault_set (faults[f], nth, numbers[n]);
          attachment = try_add (test, 140000, &error);
          reached = lm_fault_clear ();
          if (!reached)
            break;
          cases++;
          /* Not every file system can reserve. */
          if (faults[f] == LM_FAULT_FALLOCATE && numbers[n] != ENOSPC && numbers[n] != EDQUOT)
            continue;
          g_assert_null (attachment);
          g_assert_nonnull (error);
          g_assert_cmpuint (lm_test_count (folder, ".part"), ==, 0);
        }
  g_assert_cmpuint (cases, >=, 20);
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) opened = read_one (test, old, &error);

    g_assert_no_error (error);
  }
}

/* An attachment is there when the function returns: file synced, then named, then the folder. */
static void
test_order (LmTestStore *test, gconstpointer data)
{
  g_autoptr (LmAttachment) first = add (test, 10);
  g_autoptr (LmAttachment) second = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  GString *order = g_string_new (NULL);
  g_autofree char *text = NULL;

  lm_fault_begin_notes ();
  second = add (test, 10);
  notes = lm_fault_end_notes ();
  for (guint i = 0; i < notes->len; i++)
    if (g_str_has_prefix (notes->pdata[i], "fsync"))
      g_string_append (order, "fsync ");
    else if (g_str_has_prefix (notes->pdata[i], "renameat2"))
      g_string_append (order, "rename ");
  text = g_string_free (order, FALSE);
  g_assert_cmpstr (text, ==, "fsync rename fsync ");
}

static void
set_day (LmTestStore *test, guint day)
{
  g_autoptr (GDateTime) begin = g_date_time_new_utc (2026, 11, 24, 12, 0, 0);
  g_autoptr (GDateTime) time = g_date_time_add_days (begin, (int) day);

  lm_clock_set (test->clock, time);
}

static guint
tidy (LmTestStore *test)
{
  g_autoptr (GError) error = NULL;
  guint removed;

  g_assert_true (lm_store_tidy_attachments (test->store, &removed, &error));
  g_assert_no_error (error);
  return removed;
}

static void
test_tidy (LmTestStore *test, gconstpointer data)
{
  g_autoptr (LmAttachment) used = add (test, 10), lost = add (test, 20), drafted = add (test, 30);
  g_autoptr (LmAttachment) former = add (test, 40);
  LmId id = lm_test_id (1), other = lm_test_id (2), third = lm_test_id (3);
  g_autoptr (LmRecord) record = save_with (test, &id, used, NULL);
  g_autoptr (LmRecord) had = save_with (test, &third, former, NULL);
  g_autoptr (LmRecord) now = NULL;
  g_autoptr (GBytes) strange = lm_test_bytes ("not a record");
  g_autoptr (LmContent) draft = lm_test_content ("x"), without = lm_record_content (had);
  g_autoptr (GError) error = NULL;
  g_autofree char *lost_path = path_of (test, &lost->id);
  g_autofree char *folder = folder_of (test);
  guint place;

  /* What other programs leave beside the entries says nothing of attachments. */
  lm_test_put (test, "Thumbs.db", strange);
  lm_test_put (test, "ab/notes.txt", strange);
  lm_content_add_attachment (draft, drafted);
  g_assert_true (lm_store_save_draft (test->store, &other, draft, NULL, &error));
  /* Only a version still names it. */
  json_node_unref (lm_content_take_attachment (without, &former->id, &place));
  now = lm_store_save (test->store, &third, without, had, NULL, &error);
  g_assert_no_error (error);

  /* A clock that jumps by years is one date, and one day counts once. */
  for (guint day = 0; day < 400; day += 400)
    for (guint i = 0; i < 50; i++)
      {
        set_day (test, day);
        g_assert_cmpuint (tidy (test), ==, 0);
      }
  set_day (test, 5000);
  g_assert_cmpuint (tidy (test), ==, 0);
  for (guint day = 1; day < 30; day++)
    {
      set_day (test, 5000 + day);
      g_assert_cmpuint (tidy (test), ==, 0);
      if (day == 10)
        lm_test_store_reopen (test);
    }
  g_assert_true (g_file_test (lost_path, G_FILE_TEST_EXISTS));
  set_day (test, 5030);
  g_assert_cmpuint (tidy (test), ==, 1);
  g_assert_false (g_file_test (lost_path, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (lm_test_count (folder, ".bin"), ==, 3);
}

/* A file that does not open may name anything: nothing is counted, nothing goes. */
static void
test_tidy_unreadable (LmTestStore *test, gconstpointer data)
{
  g_autoptr (LmAttachment) lost = add (test, 20);
  g_autoptr (GBytes) junk = lm_test_bytes ("{}");

  lm_test_put (test, "broken.json", junk);
  for (guint day = 0; day < 40; day++)
    {
      set_day (test, day);
      g_assert_cmpuint (tidy (test), ==, 0);
    }
}

/* The count begins again when something names it in between. */
static void
test_tidy_named_again (LmTestStore *test, gconstpointer data)
{
  g_autoptr (LmAttachment) lost = add (test, 20);
  g_autoptr (LmRecord) record = NULL;
  LmId id = lm_test_id (1);

  for (guint day = 0; day < 20; day++)
    {
      set_day (test, day);
      g_assert_cmpuint (tidy (test), ==, 0);
    }
  record = save_with (test, &id, lost, NULL);
  for (guint day = 20; day < 80; day++)
    {
      set_day (test, day);
      g_assert_cmpuint (tidy (test), ==, 0);
    }
}

/* A copy outside: whole, or what was there before. */
static void
test_copy (LmTestStore *test, gconstpointer data)
{
  g_autoptr (LmAttachment) attachment = add (test, 200000);
  g_autoptr (GBytes) text = lm_test_attachment_text (200000);
  g_autofree char *folder = lm_test_make_folder ("outside");
  g_autofree char *path = g_build_filename (folder, "photo.jpg", NULL);
  g_autofree char *sealed = path_of (test, &attachment->id);
  g_autoptr (GBytes) copy = NULL, again = NULL, file = lm_test_read (sealed);
  g_autoptr (GBytes) shorter = lm_test_slice (file, g_bytes_get_size (file) - 1);
  g_autoptr (GError) error = NULL;

  g_assert_true (lm_store_copy_attachment (test->store, attachment, path, NULL, &error));
  g_assert_no_error (error);
  copy = lm_test_read (path);
  g_assert_true (g_bytes_equal (copy, text));
  lm_test_write (sealed, shorter);
  g_assert_false (lm_store_copy_attachment (test->store, attachment, path, NULL, &error));
  g_assert_nonnull (error);
  again = lm_test_read (path);
  g_assert_true (g_bytes_equal (again, text));
  g_assert_cmpuint (lm_test_count (folder, ".part"), ==, 0);
}

/* A folder or a disk that does not take it: an error, and what was there is as it was. */
static void
test_copy_faults (LmTestStore *test, gconstpointer data)
{
  static const LmFault faults[] = { LM_FAULT_WRITE, LM_FAULT_FSYNC, LM_FAULT_RENAMEAT };
  static const int numbers[] = { EIO, ENOSPC };
  g_autoptr (LmAttachment) attachment = add (test, 200000);
  g_autofree char *folder = lm_test_make_folder ("outside");
  g_autofree char *path = g_build_filename (folder, "photo.jpg", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "none", "photo.jpg", NULL);
  g_autofree char *taken = g_build_filename (folder, "taken", NULL);
  g_autoptr (GBytes) before = lm_test_bytes ("another photo");
  g_autoptr (GError) none = NULL, is_folder = NULL;
  guint reached = 0;

  lm_test_write (path, before);
  for (guint f = 0; f < G_N_ELEMENTS (faults); f++)
    for (guint n = 0; n < G_N_ELEMENTS (numbers); n++)
      for (guint nth = 1;; nth++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (GBytes) now = NULL;
          gboolean good;

          lm_fault_set (faults[f], nth, numbers[n]);
          good = lm_store_copy_attachment (test->store, attachment, path, NULL, &error);
          if (!lm_fault_clear ())
            {
              g_assert_no_error (error);
              lm_test_write (path, before);
              break;
            }
          reached++;
          g_assert_false (good);
          g_assert_nonnull (error);
          g_assert_cmpuint (lm_test_count (folder, ".part"), ==, 0);
          now = lm_test_read (path);
          /* Only the folder's own sync comes after the new name. */
          g_assert_true (g_bytes_equal (now, before) || (faults[f] == LM_FAULT_FSYNC && nth == 2));
          lm_test_write (path, before);
        }
  g_assert_cmpuint (reached, >, 6);
  g_assert_false (lm_store_copy_attachment (test->store, attachment, nowhere, NULL, &none));
  g_assert_error (none, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND);
  g_assert_cmpint (g_mkdir (taken, 0700), ==, 0);
  g_assert_false (lm_store_copy_attachment (test->store, attachment, taken, NULL, &is_folder));
  g_assert_nonnull (is_folder);
  g_assert_cmpuint (lm_test_count (folder, ".part"), ==, 0);
}

/* In the place of the folder lies something else, which stays: there is nothing to remove, and
 * nothing can be added. */
static void
test_no_folder (LmTestStore *test, gconstpointer data)
{
  LmId none = lm_test_id (77);
  g_autoptr (GBytes) note = lm_test_bytes ("somebody's");
  g_autofree char *folder = folder_of (test);
  g_autoptr (GError) removing = NULL, adding = NULL;

  lm_test_write (folder, note);
  g_assert_true (lm_store_remove_attachment (test->store, &none, &removing));
  g_assert_no_error (removing);
  g_assert_null (try_add (test, 10, &adding));
  g_assert_true (adding->domain == LM_STORE_ERROR);
  g_assert_true (lm_store_tidy_attachments (test->store, NULL, NULL));
  g_assert_true (g_file_test (folder, G_FILE_TEST_IS_REGULAR));
}

static void
test_remove (LmTestStore *test, gconstpointer data)
{
  LmId none = lm_test_id (77);
  g_autoptr (GError) error = NULL;
  g_autoptr (LmAttachment) one = NULL;
  g_autofree char *folder = folder_of (test);

  g_assert_true (lm_store_remove_attachment (test->store, &none, &error));
  one = add (test, 10);
  g_assert_true (lm_store_remove_attachment (test->store, &none, &error));
  g_assert_cmpuint (lm_test_count (folder, ".bin"), ==, 1);
  g_assert_true (lm_store_remove_attachment (test->store, &one->id, &error));
  g_assert_cmpuint (lm_test_count (folder, ".bin"), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  g_test_add_func ("/journal/attachments/list", test_list);
  LM_TEST_STORE_ADD ("/journal/attachments/round-trip", test_round_trip);
  LM_TEST_STORE_ADD ("/journal/attachments/damaged", test_damaged);
  LM_TEST_STORE_ADD ("/journal/attachments/limits", test_limits);
  LM_TEST_STORE_ADD ("/journal/attachments/faults", test_faults);
  LM_TEST_STORE_ADD ("/journal/attachments/order", test_order);
  LM_TEST_STORE_ADD ("/journal/attachments/tidy", test_tidy);
  LM_TEST_STORE_ADD ("/journal/attachments/tidy-unreadable", test_tidy_unreadable);
  LM_TEST_STORE_ADD ("/journal/attachments/tidy-named-again", test_tidy_named_again);
  LM_TEST_STORE_ADD ("/journal/attachments/copy", test_copy);
  LM_TEST_STORE_ADD ("/journal/attachments/copy-faults", test_copy_faults);
  LM_TEST_STORE_ADD ("/journal/attachments/no-folder", test_no_folder);
  LM_TEST_STORE_ADD ("/journal/attachments/remove", test_remove);
  return g_test_run ();
}
