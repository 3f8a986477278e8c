/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-json.h"
#include "journal/lm-saves.h"
#include "lm-test.h"

/* Three computers, one letter each in the tables here. */
static char *
device (char letter)
{
  return g_strnfill (LM_ID_DIGITS, letter);
}

/* "a2 b1" is two saves by one computer and one by another; NULL is no "saves" at all. */
static LmSaves *
saves (const char *text)
{
  g_auto (GStrv) parts = NULL;
  g_autoptr (JsonObject) object = NULL;

  if (text == NULL)
    return NULL;
  parts = g_strsplit (text, " ", -1);
  object = json_object_new ();
  for (guint i = 0; parts[i] != NULL && parts[i][0] != '\0'; i++)
    {
      g_autofree char *name = device (parts[i][0]);

      json_object_set_int_member (object, name, g_ascii_strtoll (parts[i] + 1, NULL, 10));
    }
  return lm_saves_read (object);
}

static void
clear (LmSaves **saves)
{
  g_clear_pointer (saves, lm_saves_unref);
}

static void
test_order (void)
{
  static const struct
  {
    const char *a, *b;
    LmSavesOrder order;
  } cases[] = {
    { NULL, NULL, LM_SAVES_EQUAL },
    { "", NULL, LM_SAVES_EQUAL },
    { "", "", LM_SAVES_EQUAL },
    { "a1", "a1", LM_SAVES_EQUAL },
    { "a1 b2", "b2 a1", LM_SAVES_EQUAL },
    { "a0", NULL, LM_SAVES_EQUAL },
    { "a1 b0", "a1", LM_SAVES_EQUAL },
    { "a1", NULL, LM_SAVES_NEWER },
    { "a1", "", LM_SAVES_NEWER },
    { "a2", "a1", LM_SAVES_NEWER },
    { "a1 b1", "a1", LM_SAVES_NEWER },
    { "a2 b1", "a1 b1", LM_SAVES_NEWER },
    { "a9 b9 c9", "a1 b1", LM_SAVES_NEWER },
    { "a10", "a9", LM_SAVES_NEWER },
    { "a1", "b1", LM_SAVES_DIVERGED },
    { "a2 b1", "a1 b2", LM_SAVES_DIVERGED },
    { "a5", "a1 b1", LM_SAVES_DIVERGED },
    { "a1 c1", "a1 b1", LM_SAVES_DIVERGED },
    { "a9007199254740991", "a9007199254740990", LM_SAVES_NEWER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LmSaves *a = saves (cases[i].a), *b = saves (cases[i].b);
      LmSavesOrder back = cases[i].order == LM_SAVES_NEWER ? LM_SAVES_OLDER : cases[i].order;

      g_assert_cmpint (lm_saves_compare (a, b), ==, cases[i].order);
      g_assert_cmpint (lm_saves_compare (b, a), ==, back);
      clear (&a);
      clear (&b);
    }
}

static void
test_sum (void)
{
  static const struct
  {
    const char *saves;
    gint64 sum;
  } cases[] = {
    { "", 0 },
    { "a0", 0 },
    { "a1", 1 },
    { "a2 b1", 3 },
    { "a1 b1 c1", 3 },
    /* "revision" must stay an integer that every reader keeps. */
    { "a9007199254740991", LM_JSON_INTEGER_MAX },
    { "a9007199254740991 b9007199254740991 c1", LM_JSON_INTEGER_MAX },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LmSaves) counted = saves (cases[i].saves);

      g_assert_cmpint (lm_saves_sum (counted), ==, cases[i].sum);
    }
}

static void
test_add_one (void)
{
  g_autofree char *name = device ('a');
  g_autoptr (LmSaves) none = NULL, first = NULL, second = NULL, expected = saves ("a2 b7");
  g_autoptr (LmSaves) other = saves ("b7");
  LmId a;

  g_assert_true (lm_id_parse (name, -1, &a));
  none = lm_saves_add_one (NULL, &a);
  g_assert_cmpint (lm_saves_sum (none), ==, 1);
  first = lm_saves_add_one (other, &a);
  second = lm_saves_add_one (first, &a);
  g_assert_cmpint (lm_saves_compare (second, expected), ==, LM_SAVES_EQUAL);
  g_assert_cmpint (lm_saves_compare (second, first), ==, LM_SAVES_NEWER);
  /* Those before stay as they were: records share them. */
  g_assert_cmpint (lm_saves_sum (other), ==, 7);
  g_assert_cmpint (lm_saves_sum (first), ==, 8);
}

/* What is read is written again, whatever the order, and any computer of it can be set. */
static void
test_write (void)
{
  static const char text[] = "{\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\":2,"
                             "\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\":0,"
                             "\"cccccccccccccccccccccccccccccccc\":7}";
  static const char letters[] = { 'a', 'b', 'c' };
  g_autoptr (LmSaves) read = saves ("c7 a2 b0"), bare = saves ("");
  g_autoptr (JsonObject) written = lm_saves_write (read), empty = lm_saves_write (bare);
  g_autofree char *again = lm_json_write (written, NULL);

  g_assert_cmpstr (again, ==, text);
  g_assert_cmpuint (json_object_get_size (empty), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    {
      g_autofree char *name = device (letters[i]);
      g_autoptr (LmSaves) set = NULL, alone = NULL;
      LmId id;

      g_assert_true (lm_id_parse (name, -1, &id));
      set = lm_saves_set (read, &id, 9);
      alone = lm_saves_set (NULL, &id, 9);
      g_assert_cmpint (lm_saves_count (set, &id), ==, 9);
      g_assert_cmpint (lm_saves_count (alone, &id), ==, 9);
      g_assert_cmpint (lm_saves_sum (set), ==, 18 - lm_saves_count (read, &id));
      g_assert_cmpint (lm_saves_count (NULL, &id), ==, 0);
    }
}

static void
test_check (void)
{
  static const char *const good[] = {
    "{}",
    "{\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\":0}",
    "{\"00000000000000000000000000000000\":1,\"ffffffffffffffffffffffffffffffff\":9007199254740991}"
  };
  static const char *const bad[] = { "{\"\":1}",
                                     "{\"laptop\":1}",
                                     "{\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\":1}",
                                     "{\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\":1}",
                                     "{\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\":-1}",
                                     "{\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\":\"1\"}",
                                     "{\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\":null}",
                                     "{\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\":[1]}",
                                     "{\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\":true}",
                                     "{\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\":1,\"x\":1}" };

  for (guint i = 0; i < G_N_ELEMENTS (good) + G_N_ELEMENTS (bad); i++)
    {
      gboolean is_good = i < G_N_ELEMENTS (good);
      const char *text = is_good ? good[i] : bad[i - G_N_ELEMENTS (good)];
      g_autoptr (JsonObject) object = lm_json_parse (text, strlen (text), NULL);
      g_autoptr (LmSaves) read = lm_saves_read (object);

      g_assert_cmpint (read != NULL, ==, is_good);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/journal/saves/order", test_order);
  g_test_add_func ("/journal/saves/sum", test_sum);
  g_test_add_func ("/journal/saves/add-one", test_add_one);
  g_test_add_func ("/journal/saves/write", test_write);
  g_test_add_func ("/journal/saves/check", test_check);
  return g_test_run ();
}
