/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-json.h"
#include "library/lm-content-resource.h"
#include "library/lm-library-error.h"
#include "library/lm-library.h"

/* Everything there is to read, out of this program's own resources: no file on disk can be missing,
 * and nothing is ever fetched.
 *
 * The texts at the root are English. Below it a folder each for other languages, "de/" or "pt_BR/",
 * may hold any of them under the same name; what is missing there is read in English. */

#define ROOT "/io/github/leitmotif_journal/Leitmotif/library/"
/* What stands beside the numbers, in another language. */
#define HELP_WORDS "help-words.json"
#define USING      "using.json"
#define GUIDES     "guides/"

struct _LmLibrary
{
  GObject parent_instance;

  GStrv languages;      /* the reader's, the best first */
  GListStore *articles; /* in the order of the reading path */
  GListStore *guides;
  GHashTable *words;      /* name of the file → JsonObject: lists that guides share */
  GPtrArray *groups;      /* of LmGroup */
  GHashTable *references; /* id → LmReference */
  guint n_own;            /* of the guides: the last ones are the person's own */
  LmGlossary *glossary;
  LmHelplines *helplines;
};

G_DEFINE_FINAL_TYPE (LmLibrary, lm_library, G_TYPE_OBJECT)
G_DEFINE_QUARK (lm - library - error - quark, lm_library_error)

static void
reference_free (gpointer data)
{
  LmReference *reference = data;

  g_free (reference->id);
  g_free (reference->authors);
  g_free (reference->title);
  g_free (reference->source);
  g_free (reference->volume);
  g_free (reference->pages);
  g_free (reference->doi);
  g_free (reference);
}

static void
group_free (gpointer data)
{
  LmGroup *group = data;

  g_free (group->id);
  g_free (group->title);
  g_free (group);
}

static void
lm_library_finalize (GObject *object)
{
  LmLibrary *self = LM_LIBRARY (object);

  g_strfreev (self->languages);
  g_object_unref (self->articles);
  g_object_unref (self->guides);
  g_hash_table_unref (self->words);
  g_ptr_array_unref (self->groups);
  g_hash_table_unref (self->references);
  g_clear_pointer (&self->glossary, lm_glossary_free);
  g_clear_pointer (&self->helplines, lm_helplines_free);
  G_OBJECT_CLASS (lm_library_parent_class)->finalize (object);
}

static void
lm_library_class_init (LmLibraryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lm_library_finalize;
}

static void
lm_library_init (LmLibrary *self)
{
  self->articles = g_list_store_new (LM_TYPE_ARTICLE);
  self->guides = g_list_store_new (LM_TYPE_GUIDE);
  self->words =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_object_unref);
  self->groups = g_ptr_array_new_with_free_func (group_free);
  self->references = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, reference_free);
}

/* Loading ------------------------------------------------------------------------------ */

static GBytes *
look_up (const char *name, GError **error)
{
  g_autofree char *path = g_strconcat (ROOT, name, NULL);

  return g_resource_lookup_data (lm_content_get_resource (),
                                 path,
                                 G_RESOURCE_LOOKUP_FLAGS_NONE,
                                 error);
}

/* Returns: (transfer full): the name of a text in the best language that it is there in: @name
 * itself, which is English, if no other comes first */
static char *
translate (LmLibrary *self, const char *name)
{
  for (guint i = 0; self->languages[i] != NULL; i++)
    {
      g_autofree char *there = g_strconcat (self->languages[i], "/", name, NULL);
      g_autofree char *path = g_strconcat (ROOT, there, NULL);

      if (g_str_has_prefix (self->languages[i], LM_ARTICLE_LANGUAGE))
        break;
      if (g_resource_get_info (lm_content_get_resource (),
                               path,
                               G_RESOURCE_LOOKUP_FLAGS_NONE,
                               NULL,
                               NULL,
                               NULL))
        return g_steal_pointer (&there);
    }
  return g_strdup (name);
}

