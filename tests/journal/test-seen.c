/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "base/lm-hardening.h"
#include "base/lm-json.h"
#include "journal/lm-file.h"
#include "journal/lm-saves.h"
#include "journal/lm-seen.h"
#include "journal/lm-store-error.h"
#include "lm-test-vault.h"

typedef struct
{
  LmVault *vault;
  LmLocal *local;
  char *path; /* of the file */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = NULL;
  LmId journal = lm_test_journal ();

  umask (0);
  fixture->vault = lm_test_vault (2);
  fixture->local = lm_local_open (&journal, NULL);
  folder = lm_local_path (&journal);
  fixture->path = g_build_filename (folder, "seen.json", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  lm_vault_unref (fixture->vault);
  lm_local_close (fixture->local);
  g_free (fixture->path);
}

static void
write_seen (Fixture *fixture, LmSeen *seen)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (lm_seen_write (seen, fixture->local, fixture->vault, &error));
  g_assert_no_error (error);
}

/* The device id after loading, and writing what is new. */
static LmId
load_device (Fixture *fixture)
{
  g_autoptr (LmSeen) seen = lm_seen_load (fixture->local, fixture->vault);

  write_seen (fixture, seen);
  return *lm_seen_device (seen);
}

static JsonObject *
read_root (Fixture *fixture)
{
  g_autoptr (GBytes) file = lm_test_read (fixture->path);
  g_autoptr (GError) error = NULL;
  LmId journal = lm_test_journal (), inside;
  g_autoptr (GBytes) payload = lm_vault_open (fixture->vault, LM_SEAL_SEEN, file, &inside, &error);

  g_assert_no_error (error);
  g_assert_true (lm_id_equal (&inside, &journal));
  return lm_json_parse (g_bytes_get_data (payload, NULL), g_bytes_get_size (payload), NULL);
}

static void
write_root (Fixture *fixture, JsonObject *root)
{
  gsize length;
  char *text = lm_json_write (root, &length);
  g_autoptr (GBytes) payload = g_bytes_new_take (text, length), file = NULL;
  LmId journal = lm_test_journal ();

  file = lm_vault_seal (fixture->vault, LM_SEAL_SEEN, &journal, payload, NULL);
  lm_test_write (fixture->path, file);
}

static LmRecord *
make_record (guint number, const char *text)
{
  g_autoptr (GBytes) payload = lm_test_bytes (text);
  LmId id = lm_test_id (number);

  return lm_record_read (&id, payload, NULL);
}

static void
test_device_kept (Fixture *fixture, gconstpointer data)
{
  LmId first = load_device (fixture), second = load_device (fixture);
  struct stat info;

  g_assert_false (lm_id_is_null (&first));
  g_assert_true (lm_id_equal (&first, &second));
  g_assert_cmpint (g_lstat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode, ==, S_IFREG | 0600);
}

/* Without the file it is a new computer. */
static void
test_device_new (Fixture *fixture, gconstpointer data)
{
  LmId first = load_device (fixture), second;

  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  second = load_device (fixture);
  g_assert_false (lm_id_equal (&first, &second));
}

/* A home folder that was copied to another machine. */
static void
test_device_other_machine (Fixture *fixture, gconstpointer data)
{
  LmId first = load_device (fixture), second, third;
  g_autoptr (JsonObject) root = read_root (fixture);

  json_object_set_string_member (root, "machine", "00000000000000000000000000000000");
  json_object_set_string_member (root, "folder", "/kept");
  write_root (fixture, root);
  second = load_device (fixture);
  third = load_device (fixture);
  g_assert_false (lm_id_equal (&first, &second));
  g_assert_true (lm_id_equal (&second, &third));
  g_clear_pointer (&root, json_object_unref);
  root = read_root (fixture);
  g_assert_cmpstr (lm_json_get_string (root, "folder"), ==, "/kept");
}

static void
test_device_malformed (Fixture *fixture, gconstpointer data)
{
  LmId first = load_device (fixture), second;
  g_autoptr (JsonObject) root = read_root (fixture);

  json_object_set_string_member (root, "device", "laptop");
  write_root (fixture, root);
  second = load_device (fixture);
  g_assert_false (lm_id_equal (&first, &second));
}

