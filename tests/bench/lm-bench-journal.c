/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "journal/lm-folder.h"
#include "lm-bench.h"

/* Entries of about 250 words, one an evening, with what real ones have: titles, tags, people, a
 * guide's answers, and letters beyond ASCII in every third. */

#define WORDS 250

/* Half of what anybody writes. */
static const char *const small[] = {
  "the",  "and",   "I",  "was", "not",  "it", "my",  "to",   "that", "a",
  "when", "again", "of", "in",  "with", "me", "for", "had",  "but",  "she",
  "he",   "then",  "so", "at",  "on",   "as", "be",  "have", "what", "all",
};

/* What comes up every few evenings. */
static const char *const common[] = {
  "mother", "evening", "late",   "called", "train",   "rain",    "nothing", "waited",
  "felt",   "small",   "angry",  "quiet",  "brother", "work",    "slept",   "dream",
  "house",  "door",    "asked",  "never",  "answer",  "father",  "window",  "tired",
  "wanted", "leave",   "stayed", "friend", "letter",  "kitchen", "because", "morning",
};

/* The thousands of other words, made of these. */
static const char *const syllables[] = {
  "ba",  "cor", "den", "fil", "gan", "hes", "in",  "jo",  "kel", "lan",
  "mer", "nos", "per", "qui", "ras", "sto", "tun", "ver", "wil", "yar",
};

static const char *const rare[] = {
  "lighthouse", "apology",  "orchard",  "violin",    "passport", "hospital", "staircase", "winter",
  "harbour",    "birthday", "envelope", "telephone", "garden",   "stranger", "silence",   "lantern",
};

static const char *const others[] = {
  "Straße", "café", "Gespräch", "“maybe”", "Łódź", "naïve", "größer", "don’t", "Müdigkeit", "—",
};

static guint
next (guint *state)
{
  *state = *state * 1664525u + 1013904223u;
  return *state >> 8;
}

/* Returns: (transfer full): @n_words words, the same for the same @seed */
char *
lm_bench_words (guint seed, guint n_words)
{
  guint state = seed * 2654435761u + 1;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_words; i++)
    {
      guint pick = next (&state) % 1000;
      const char *word = small[next (&state) % G_N_ELEMENTS (small)];
      g_autofree char *made = NULL;

      if (pick < 2)
        word = rare[next (&state) % G_N_ELEMENTS (rare)];
      else if (pick < 32 && seed % 3 == 0)
        word = others[next (&state) % G_N_ELEMENTS (others)];
      else if (pick < 90)
        word = common[next (&state) % G_N_ELEMENTS (common)];
      else if (pick < 500)
        word = made = g_strconcat (syllables[next (&state) % G_N_ELEMENTS (syllables)],
                                   syllables[next (&state) % G_N_ELEMENTS (syllables)],
                                   syllables[next (&state) % G_N_ELEMENTS (syllables)],
                                   NULL);
      if (i > 0)
        g_string_append (text, i % 60 == 0 ? "\\n\\n" : i % 12 == 0 ? ". " : " ");
      g_string_append (text, word);
    }
  return g_string_free (text, FALSE);
}

static char *
payload (guint i)
{
  static const char *const tags[] = { "family", "work", "sleep", "deep rest", "session" };
  g_autoptr (GDateTime) first = g_date_time_new_utc (1997, 1, 1, 20, 0, 0);
  g_autoptr (GDateTime) time = g_date_time_add_days (first, (int) i);
  g_autofree char *created = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S+01:00");
  g_autofree char *title = lm_bench_words (i + 7, 4), *text = lm_bench_words (i, WORDS);
  g_autofree char *answer = lm_bench_words (i + 13, 30);
  g_autofree char *answers =
      i % 5 != 0 ? g_strdup ("")
                 : g_strdup_printf (",\"guide\":{\"id\":\"after-session\",\"version\":1,"
                                    "\"language\":\"en\"},\"answers\":[{\"step\":\"what\","
                                    "\"question\":\"What stayed with you?\",\"text\":\"%s\"},"
                                    "{\"step\":\"before\",\"question\":\"How strong?\","
                                    "\"scale\":%u}]",
                                    answer,
                                    i % 5 + 1);

  return g_strdup_printf ("{\"kind\":\"entry\",\"created\":\"%s\",\"zone\":\"Europe/Berlin\","
                          "\"title\":\"%s\",\"text\":\"%s\",\"tags\":[\"%s\"]%s,"
                          "\"modified\":\"%s\",\"device\":\"%032x\",\"revision\":1,"
                          "\"saves\":{\"%032x\":1}}",
                          created,
                          i % 4 == 0 ? "" : title,
                          text,
                          tags[i % G_N_ELEMENTS (tags)],
                          answers,
                          created,
                          17,
                          17);
}

static LmId
id_of (guint i)
{
  LmId id = { { 0 } };
  guint state = i + 1;

  for (guint k = 0; k < LM_ID_BYTES; k++)
    id.bytes[k] = (guint8) next (&state);
  memcpy (id.bytes, &i, sizeof i);
  return id;
}

static void
fill (LmBench *bench)
{
  g_autofree char *entries = g_build_filename (bench->path, LM_FOLDER_ENTRIES, NULL);

  for (guint i = 0; i < bench->n; i++)
    {
      char *text = payload (i);
      gsize length = strlen (text);
      g_autoptr (GBytes) plain = g_bytes_new_take (text, length);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) file = NULL;
      LmId id = id_of (i);
      g_autofree char *name = g_strdup_printf ("%s.json", lm_id_format (&id).digits);
      g_autofree char *path = g_build_filename (entries, name, NULL);

      file = lm_vault_seal (bench->opened->vault, LM_SEAL_ENTRY, &id, plain, &error);
      if (file == NULL || !g_file_set_contents_full (path,
                                                     g_bytes_get_data (file, NULL),
                                                     (gssize) g_bytes_get_size (file),
                                                     G_FILE_SET_CONTENTS_NONE,
                                                     0600,
                                                     &error))
        g_error ("%s", error->message);
      bench->plain += length;
    }
}

/**
 * lm_bench_make:
 * @path: where nothing is yet; this computer's folder for it goes beside it
 * @n: how many entries
 *
 * Returns: (transfer full): a new journal
 */
LmBench *
lm_bench_make (const char *path, guint n)
{
  LmBench *bench = g_new0 (LmBench, 1);
  g_autoptr (LmSecret) passphrase = lm_secret_new_taking (g_strdup (LM_BENCH_PASSPHRASE));
  g_autoptr (LmSecret) code = NULL;
  g_autoptr (GError) error = NULL;

  bench->path = g_strdup (path);
  bench->local = g_strconcat (path, ".local", NULL);
  bench->n = n;
  bench->clock = lm_clock_new_system ();
  bench->folder =
      lm_folder_create (path, passphrase, lm_kdf_cost_minimal (), &code, &bench->opened, &error);
  if (bench->folder == NULL)
    g_error ("%s", error->message);
  fill (bench);
  return bench;
}

void
lm_bench_free (LmBench *bench)
{
  lm_opened_free (bench->opened);
  lm_folder_unref (bench->folder);
  lm_clock_unref (bench->clock);
  g_free (bench->path);
  g_free (bench->local);
  g_free (bench);
}
