/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "exchange/lm-export-files.h"
#include "journal/lm-file.h"
#include "journal/lm-store-error.h"

/* Attachments as plain files. Their names come from other computers and other people: they lead
 * nowhere else, they look like what they are, and they can be written on a memory stick too. */

/* Bytes of a name; some file systems take no more than 143, and a number may come behind it. */
#define NAME_MAX_BYTES      120
#define EXTENSION_MAX_BYTES 16

struct _LmExportFiles
{
  int parent;
  int folder; /* -1 until there is a first attachment */
  const LmExportSource *source;
  GPtrArray *problems;
  GHashTable *taken; /* names, as a file system may compare them */
  GHashTable *names; /* id and hash → path inside the export; "" for one that could not be read */
};

/* Writing --------------------------------------------------------------------------------------
 */

/* A stream that remembers why writing failed. What comes out of the reader may be the trouble of
 * the attachment or that of the disk, and the two are told apart here: one bad attachment is named
 * and the export goes on, a full disk ends it. */

#define LM_TYPE_EXPORT_STREAM (lm_export_stream_get_type ())
G_DECLARE_FINAL_TYPE (LmExportStream, lm_export_stream, LM, EXPORT_STREAM, GOutputStream)

struct _LmExportStream
{
  GOutputStream parent_instance;

  int file;
  int number; /* of errno; 0 as long as all went well */
};

G_DEFINE_FINAL_TYPE (LmExportStream, lm_export_stream, G_TYPE_OUTPUT_STREAM)

static gssize
lm_export_stream_write (
    GOutputStream *stream, const void *data, gsize size, GCancellable *cancellable, GError **error)
{
  LmExportStream *self = LM_EXPORT_STREAM (stream);
  gssize n;

  do
    n = write (self->file, data, size);
  while (n < 0 && errno == EINTR);
  if (n == 0 && size > 0)
    {
      errno = EIO;
      n = -1;
    }
  if (n < 0)
    {
      self->number = errno;
      lm_file_set_error (error, errno, "export");
    }
  return n;
}

static void
lm_export_stream_class_init (LmExportStreamClass *klass)
{
  G_OUTPUT_STREAM_CLASS (klass)->write_fn = lm_export_stream_write;
}

static void
lm_export_stream_init (LmExportStream *self)
{
}

/* Returns: 0, or errno; then @error is set */
static int
fail (GError **error, int number, const char *name)
{
  g_clear_error (error);
  lm_file_set_error (error, number, name);
  return number;
}

/* Writes @attachment as @name. Returns: 0 if it is there; a number of errno if the disk failed; -1
 * if the attachment could not be read. Without 0 nothing is left. */
static int
write_one (LmExportFiles *files, const LmAttachment *attachment, const char *name, GError **error)
{
  int file =
      openat (files->folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  g_autoptr (LmExportStream) out = NULL;
  int result = 0;

  if (file < 0)
    return fail (error, errno, name);
  out = g_object_new (LM_TYPE_EXPORT_STREAM, NULL);
  out->file = file;
  /* No room is reserved: the size is only what an entry says. */
  if (!files->source->read (attachment, G_OUTPUT_STREAM (out), files->source->data, error))
    result = out->number != 0 ? fail (error, out->number, name) : -1;
  if (result == 0 && fsync (file) != 0)
    result = fail (error, errno, name);
  if (close (file) != 0 && result == 0)
    result = fail (error, errno, name);
  if (result != 0)
    unlinkat (files->folder, name, 0);
  return result;
}

/* Names ------------------------------------------------------------------------------------------
 */

static gboolean
is_harmless (gunichar c)
{
  /* What steers the direction of text can make "gpj.exe" look like "exe.jpg". */
  if (g_unichar_iscntrl (c) || g_unichar_type (c) == G_UNICODE_FORMAT ||
      g_unichar_type (c) == G_UNICODE_LINE_SEPARATOR ||
      g_unichar_type (c) == G_UNICODE_PARAGRAPH_SEPARATOR)
    return FALSE;
  return c >= 0x80 || strchr ("/\\<>:\"|?*", (int) c) == NULL;
}

/* Some systems know devices by these names, whatever comes behind the dot. */
static gboolean
is_device (const char *name)
{
  static const char *const devices[] = { "con", "prn", "aux", "nul", "com", "lpt" };
  gsize length = strcspn (name, ".");

  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    if (g_ascii_strncasecmp (name, devices[i], 3) == 0 &&
        (i < 4 ? length == 3 : length == 4 && g_ascii_isdigit (name[3])))
      return TRUE;
  return FALSE;
}

/* Cuts @name to @bytes, between characters. */
static void
cut (GString *name, gsize bytes)
{
  if (name->len <= bytes)
    return;
  while (bytes > 0 && ((guchar) name->str[bytes] & 0xC0) == 0x80)
    bytes--;
  g_string_truncate (name, bytes);
}

/* Returns: where the extension begins, with its dot; the end of @name if it has none */
static const char *
extension_of (const char *name)
{
  const char *dot = strrchr (name, '.');

  return dot != NULL && dot != name && strlen (dot) <= EXTENSION_MAX_BYTES ? dot
                                                                           : name + strlen (name);
}

static char *
with_number (const char *name, guint number)
{
  const char *extension = extension_of (name);

  return number == 1
             ? g_strdup (name)
             : g_strdup_printf ("%.*s %u%s", (int) (extension - name), name, number, extension);
}

/**
 * lm_export_safe_name:
 * @name: as an entry gives it; may be anything
 *
 * Returns: (transfer full): a name for a file that is as near to @name as it is safe: one that
 *   leads nowhere, is not hidden, is not too long and is taken by every common file system
 */
char *
lm_export_safe_name (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_autofree char *composed = g_utf8_normalize (valid, -1, G_NORMALIZE_NFC);
  GString *safe = g_string_new (NULL);
  g_autofree char *extension = NULL;

  for (const char *at = composed; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isspace (c))
        c = ' ';
      /* Neither hidden, nor up, nor the option of a command. */
      if (safe->len == 0 && (c == '.' || c == ' ' || c == '-'))
        continue;
      if (is_harmless (c))
        g_string_append_unichar (safe, c);
      else if (safe->len > 0)
        g_string_append_c (safe, '_');
    }
  extension = g_strdup (extension_of (safe->str));
  g_string_truncate (safe, safe->len - strlen (extension));
  cut (safe, NAME_MAX_BYTES - strlen (extension));
  g_string_append (safe, extension);
  while (safe->len > 0 && strchr (". ", safe->str[safe->len - 1]) != NULL)
    g_string_truncate (safe, safe->len - 1);
  if (safe->len == 0)
    g_string_assign (safe, "file");
  if (is_device (safe->str))
    g_string_prepend_c (safe, '_');
  return g_string_free (safe, FALSE);
}