/* Whatever lies there and does not open, this is a new computer, and says no more than that. */
static void
assert_new_device (Fixture *fixture, const LmId *before, GBytes *file)
{
  LmId after, again;

  lm_test_write (fixture->path, file);
  after = load_device (fixture);
  again = load_device (fixture);
  g_assert_false (lm_id_equal (before, &after));
  g_assert_true (lm_id_equal (&after, &again));
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  LmId before = load_device (fixture), journal = lm_test_journal (), other_journal = lm_test_id (1);
  g_autoptr (LmMasterKeys) keys = lm_test_keys (2);
  g_autoptr (LmVault) foreign = lm_vault_new (&other_journal, keys);
  g_autoptr (GBytes) good = lm_test_read (fixture->path), empty = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) cut = lm_test_slice (good, g_bytes_get_size (good) / 2);
  g_autoptr (GBytes) object = lm_test_bytes ("{}"), list = lm_test_bytes ("[]");
  g_autoptr (GBytes) no_object = lm_vault_seal (fixture->vault, LM_SEAL_SEEN, &journal, list, NULL);
  g_autoptr (GBytes) as_draft =
      lm_vault_seal (fixture->vault, LM_SEAL_DRAFT, &journal, object, NULL);
  g_autoptr (GBytes) elsewhere =
      lm_vault_seal (foreign, LM_SEAL_SEEN, &other_journal, object, NULL);

  assert_new_device (fixture, &before, empty);
  assert_new_device (fixture, &before, cut);
  assert_new_device (fixture, &before, no_object);
  assert_new_device (fixture, &before, as_draft);
  assert_new_device (fixture, &before, elsewhere);
}

/* What was seen under a newer key than those that are here is not written over: the keys are old.
 */
static void
test_sealed_off (Fixture *fixture, gconstpointer data)
{
  LmId before = load_device (fixture), after, journal = lm_test_journal ();
  g_autoptr (LmMasterKeys) other_keys = lm_master_keys_new ();
  g_autoptr (LmVault) unknown_key = NULL;
  g_autoptr (GBytes) object = lm_test_bytes ("{}"), waiting = NULL, left = NULL;
  g_autoptr (LmSeen) seen = NULL;

  lm_master_keys_add_new (other_keys);
  unknown_key = lm_vault_new (&journal, other_keys);
  waiting = lm_vault_seal (unknown_key, LM_SEAL_SEEN, &journal, object, NULL);
  lm_test_write (fixture->path, waiting);
  after = load_device (fixture);
  g_assert_false (lm_id_equal (&before, &after));
  left = lm_test_read (fixture->path);
  g_assert_true (g_bytes_equal (left, waiting));
  seen = lm_seen_load (fixture->local, fixture->vault);
  g_assert_true (lm_seen_is_sealed_off (seen));
}

/* It is there, and only cannot be read just now: what comes of that is not written over it. */
static void
test_in_doubt (Fixture *fixture, gconstpointer data)
{
  LmId before = load_device (fixture), after;
  g_autoptr (GBytes) was = lm_test_read (fixture->path), left = NULL;
  g_autoptr (LmSeen) seen = NULL;
  g_autoptr (GError) error = NULL;
  struct rlimit limit, none;

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  none = limit;
  none.rlim_cur = 0;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &none), ==, 0);
  seen = lm_seen_load (fixture->local, fixture->vault);
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  g_assert_false (lm_id_equal (lm_seen_device (seen), &before));
  g_assert_false (lm_seen_write (seen, fixture->local, fixture->vault, &error));
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_IO);
  left = lm_test_read (fixture->path);
  g_assert_true (g_bytes_equal (left, was));
  after = load_device (fixture);
  g_assert_true (lm_id_equal (&after, &before));
}