static JsonObject *
load_json (const char *name, GError **error)
{
  g_autoptr (GBytes) bytes = look_up (name, error);
  g_autoptr (GError) local = NULL;
  JsonObject *root;
  gsize length;
  const char *text;

  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &length);
  root = lm_json_parse (text, length, &local);
  if (root == NULL)
    g_set_error (error,
                 LM_LIBRARY_ERROR,
                 LM_LIBRARY_ERROR_MALFORMED,
                 "%s: %s",
                 name,
                 local->message);
  return root;
}

static gboolean
load_groups (LmLibrary *self, GError **error)
{
  g_autofree char *name = translate (self, "groups.json");
  g_autoptr (JsonObject) root = load_json (name, error);
  JsonArray *array = lm_json_get_array (root, "groups");

  for (guint i = 0; i < lm_json_array_size (array); i++)
    {
      JsonObject *object = lm_json_at_object (array, i);
      LmGroup *group = g_new0 (LmGroup, 1);

      group->id = g_strdup (lm_json_get_string (object, "id"));
      group->title = g_strdup (lm_json_get_string (object, "title"));
      g_ptr_array_add (self->groups, group);
    }
  return root != NULL;
}

static gboolean
load_references (LmLibrary *self, GError **error)
{
  g_autoptr (JsonObject) root = load_json ("references.json", error);
  JsonArray *array = lm_json_get_array (root, "references");

  for (guint i = 0; i < lm_json_array_size (array); i++)
    {
      JsonObject *object = lm_json_at_object (array, i);
      LmReference *reference = g_new0 (LmReference, 1);
      gint64 year = 0;

      reference->id = g_strdup (lm_json_get_string (object, "id"));
      reference->authors = g_strdup (lm_json_get_string (object, "authors"));
      reference->title = g_strdup (lm_json_get_string (object, "title"));
      reference->source = g_strdup (lm_json_get_string (object, "source"));
      reference->volume = g_strdup (lm_json_get_string (object, "volume"));
      reference->pages = g_strdup (lm_json_get_string (object, "pages"));
      reference->doi = g_strdup (lm_json_get_string (object, "doi"));
      if (reference->id == NULL || reference->authors == NULL || reference->title == NULL ||
          reference->source == NULL || !lm_json_get_integer (object, "year", &year) ||
          g_hash_table_contains (self->references, reference->id))
        {
          reference_free (reference);
          g_set_error (error,
                       LM_LIBRARY_ERROR,
                       LM_LIBRARY_ERROR_MALFORMED,
                       "references.json: number %u lacks something or stands twice",
                       i + 1);
          return FALSE;
        }
      reference->year = (int) year;
      g_hash_table_insert (self->references, reference->id, reference);
    }
  return root != NULL;
}

static gboolean
load_article (LmLibrary *self, const char *name, GBytes *bytes, GError **error)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr (LmArticle) article = lm_article_read (name, text, error);

  if (article == NULL)
    return FALSE;
  if (lm_library_find_article (self, lm_article_get_id (article)) != NULL)
    {
      g_set_error (error,
                   LM_LIBRARY_ERROR,
                   LM_LIBRARY_ERROR_MALFORMED,
                   "%s: its id is taken",
                   name);
      return FALSE;
    }
  g_list_store_append (self->articles, article);
  return TRUE;
}

/* Returns: (transfer none) (nullable): the lists that the guides of a language share */
static JsonObject *
find_words (LmLibrary *self, const char *name, GError **error)
{
  JsonObject *words = g_hash_table_lookup (self->words, name);

  if (words == NULL)
    {
      words = load_json (name, error);
      if (words != NULL)
        g_hash_table_insert (self->words, g_strdup (name), words);
    }
  return words;
}

