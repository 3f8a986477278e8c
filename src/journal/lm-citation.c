/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-json.h"
#include "journal/lm-citation.h"

/* What an entry says of the passages that it is about. Items that are not understood stay where
 * they are. */

#define KEY "cites"

/* Between the parts of a target; no part but the last has one. */
#define SEPARATOR "\n"

/* @section may be %NULL for the beginning. */
LmCitation *
lm_citation_new (const char *article, const char *title, const char *section, const char *text)
{
  LmCitation *citation = g_new (LmCitation, 1);

  *citation = (LmCitation) { g_strdup (article),
                             g_strdup (title),
                             g_strdup (section != NULL ? section : ""),
                             g_strdup (text) };
  return citation;
}

void
lm_citation_free (LmCitation *citation)
{
  g_free (citation->article);
  g_free (citation->title);
  g_free (citation->section);
  g_free (citation->text);
  g_free (citation);
}

/* Returns: (transfer full): the passage as the target of an action, in one string; the title is
 * not in it */
char *
lm_citation_to_target (const LmCitation *citation)
{
  return g_strjoin (SEPARATOR, citation->article, citation->section, citation->text, NULL);
}

/* Returns: (transfer full) (nullable): what lm_citation_to_target () was given, without a title;
 * %NULL for anything else */
LmCitation *
lm_citation_from_target (const char *target)
{
  g_auto (GStrv) parts = g_strsplit (target, SEPARATOR, 3);

  return g_strv_length (parts) == 3 ? lm_citation_new (parts[0], "", parts[1], parts[2]) : NULL;
}

static LmCitation *
read_one (JsonObject *object)
{
  const char *article = lm_json_get_string (object, "article");
  const char *title = lm_json_get_string (object, "title");
  const char *section = lm_json_get_string (object, "section");
  const char *text = lm_json_get_string (object, "text");

  /* An id with a line break in it is none, and would spoil a target. */
  if (article == NULL || text == NULL || strchr (article, '\n') != NULL ||
      (section != NULL && strchr (section, '\n') != NULL))
    return NULL;
  return lm_citation_new (article, title != NULL ? title : article, section, text);
}

/* Returns: (transfer full) (element-type LmCitation): those that are understood, in order */
GPtrArray *
lm_content_list_citations (LmContent *content)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_citation_free);
  JsonArray *array = lm_json_get_array (lm_content_json (content), KEY);

  for (guint i = 0; i < lm_json_array_size (array); i++)
    {
      JsonObject *object = lm_json_at_object (array, i);
      LmCitation *citation = object != NULL ? read_one (object) : NULL;

      if (citation != NULL)
        g_ptr_array_add (list, citation);
    }
  return list;
}

/* Puts @citation behind the others. */
void
lm_content_add_citation (LmContent *content, const LmCitation *citation)
{
  JsonArray *array = lm_json_get_array (lm_content_json (content), KEY);
  JsonObject *object = json_object_new ();

  if (array == NULL)
    {
      array = json_array_new ();
      json_object_set_array_member (lm_content_json (content), KEY, array);
    }
  json_object_set_string_member (object, "article", citation->article);
  json_object_set_string_member (object, "title", citation->title);
  if (citation->section[0] != '\0')
    json_object_set_string_member (object, "section", citation->section);
  json_object_set_string_member (object, "text", citation->text);
  json_array_add_object_element (array, object);
}

/**
 * lm_content_remove_citation:
 * @index: in what lm_content_list_citations () gives
 *
 * Returns: whether there was one
 */
gboolean
lm_content_remove_citation (LmContent *content, guint index)
{
  JsonArray *array = lm_json_get_array (lm_content_json (content), KEY);

  for (guint i = 0; i < lm_json_array_size (array); i++)
    {
      JsonObject *object = lm_json_at_object (array, i);
      g_autoptr (LmCitation) citation = object != NULL ? read_one (object) : NULL;

      if (citation == NULL || index-- > 0)
        continue;
      json_array_remove_element (array, i);
      if (json_array_get_length (array) == 0)
        json_object_remove_member (lm_content_json (content), KEY);
      return TRUE;
    }
  return FALSE;
}
