/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/widgets/lm-spelling.h"

/* Reading a dictionary takes tens of milliseconds the first time, hundreds for some languages: too
 * long for the thread that draws. */

/* Pango ends a word at a straight apostrophe, and the English dictionaries do not ask for more, so
 * that of "wasn't" only "wasn" is looked up. These are the pieces that are no words themselves. */
static const char *const english_pieces[] = { "ain",   "aren",  "couldn", "didn",   "doesn",
                                              "hadn",  "hasn",  "isn",    "ll",     "mightn",
                                              "mustn", "needn", "re",     "shan",   "shouldn",
                                              "ve",    "wasn",  "weren",  "wouldn", NULL };

static void
load_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  static gsize loaded;
  SpellingProvider *provider = data;
  const char *language = spelling_provider_get_default_code (provider);

  if (language == NULL || !spelling_provider_supports_language (provider, language))
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }
  if (g_once_init_enter (&loaded))
    {
      g_autoptr (SpellingDictionary) dictionary =
          spelling_provider_load_dictionary (provider, language);

      g_once_init_leave (&loaded, 1);
    }
  g_task_return_pointer (task, spelling_checker_new (provider, language), g_object_unref);
}

/**
 * lm_spelling_load_async:
 * @workspace: whose own words are taken for right
 *
 * Loads the dictionary of the person's language, if there is one.
 */
void
lm_spelling_load_async (LmWorkspace *workspace, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (workspace, NULL, callback, data);

  g_task_set_source_tag (task, lm_spelling_load_async);
  g_task_set_task_data (task, spelling_provider_get_default (), NULL);
  g_task_run_in_thread (task, load_job);
}

/* Returns: (transfer full) (nullable): a checker, or %NULL if there is no dictionary */
SpellingChecker *
lm_spelling_load_finish (GAsyncResult *result)
{
  LmWorkspace *workspace = g_task_get_source_object (G_TASK (result));
  SpellingChecker *checker = g_task_propagate_pointer (G_TASK (result), NULL);
  g_auto (GStrv) words = lm_workspace_get_words (workspace);

  /* For this run only, and in memory. */
  if (checker != NULL && g_str_has_prefix (spelling_checker_get_language (checker), "en"))
    for (guint i = 0; english_pieces[i] != NULL; i++)
      spelling_checker_ignore_word (checker, english_pieces[i]);
  for (guint i = 0; checker != NULL && words[i] != NULL; i++)
    spelling_checker_ignore_word (checker, words[i]);
  return checker;
}