static gboolean
load_guide (LmLibrary *self, const char *name, GBytes *bytes, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  gsize before = (gsize) (strstr (name, GUIDES) - name);
  g_autofree char *folder = g_strndup (name, before);
  g_autofree char *words_name = g_strconcat (folder, "words.json", NULL);
  JsonObject *words = find_words (self, words_name, error);
  g_autoptr (LmGuide) guide =
      words != NULL ? lm_guide_read (name, text, length, words, error) : NULL;

  if (guide == NULL)
    return FALSE;
  g_list_store_append (self->guides, guide);
  return TRUE;
}

static gboolean
load_folder (LmLibrary *self,
             const char *folder,
             gboolean (*load) (LmLibrary *, const char *, GBytes *, GError **),
             GError **error)
{
  g_autofree char *path = g_strconcat (ROOT, folder, NULL);
  g_auto (GStrv) names = g_resource_enumerate_children (lm_content_get_resource (),
                                                        path,
                                                        G_RESOURCE_LOOKUP_FLAGS_NONE,
                                                        error);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *original = g_strconcat (folder, names[i], NULL);
      g_autofree char *name = translate (self, original);
      g_autoptr (GBytes) bytes = look_up (name, error);

      if (bytes == NULL || !load (self, name, bytes, error))
        return FALSE;
    }
  return names != NULL;
}

static int
compare_articles (gconstpointer a, gconstpointer b, gpointer data)
{
  guint x = lm_article_get_order ((LmArticle *) a), y = lm_article_get_order ((LmArticle *) b);

  return x < y ? -1 : x > y;
}

static gboolean
load_glossary (LmLibrary *self, GError **error)
{
  g_autoptr (GBytes) bytes = look_up ("glossary.json", error);
  gsize length;
  const char *text;

  if (bytes == NULL)
    return FALSE;
  text = g_bytes_get_data (bytes, &length);
  self->glossary = lm_glossary_read ("glossary.json", text, length, error);
  return self->glossary != NULL;
}

static gboolean
translate_helplines (LmLibrary *self, GError **error)
{
  g_autofree char *name = translate (self, HELP_WORDS);
  g_autoptr (GBytes) bytes = NULL;
  gsize length;
  const char *text;

  /* English needs none. */
  if (g_str_equal (name, HELP_WORDS))
    return TRUE;
  bytes = look_up (name, error);
  if (bytes == NULL)
    return FALSE;
  text = g_bytes_get_data (bytes, &length);
  return lm_helplines_translate (self->helplines, name, text, length, error);
}

static gboolean
load_helplines (LmLibrary *self, GError **error)
{
  g_autoptr (GBytes) bytes = look_up ("help.json", error);
  gsize length;
  const char *text;

  if (bytes == NULL)
    return FALSE;
  text = g_bytes_get_data (bytes, &length);
  self->helplines = lm_helplines_read ("help.json", text, length, error);
  return self->helplines != NULL && translate_helplines (self, error);
}

/* Whether a link leads to something that is here. */
static gboolean
leads_somewhere (LmLibrary *self, const char *target)
{
  g_auto (GStrv) parts = NULL;

  if (g_str_has_prefix (target, "guide:"))
    return lm_library_find_guide (self, target + strlen ("guide:")) != NULL;
  if (!g_str_has_prefix (target, "article:"))
    return TRUE;
  parts = g_strsplit (target + strlen ("article:"), "#", 2);
  return lm_library_find_article (self, parts[0]) != NULL;
}

/* A text may name a guide that this version does not have yet: its words stay, and they are no
 * link then, so that nobody clicks on something that does not answer. */
static void
drop_dead_links (LmLibrary *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->articles)); i++)
    {
      g_autoptr (LmArticle) article = g_list_model_get_item (G_LIST_MODEL (self->articles), i);
      GPtrArray *blocks = lm_article_get_document (article)->blocks;

      for (guint j = 0; j < blocks->len; j++)
        {
          GArray *spans = ((LmBlock *) blocks->pdata[j])->spans;

          for (guint k = spans->len; k > 0; k--)
            {
              LmSpan *span = &g_array_index (spans, LmSpan, k - 1);

              if (span->kind == LM_SPAN_LINK && !leads_somewhere (self, span->target))
                g_array_remove_index (spans, k - 1);
            }
        }
    }
}