/* Returns: (transfer full): a name that no other attachment has, also where "A" is the same as "a"
 */
static char *
take_name (LmExportFiles *files, const char *wanted)
{
  g_autofree char *safe = lm_export_safe_name (wanted);

  for (guint n = 1;; n++)
    {
      g_autofree char *name = with_number (safe, n);
      g_autofree char *folded = g_utf8_casefold (name, -1);
      char *compared = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);

      if (g_hash_table_add (files->taken, compared))
        return g_steal_pointer (&name);
    }
}

/* The whole ------------------------------------------------------------------------------------ */

static char *
key_of (const LmAttachment *attachment)
{
  g_autofree char *hash = g_base64_encode (attachment->hash.bytes, sizeof attachment->hash.bytes);

  return g_strconcat (lm_id_format (&attachment->id).digits, hash, NULL);
}

/**
 * lm_export_files_new:
 * @folder: of the export; stays the caller's
 * @source: as of lm_export_run ()
 * @problems: (element-type LmExportProblem): takes what could not be read
 */
LmExportFiles *
lm_export_files_new (int folder, const LmExportSource *source, GPtrArray *problems)
{
  LmExportFiles *files = g_new0 (LmExportFiles, 1);

  files->parent = folder;
  files->folder = -1;
  files->source = source;
  files->problems = problems;
  files->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  files->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return files;
}

void
lm_export_files_free (LmExportFiles *files)
{
  if (files->folder >= 0)
    close (files->folder);
  g_hash_table_unref (files->taken);
  g_hash_table_unref (files->names);
  g_free (files);
}

/* Whether the export has to end: the person stopped it, or the journal was locked. */
static gboolean
is_final (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

/**
 * lm_export_files_write:
 * @failed: (out) (optional): the file that could not be written, if that was the reason
 *
 * Writes an attachment, if it is not there yet. One that cannot be read is noted, and that is no
 * failure.
 */
gboolean
lm_export_files_write (LmExportFiles *files,
                       const LmAttachment *attachment,
                       char **failed,
                       GError **error)
{
  g_autofree char *key = key_of (attachment);
  g_autofree char *name = NULL;
  g_autoptr (GError) local = NULL;
  int result;

  if (g_hash_table_contains (files->names, key))
    return TRUE;
  if (files->folder < 0)
    files->folder = lm_file_make_folder (files->parent, LM_EXPORT_ATTACHMENTS, error);
  if (files->folder < 0)
    return FALSE;
  name = take_name (files, attachment->name);
  result = write_one (files, attachment, name, &local);
  if (result == 0)
    {
      g_hash_table_insert (files->names,
                           g_steal_pointer (&key),
                           g_build_filename (LM_EXPORT_ATTACHMENTS, name, NULL));
      return TRUE;
    }
  if (result > 0 || is_final (local))
    {
      if (failed != NULL && result > 0)
        *failed = g_steal_pointer (&name);
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  g_hash_table_insert (files->names, g_steal_pointer (&key), g_strdup (""));
  g_ptr_array_add (files->problems, lm_export_problem_new (name, g_steal_pointer (&local)));
  return TRUE;
}

gboolean
lm_export_files_sync (LmExportFiles *files, GError **error)
{
  return files->folder < 0 || lm_file_sync_folder (files->folder, LM_EXPORT_ATTACHMENTS, error);
}

/* Returns: (nullable): the path inside the export; %NULL if it was not, or could not be, written */
const char *
lm_export_files_find (LmExportFiles *files, const LmAttachment *attachment)
{
  g_autofree char *key = key_of (attachment);
  const char *path = g_hash_table_lookup (files->names, key);

  return path != NULL && path[0] != '\0' ? path : NULL;
}