/* Returns: (transfer full): the states in @root by id, as JSON, packed ones too; each once */
static JsonObject *
states_in (JsonObject *root)
{
  JsonObject *states = lm_json_copy (lm_json_get_object (root, "entries"));
  const char *packed = lm_json_get_string (root, "packed");
  JsonArray *saves = lm_json_get_array (root, "packed_saves");
  gsize length;
  g_autofree guint8 *bytes = g_base64_decode (packed, &length);

  g_assert_cmpuint (length % 36, ==, 0);
  for (gsize at = 0; at < length; at += 36)
    {
      JsonObject *state = json_object_new ();
      LmId id, hash;
      guint number = bytes[at + 32] + bytes[at + 33] * 256u;

      g_assert_cmpuint (bytes[at + 34] + bytes[at + 35], ==, 0);
      memcpy (id.bytes, bytes + at, 16);
      memcpy (hash.bytes, bytes + at + 16, 16);
      json_object_set_string_member (state, "hash", lm_id_format (&hash).digits);
      if (number > 1)
        json_object_set_object_member (state,
                                       "saves",
                                       lm_json_copy (lm_json_at_object (saves, number / 2 - 1)));
      if (number % 2 == 1)
        json_object_set_boolean_member (state, "gone", TRUE);
      g_assert_false (json_object_has_member (states, lm_id_format (&id).digits));
      json_object_set_object_member (states, lm_id_format (&id).digits, state);
    }
  return states;
}

static void
test_note_record (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LmSeen) seen = lm_seen_load (fixture->local, fixture->vault);
  g_autoptr (LmRecord) a = make_record (1, "{\"saves\":{\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\":3}}");
  g_autoptr (LmRecord) b = make_record (1, "{\"saves\":{\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\":4}}");
  g_autoptr (LmRecord) c = make_record (2, "{}");
  g_autoptr (JsonObject) root = NULL, entries = NULL;
  JsonObject *known;
  gint64 count = 0;

  lm_seen_note_record (seen, a);
  lm_seen_note_record (seen, b);
  lm_seen_note_record (seen, c);
  write_seen (fixture, seen);
  root = read_root (fixture);
  entries = states_in (root);
  known = lm_json_get_object (entries, lm_id_format (&b->id).digits);
  g_assert_cmpuint (json_object_get_size (entries), ==, 2);
  g_assert_cmpstr (lm_json_get_string (known, "hash"), ==, lm_id_format (&b->hash).digits);
  g_assert_true (lm_json_get_integer (lm_json_get_object (known, "saves"),
                                      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                                      &count));
  g_assert_cmpint (count, ==, 4);
  known = lm_json_get_object (entries, lm_id_format (&c->id).digits);
  g_assert_cmpstr (lm_json_get_string (known, "hash"), ==, lm_id_format (&c->hash).digits);
  g_assert_false (json_object_has_member (known, "saves"));
}

/* Sealed anew only when something is new: each writing wears a disk and wakes a sync tool. */
static void
test_written_when_changed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LmSeen) seen = lm_seen_load (fixture->local, fixture->vault), again = NULL;
  g_autoptr (LmRecord) record = make_record (1, "{}");
  g_autoptr (GBytes) first = NULL, second = NULL, third = NULL;

  lm_seen_note_record (seen, record);
  lm_seen_note_folder (seen, "/somewhere", -1);
  write_seen (fixture, seen);
  first = lm_test_read (fixture->path);
  again = lm_seen_load (fixture->local, fixture->vault);
  lm_seen_note_record (again, record);
  lm_seen_note_folder (again, "/somewhere", -1);
  write_seen (fixture, again);
  second = lm_test_read (fixture->path);
  g_assert_true (g_bytes_equal (first, second));
  lm_seen_note_folder (again, "/somewhere/else", -1);
  write_seen (fixture, again);
  third = lm_test_read (fixture->path);
  g_assert_false (g_bytes_equal (first, third));
}

/* The highest generation of keys only grows. */
static void
test_generation (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LmSeen) seen = lm_seen_load (fixture->local, fixture->vault);
  g_autoptr (LmVault) older = lm_test_vault (1);
  g_autoptr (JsonObject) root = NULL, after = NULL;
  gint64 generation = 0;

  write_seen (fixture, seen);
  root = read_root (fixture);
  g_assert_true (lm_json_get_integer (root, "generation", &generation));
  g_assert_cmpint (generation, ==, 2);
  lm_seen_note_folder (seen, "/elsewhere", -1);
  g_assert_true (lm_seen_write (seen, fixture->local, older, NULL));
  after = read_root (fixture);
  g_assert_true (lm_json_get_integer (after, "generation", &generation));
  g_assert_cmpint (generation, ==, 2);
}