/**
 * lm_library_new:
 * @languages: the codes of the reader's languages, the best first, as g_get_language_names() gives
 * them
 * @error: a mistake in the content; the tests see to it that a built program has none
 *
 * Returns: (transfer full): the library
 */
LmLibrary *
lm_library_new (const char *const *languages, GError **error)
{
  g_autoptr (LmLibrary) self = g_object_new (LM_TYPE_LIBRARY, NULL);

  self->languages = g_strdupv ((GStrv) languages);
  if (!load_groups (self, error) || !load_references (self, error) ||
      !load_folder (self, "articles/", load_article, error) ||
      !load_folder (self, GUIDES, load_guide, error) || !load_glossary (self, error) ||
      !load_helplines (self, error))
    return NULL;
  g_list_store_sort (self->articles, compare_articles, NULL);
  drop_dead_links (self);
  return g_steal_pointer (&self);
}

/* Looking up ------------------------------------------------------------------------------ */

/* Returns: (transfer none): the articles as #LmArticle, in the order of the reading path */
GListModel *
lm_library_get_articles (LmLibrary *self)
{
  return G_LIST_MODEL (self->articles);
}

/* Returns: (transfer none): the guides as #LmGuide */
GListModel *
lm_library_get_guides (LmLibrary *self)
{
  return G_LIST_MODEL (self->guides);
}

static gboolean
check_articles (LmLibrary *self, const char *name, const char *const *ids, GError **error)
{
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    if (ids[i][0] != '\0' && lm_library_find_article (self, ids[i]) == NULL)
      {
        g_set_error (error,
                     LM_LIBRARY_ERROR,
                     LM_LIBRARY_ERROR_MALFORMED,
                     "%s: there is no article “%s”",
                     name,
                     ids[i]);
        return FALSE;
      }
  return TRUE;
}

/* Whether everything is here that @guide points to. */
static gboolean
check_guide (LmLibrary *self, const char *name, LmGuide *guide, GError **error)
{
  const char *const *references = lm_guide_get_references (guide);

  for (guint i = 0; references[i] != NULL; i++)
    if (lm_library_find_reference (self, references[i]) == NULL)
      {
        g_set_error (error,
                     LM_LIBRARY_ERROR,
                     LM_LIBRARY_ERROR_MALFORMED,
                     "%s: there is no reference “%s”",
                     name,
                     references[i]);
        return FALSE;
      }
  for (guint i = 0; i < lm_guide_n_steps (guide); i++)
    {
      const char *article[] = { lm_guide_get_step (guide, i)->article, NULL };

      if (!check_articles (self, name, article, error))
        return FALSE;
    }
  return check_articles (self, name, lm_guide_get_articles (guide), error);
}

/**
 * lm_library_read_guide:
 * @name: of the file, for messages
 * @text: a guide file that is not the library's own
 * @error: %LM_LIBRARY_ERROR_MALFORMED
 *
 * Reads it as the library's own are read: with the lists of words that they share, in the reader's
 * language.
 *
 * Returns: (transfer full): the guide; the library does not have it by that
 */
LmGuide *
lm_library_read_guide (
    LmLibrary *self, const char *name, const char *text, gsize length, GError **error)
{
  g_autofree char *words_name = translate (self, "words.json");
  JsonObject *words = find_words (self, words_name, error);
  g_autoptr (LmGuide) guide =
      words != NULL ? lm_guide_read (name, text, length, words, error) : NULL;

  return guide != NULL && check_guide (self, name, guide, error) ? g_steal_pointer (&guide) : NULL;
}

/* Has the library show @guides (of #LmGuide) behind its own, in the place of those that were set
 * before. One with an id that the library has is left out. */
