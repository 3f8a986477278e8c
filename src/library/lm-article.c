/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "library/lm-article.h"
#include "library/lm-library-error.h"

/* One article of the library: front matter and Markdown (docs/writing-articles.md). */

struct _LmArticle
{
  GObject parent_instance;

  char *id;
  char *language;
  char *title;
  char *group;
  guint order;
  guint minutes;
  char *summary;
  GStrv guides;
  GStrv references;
  gboolean reviewed;
  LmDocument *document;
};

G_DEFINE_FINAL_TYPE (LmArticle, lm_article, G_TYPE_OBJECT)

enum
{
  PROP_TITLE = 1,
  PROP_SUMMARY,
  PROP_MINUTES,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
lm_article_finalize (GObject *object)
{
  LmArticle *self = LM_ARTICLE (object);

  g_free (self->id);
  g_free (self->language);
  g_free (self->title);
  g_free (self->group);
  g_free (self->summary);
  g_strfreev (self->guides);
  g_strfreev (self->references);
  g_clear_pointer (&self->document, lm_document_free);
  G_OBJECT_CLASS (lm_article_parent_class)->finalize (object);
}

static void
lm_article_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LmArticle *self = LM_ARTICLE (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_SUMMARY:
      g_value_set_string (value, self->summary);
      break;
    case PROP_MINUTES:
      g_value_set_uint (value, self->minutes);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lm_article_class_init (LmArticleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = lm_article_finalize;
  object_class->get_property = lm_article_get_property;
  properties[PROP_TITLE] =
      g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUMMARY] =
      g_param_spec_string ("summary", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_MINUTES] = g_param_spec_uint ("minutes",
                                                NULL,
                                                NULL,
                                                0,
                                                G_MAXUINT,
                                                0,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lm_article_init (LmArticle *self)
{
}

/* Front matter -------------------------------------------------------------------- */

static gboolean
refuse (GError **error, const char *name, const char *what)
{
  g_set_error (error, LM_LIBRARY_ERROR, LM_LIBRARY_ERROR_MALFORMED, "%s: %s", name, what);
  return FALSE;
}

static GStrv
split_list (const char *value)
{
  GStrv items = g_strsplit (value, ",", -1);

  for (guint i = 0; items[i] != NULL; i++)
    g_strstrip (items[i]);
  if (items[0] != NULL && items[0][0] == '\0')
    {
      g_strfreev (items);
      items = g_new0 (char *, 1);
    }
  return items;
}

static gboolean
read_number (const char *value, guint *number)
{
  guint64 n;

  if (!g_ascii_string_to_unsigned (value, 10, 1, 100000, &n, NULL))
    return FALSE;
  *number = (guint) n;
  return TRUE;
}

static gboolean
read_field (LmArticle *self, const char *key, const char *value)
{
  gboolean is_list = g_str_equal (key, "guides") || g_str_equal (key, "references");

  if (value[0] == '\0' && !is_list)
    return FALSE;
  if (g_str_equal (key, "id"))
    return g_set_str (&self->id, value);
  if (g_str_equal (key, "language"))
    return g_set_str (&self->language, value);
  if (g_str_equal (key, "title"))
    return g_set_str (&self->title, value);
  if (g_str_equal (key, "group"))
    return g_set_str (&self->group, value);
  if (g_str_equal (key, "summary"))
    return g_set_str (&self->summary, value);
  if (g_str_equal (key, "order"))
    return read_number (value, &self->order);
  if (g_str_equal (key, "minutes"))
    return read_number (value, &self->minutes);
  if (g_str_equal (key, "guides"))
    return (self->guides = split_list (value)) != NULL;
  if (g_str_equal (key, "references"))
    return (self->references = split_list (value)) != NULL;
  if (g_str_equal (key, "reviewed"))
    {
      self->reviewed = g_str_equal (value, "true");
      return self->reviewed || g_str_equal (value, "false");
    }
  return FALSE;
}

static gboolean
read_front_matter (LmArticle *self, const char *name, const char *matter, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (matter, "\n", -1);
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *colon = strchr (lines[i], ':');
      g_autofree char *what =
          g_strdup_printf ("front matter, line %u is wrong or stands twice", i + 1);

      if (lines[i][0] == '\0')
        continue;
      if (colon == NULL)
        return refuse (error, name, what);
      *colon = '\0';
      if (!g_hash_table_add (keys, g_strstrip (lines[i])) ||
          !read_field (self, lines[i], g_strstrip (colon + 1)))
        return refuse (error, name, what);
    }
  if (self->id == NULL || self->title == NULL || self->group == NULL || self->summary == NULL ||
      self->order == 0 || self->minutes == 0)
    return refuse (error,
                   name,
                   "front matter: id, title, group, order, minutes or summary is missing");
  if (self->language == NULL)
    self->language = g_strdup (LM_ARTICLE_LANGUAGE);
  if (self->guides == NULL)
    self->guides = g_new0 (char *, 1);
  if (self->references == NULL)
    self->references = g_new0 (char *, 1);
  return TRUE;
}

/**
 * lm_article_read:
 * @name: of the file, for messages
 * @text: the file
 * @error: %LM_LIBRARY_ERROR_MALFORMED
 *
 * Returns: (transfer full): the article
 */
LmArticle *
lm_article_read (const char *name, const char *text, GError **error)
{
  g_autoptr (LmArticle) self = g_object_new (LM_TYPE_ARTICLE, NULL);
  g_autofree char *matter = NULL;
  const char *end;

  if (!g_str_has_prefix (text, "---\n"))
    {
      refuse (error, name, "does not begin with front matter");
      return NULL;
    }
  end = strstr (text + 4, "\n---\n");
  if (end == NULL)
    {
      refuse (error, name, "the front matter does not end");
      return NULL;
    }
  matter = g_strndup (text + 4, (gsize) (end - text - 4));
  if (!read_front_matter (self, name, matter, error))
    return NULL;
  self->document = lm_document_read (end + 5, LM_DOCUMENT_ARTICLE);
  return g_steal_pointer (&self);
}

const char *
lm_article_get_id (LmArticle *self)
{
  return self->id;
}

/* Returns: the code of the language that it is written in, as in "de" */
const char *
lm_article_get_language (LmArticle *self)
{
  return self->language;
}

const char *
lm_article_get_title (LmArticle *self)
{
  return self->title;
}

/* Returns: the id of the group that it belongs to */
const char *
lm_article_get_group (LmArticle *self)
{
  return self->group;
}

/* Returns: its place in the reading path */
guint
lm_article_get_order (LmArticle *self)
{
  return self->order;
}

/* Returns: how long reading it takes */
guint
lm_article_get_minutes (LmArticle *self)
{
  return self->minutes;
}

const char *
lm_article_get_summary (LmArticle *self)
{
  return self->summary;
}

/* Returns: (transfer none): the ids of the guides to write with */
const char *const *
lm_article_get_guides (LmArticle *self)
{
  return (const char *const *) self->guides;
}

/* Returns: (transfer none): the ids of its references */
const char *const *
lm_article_get_references (LmArticle *self)
{
  return (const char *const *) self->references;
}

/* Whether a clinician has read it. */
gboolean
lm_article_get_reviewed (LmArticle *self)
{
  return self->reviewed;
}

/* Returns: (transfer none): what it says */
LmDocument *
lm_article_get_document (LmArticle *self)
{
  return self->document;
}