/* What a newer version keeps in there stays. */
static void
test_unknown_keys (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) root = NULL, after = NULL;
  g_autoptr (LmSeen) seen = NULL;
  g_autoptr (LmRecord) record = make_record (1, "{}");

  load_device (fixture);
  root = read_root (fixture);
  json_object_set_array_member (root, "purged", json_array_new ());
  json_array_add_string_element (lm_json_get_array (root, "purged"), "x");
  write_root (fixture, root);
  seen = lm_seen_load (fixture->local, fixture->vault);
  lm_seen_note_record (seen, record);
  write_seen (fixture, seen);
  after = read_root (fixture);
  g_assert_cmpstr (lm_json_at_string (lm_json_get_array (after, "purged"), 0), ==, "x");
}

/* States of which there is more than this version knows stay as they are, until the record is seen
 * newer; the others are what they were. */
static void
test_unusual_states (Fixture *fixture, gconstpointer data)
{
  static const char text[] =
      "{\"00000000000000000000000000000001\":{\"hash\":\"11111111111111111111111111111111\","
      "\"saves\":{\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\":3},\"new\":[1]},"
      "\"00000000000000000000000000000002\":{\"hash\":\"short\"},"
      "\"00000000000000000000000000000003\":7,\"so \\\"named\":{},"
      "\"00000000000000000000000000000004\":{\"hash\":\"44444444444444444444444444444444\","
      "\"saves\":{\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\":1,"
      "\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\":2}},"
      "\"00000000000000000000000000000005\":{\"hash\":\"55555555555555555555555555555555\","
      "\"gone\":true},"
      "\"00000000000000000000000000000006\":{\"hash\":\"66666666666666666666666666666666\","
      "\"gone\":false}}";
  g_autoptr (JsonObject) root = NULL, after = NULL, newest = NULL;
  g_autoptr (JsonObject) entries_after = NULL, entries_newest = NULL;
  JsonObject *entries, *known;
  g_autoptr (LmSeen) seen = NULL;
  g_autoptr (LmRecord) newer =
      make_record (1, "{\"saves\":{\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\":4}}");
  g_autoptr (GPtrArray) states = NULL;
  LmId first, fourth;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  load_device (fixture);
  root = read_root (fixture);
  entries = lm_json_parse (text, strlen (text), NULL);
  json_object_set_object_member (root, "entries", entries);
  write_root (fixture, root);
  seen = lm_seen_load (fixture->local, fixture->vault);
  g_assert_true (lm_id_parse ("00000000000000000000000000000001", -1, &first));
  g_assert_true (lm_id_parse ("00000000000000000000000000000004", -1, &fourth));
  g_assert_cmpint (lm_saves_sum (lm_seen_saves_of (seen, &first)), ==, 3);
  g_assert_cmpint (lm_saves_sum (lm_seen_saves_of (seen, &fourth)), ==, 3);
  states = lm_seen_list (seen);
  g_assert_cmpuint (states->len, ==, 4);
  lm_seen_note_folder (seen, "/somewhere", -1);
  write_seen (fixture, seen);
  after = read_root (fixture);
  entries_after = states_in (after);
  g_assert_cmpuint (json_object_get_size (entries_after), ==, json_object_get_size (entries));
  json_object_iter_init (&iter, entries);
  while (json_object_iter_next (&iter, &name, &node))
    {
      g_test_message ("%s", name);
      g_assert_true (json_node_equal (json_object_get_member (entries_after, name), node));
    }

  newer->id = first;
  lm_seen_note_record (seen, newer);
  lm_seen_forget_record (seen, &fourth);
  write_seen (fixture, seen);
  newest = read_root (fixture);
  entries_newest = states_in (newest);
  known = lm_json_get_object (entries_newest, "00000000000000000000000000000001");
  g_assert_cmpstr (lm_json_get_string (known, "hash"), ==, lm_id_format (&newer->hash).digits);
  g_assert_cmpuint (json_object_get_size (known), ==, 2);
  g_assert_cmpuint (json_object_get_size (entries_newest), ==, json_object_get_size (entries) - 1);
}