void
lm_library_set_own_guides (LmLibrary *self, GPtrArray *guides)
{
  g_autoptr (GPtrArray) additions = g_ptr_array_new ();
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->guides)) - self->n_own;

  if (self->n_own == 0 && guides->len == 0)
    return;
  for (guint i = 0; i < guides->len; i++)
    {
      gboolean taken = FALSE;

      for (guint k = 0; k < n && !taken; k++)
        {
          g_autoptr (LmGuide) other = g_list_model_get_item (G_LIST_MODEL (self->guides), k);

          taken = g_str_equal (lm_guide_get_id (other), lm_guide_get_id (guides->pdata[i]));
        }
      if (!taken)
        g_ptr_array_add (additions, guides->pdata[i]);
    }
  g_list_store_splice (self->guides, n, self->n_own, additions->pdata, additions->len);
  self->n_own = additions->len;
}

/* Returns: (transfer none): the glossary */
LmGlossary *
lm_library_get_glossary (LmLibrary *self)
{
  return self->glossary;
}

/* Returns: (transfer none): the data of "Help now" */
LmHelplines *
lm_library_get_helplines (LmLibrary *self)
{
  return self->helplines;
}

/* Returns: (transfer full): how to use the program and what it promises, read anew: nobody needs it
 * at the start */
JsonObject *
lm_library_read_using (LmLibrary *self, GError **error)
{
  g_autofree char *name = translate (self, USING);

  return load_json (name, error);
}

/* Returns: (transfer none) (nullable): the article with the id @id */
LmArticle *
lm_library_find_article (LmLibrary *self, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->articles)); i++)
    {
      g_autoptr (LmArticle) article = g_list_model_get_item (G_LIST_MODEL (self->articles), i);

      if (g_strcmp0 (lm_article_get_id (article), id) == 0)
        return article; /* the list keeps it */
    }
  return NULL;
}

/* Returns: (transfer none) (nullable): the guide with the id @id */
LmGuide *
lm_library_find_guide (LmLibrary *self, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->guides)); i++)
    {
      g_autoptr (LmGuide) guide = g_list_model_get_item (G_LIST_MODEL (self->guides), i);

      if (g_strcmp0 (lm_guide_get_id (guide), id) == 0)
        return guide; /* the list keeps it */
    }
  return NULL;
}

/* Returns: (transfer none) (nullable): the reference with the id @id */
const LmReference *
lm_library_find_reference (LmLibrary *self, const char *id)
{
  return g_hash_table_lookup (self->references, id);
}

/* Returns: (transfer none) (element-type utf8 LmReference): all references by id */
GHashTable *
lm_library_get_references (LmLibrary *self)
{
  return self->references;
}

/* Returns: the place of a group in the reading path; behind the last if it is not known */
guint
lm_library_group_position (LmLibrary *self, const char *id)
{
  guint i;

  for (i = 0; i < self->groups->len; i++)
    if (g_strcmp0 (((LmGroup *) self->groups->pdata[i])->id, id) == 0)
      break;
  return i;
}

/* Returns: (transfer none) (nullable): the group with the id @id */
const LmGroup *
lm_library_find_group (LmLibrary *self, const char *id)
{
  guint position = lm_library_group_position (self, id);

  return position < self->groups->len ? self->groups->pdata[position] : NULL;
}

/* Returns: (transfer full): a reference as lists of references write it, without the DOI */
char *
lm_reference_to_text (const LmReference *reference)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text,
                          "%s (%d). %s%s %s",
                          reference->authors,
                          reference->year,
                          reference->title,
                          g_str_has_suffix (reference->title, "?") ? "" : ".",
                          reference->source);
  if (reference->volume != NULL)
    g_string_append_printf (text, " %s", reference->volume);
  if (reference->pages != NULL)
    g_string_append_printf (text, "%s%s", reference->volume != NULL ? ":" : ", ", reference->pages);
  g_string_append_c (text, '.');
  return g_string_free (text, FALSE);
}
