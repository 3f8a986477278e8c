/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "library/lm-document.h"
#include "library/lm-glossary.h"

G_BEGIN_DECLS

#define LM_TYPE_DOCUMENT_VIEW (lm_document_view_get_type ())
G_DECLARE_FINAL_TYPE (LmDocumentView, lm_document_view, LM, DOCUMENT_VIEW, GtkBox)

GtkWidget *lm_document_view_new (void);
void lm_document_view_show (LmDocumentView *self, LmDocument *document);
void lm_document_view_show_marked (LmDocumentView *self,
                                   LmDocument *document,
                                   LmGlossary *glossary);
GtkWidget *lm_document_view_find (LmDocumentView *self, const char *anchor);
GtkWidget *lm_document_view_get_term (LmDocumentView *self, const char *term, GdkRectangle *area);
guint lm_document_view_find_text (LmDocumentView *self, const char *words);
GtkWidget *lm_document_view_show_found (LmDocumentView *self, guint index, GdkRectangle *area);
char *lm_document_view_get_selected (LmDocumentView *self, const char **section)
    G_GNUC_WARN_UNUSED_RESULT;
GtkWidget *lm_document_view_find_passage (LmDocumentView *self,
                                          const char *passage,
                                          gboolean select,
                                          GdkRectangle *area);
void lm_document_view_set_menu (LmDocumentView *self, GMenuModel *menu);
void lm_document_view_add_below (LmDocumentView *self, GtkWidget *text, GtkWidget *widget);

G_END_DECLS