/* What was packed is read as it was: ids, hashes, who saved how often, and what is gone. */
static void
test_packed_states (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LmSeen) seen = lm_seen_load (fixture->local, fixture->vault), again = NULL;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_record_unref);
  g_autoptr (GPtrArray) states = NULL;
  g_autoptr (JsonObject) root = NULL;

  for (guint8 i = 0; i < 200; i++)
    {
      g_autofree char *saves =
          i % 5 == 0 ? g_strdup ("")
                     : g_strdup_printf ("\"saves\":{\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\":%u,"
                                        "\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\":%u}",
                                        1u + i % 3,
                                        i % 2 == 0 ? 4000000000u : 7u);
      g_autofree char *text = g_strdup_printf ("{%s}", saves);

      g_ptr_array_add (records, make_record (i, text));
      if (i % 7 == 0)
        ((LmRecord *) records->pdata[i])->kind = LM_RECORD_GONE;
      lm_seen_note_record (seen, records->pdata[i]);
    }
  write_seen (fixture, seen);
  root = read_root (fixture);
  g_assert_cmpuint (lm_json_array_size (lm_json_get_array (root, "packed_saves")), ==, 6);
  again = lm_seen_load (fixture->local, fixture->vault);
  states = lm_seen_list (again);
  g_assert_cmpuint (states->len, ==, records->len);
  for (guint i = 0; i < states->len; i++)
    {
      const LmSeenState *state = states->pdata[i];
      LmRecord *record = NULL;

      for (guint j = 0; j < records->len; j++)
        if (lm_id_equal (&((LmRecord *) records->pdata[j])->id, &state->id))
          record = records->pdata[j];
      g_assert_nonnull (record);
      g_assert_true (lm_id_equal (&state->hash, &record->hash));
      g_assert_cmpint (state->gone, ==, record->kind == LM_RECORD_GONE);
      g_assert_cmpint (state->saves != NULL, ==, record->saves != NULL);
      g_assert_true (state->saves == NULL || lm_saves_equal (state->saves, record->saves));
    }
}

/* Cut off in the middle, pointing nowhere, or no base64 at all: what can be read is, the rest
 * counts as not seen. */
static void
test_packed_nonsense (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *packed, *saves;
    guint n;
  } cases[] = { { "not base64", "[]", 0 },
                { "", "[]", 0 },
                { "AQEBAQEBAQEBAQEBAQEBAQICAgICAgICAgICAgICAgIHAAAA", "[]", 1 },
                { "AQEBAQEBAQEBAQEBAQEBAQICAgICAgICAgICAgICAgICAAAA", "[7]", 1 },
                { "AQEBAQEBAQEBAQEBAQEBAQICAgICAgICAgICAgICAgL/////", "[{}]", 1 },
                { "AQEBAQEBAQEBAQEBAQEBAQICAgICAgICAgICAgICAgIAAAAAAQEB", "7", 1 },
                { "AQEBAQEBAQEBAQEBAQEBAQICAgICAgICAgIC", "[]", 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) root = NULL;
      g_autoptr (LmSeen) seen = NULL;
      g_autoptr (GPtrArray) states = NULL;
      g_autofree char *text = g_strdup_printf ("{\"saves\":%s}", cases[i].saves);
      g_autoptr (JsonObject) saves = lm_json_parse (text, strlen (text), NULL);

      g_test_message ("%s", cases[i].packed);
      load_device (fixture);
      root = read_root (fixture);
      json_object_set_string_member (root, "packed", cases[i].packed);
      json_object_set_member (root,
                              "packed_saves",
                              json_node_copy (json_object_get_member (saves, "saves")));
      write_root (fixture, root);
      seen = lm_seen_load (fixture->local, fixture->vault);
      states = lm_seen_list (seen);
      g_assert_cmpuint (states->len, ==, cases[i].n);
      g_assert_true (states->len == 0 || ((LmSeenState *) states->pdata[0])->saves == NULL);
    }
}

/* Another program, or a newer version, may have written anything there: what makes no sense counts
 * as not known, which is the careful answer everywhere. */
