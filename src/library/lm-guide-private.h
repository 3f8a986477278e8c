/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "library/lm-guide.h"

G_BEGIN_DECLS

struct _LmGuide
{
  GObject parent_instance;

  JsonObject *json;
  char *id;
  char *group;
  gboolean deep;
  char *notice;
  gboolean retell;
  char *first;
  char *stop;
  gint64 edition;
  char *language;
  char *title;
  char *summary;
  guint minutes;
  guint short_minutes;
  char *purpose;
  char *why;
  GStrv references;
  char *not_when;
  GStrv articles;
  char *before;
  char *after;
  GPtrArray *steps;  /* of LmGuideStep */
  GPtrArray *safety; /* of LmGuideSafety */
};

LmGuideStep *lm_guide_step_new (void);
LmGuideSafety *lm_guide_safety_new (void);

G_END_DECLS