static void
test_nonsense (Fixture *fixture, gconstpointer data)
{
  static const char text[] =
      "{\"generation\":-1,\"resealed\":4294967296,\"retired\":[1,\"zz\"],"
      "\"rotation\":{\"generation\":2,\"old\":[7,\"short\","
      "\"00000000000000000000000000000001\"],\"new\":5,\"snapshot\":[]},"
      "\"believed\":[],\"trash\":{\"00000000000000000000000000000001\":{\"since\":-5,"
      "\"hash\":\"%s\"}},\"purging\":{\"short\":{},"
      "\"00000000000000000000000000000002\":{}},\"purged\":{"
      "\"00000000000000000000000000000001\":{\"saves\":7},"
      "\"00000000000000000000000000000003\":null}}";
  g_autoptr (LmRecord) record =
      make_record (1, "{\"deleted\":\"2026-11-23T21:04:11+01:00\",\"saves\":{}}");
  g_autofree char *written = g_strdup_printf (text, lm_id_format (&record->hash).digits);
  g_autoptr (JsonObject) nonsense = lm_json_parse (written, strlen (written), NULL), root = NULL;
  g_autoptr (LmSeen) seen = NULL;
  g_autoptr (LmSaves) saves = NULL;
  g_autoptr (GPtrArray) purges = NULL;
  LmRotation *rotation;
  LmId slot = lm_test_id (9), hash = lm_test_id (8), first, third;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  g_assert_nonnull (nonsense);
  g_assert_true (lm_id_parse ("00000000000000000000000000000001", -1, &first));
  g_assert_true (lm_id_parse ("00000000000000000000000000000003", -1, &third));
  record->id = first;
  load_device (fixture);
  root = read_root (fixture);
  json_object_iter_init (&iter, nonsense);
  while (json_object_iter_next (&iter, &name, &node))
    json_object_set_member (root, name, json_node_copy (node));
  write_root (fixture, root);
  seen = lm_seen_load (fixture->local, fixture->vault);
  g_assert_cmpuint (lm_seen_generation (seen), ==, 0);
  g_assert_cmpuint (lm_seen_resealed (seen), ==, 1);
  rotation = lm_seen_get_rotation (seen);
  g_assert_cmpuint (rotation->generation, ==, 2);
  g_assert_cmpuint (rotation->old->len, ==, 1);
  g_assert_cmpuint (rotation->fresh->len, ==, 0);
  g_assert_null (rotation->snapshot);
  lm_rotation_free (rotation);
  g_assert_false (lm_seen_knows (seen, &first, &hash));
  lm_seen_believe (seen, &hash);
  g_assert_true (lm_seen_knows (seen, &first, &hash));
  lm_seen_believe (seen, &slot);
  g_assert_true (lm_seen_knows (seen, &first, &hash));
  g_assert_cmpint (lm_seen_days_in_trash (seen, record), ==, 0);
  purges = lm_seen_list_purges (seen);
  g_assert_cmpuint (purges->len, ==, 1);
  g_assert_true (lm_seen_is_purged (seen, &first, &saves));
  g_assert_null (saves);
  g_assert_false (lm_seen_is_purged (seen, &third, NULL));
  lm_seen_note_purged (seen, &first, NULL);
  lm_seen_retire_slot (seen, &slot);
  lm_seen_retire_slot (seen, &slot);
  write_seen (fixture, seen);
}

static void
test_write_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LmSeen) seen = lm_seen_load (fixture->local, fixture->vault);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  g_assert_false (lm_seen_write (seen, fixture->local, fixture->vault, &error));
  g_assert_true (error->domain == LM_STORE_ERROR);
  /* It is tried again the next time. */
  g_assert_cmpint (g_rmdir (fixture->path), ==, 0);
  write_seen (fixture, seen);
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_IS_REGULAR));
}

int
main (int argc, char *argv[])
{
#define ADD(name, func) g_test_add ("/journal/seen/" name, Fixture, NULL, set_up, func, tear_down)
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  ADD ("device-kept", test_device_kept);
  ADD ("device-new", test_device_new);
  ADD ("device-other-machine", test_device_other_machine);
  ADD ("device-malformed", test_device_malformed);
  ADD ("damaged", test_damaged);
  ADD ("sealed-off", test_sealed_off);
  ADD ("in-doubt", test_in_doubt);
  ADD ("note-record", test_note_record);
  ADD ("packed-states", test_packed_states);
  ADD ("packed-nonsense", test_packed_nonsense);
  ADD ("unusual-states", test_unusual_states);
  ADD ("written-when-changed", test_written_when_changed);
  ADD ("generation", test_generation);
  ADD ("unknown-keys", test_unknown_keys);
  ADD ("nonsense", test_nonsense);
  ADD ("write-fails", test_write_fails);
  return g_test_run ();
}
