/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/widgets/lm-pieces.h"

/* A long list is made a few rows at a time: the window is drawn, and keys are taken, in between. */

#define KEY "lm-pieces"
/* Microseconds, of the 8 ms that nothing may take. */
#define AT_ONCE 4000

typedef struct
{
  LmPiece piece;
  gpointer data;
  guint id;
} Pieces;

static void
pieces_free (gpointer data)
{
  Pieces *pieces = data;

  g_clear_handle_id (&pieces->id, g_source_remove);
  g_free (pieces);
}

/* Returns: whether there are more to make */
static gboolean
make_some (const Pieces *pieces)
{
  gint64 end = g_get_monotonic_time () + AT_ONCE;
  gboolean more;

  do
    more = pieces->piece (pieces->data);
  while (more && g_get_monotonic_time () < end);
  return more;
}

static gboolean
go_on_cb (gpointer data)
{
  GtkWidget *owner = data;
  Pieces *pieces = g_object_get_data (G_OBJECT (owner), KEY);

  if (make_some (pieces))
    return G_SOURCE_CONTINUE;
  pieces->id = 0;
  lm_pieces_stop (owner);
  return G_SOURCE_REMOVE;
}

/**
 * lm_pieces_make:
 * @owner: what it is made for; nothing more is made once it is gone
 * @data: for @piece; lives at least as long as @owner
 *
 * Makes the first of many at once and the others whenever nothing else is to be done. Takes the
 * place of what was being made for @owner before.
 */
void
lm_pieces_make (GtkWidget *owner, LmPiece piece, gpointer data)
{
  Pieces *pieces = g_new (Pieces, 1);

  /* What it makes things in may go before it does. */
  g_signal_handlers_disconnect_by_func (owner, lm_pieces_stop, NULL);
  g_signal_connect (owner, "destroy", G_CALLBACK (lm_pieces_stop), NULL);
  *pieces = (Pieces) { piece, data, 0 };
  g_object_set_data_full (G_OBJECT (owner), KEY, pieces, pieces_free);
  if (make_some (pieces))
    pieces->id = g_idle_add (go_on_cb, owner);
  else
    lm_pieces_stop (owner);
}

/* Makes all that is left, for whoever has to look at all of it. */
void
lm_pieces_finish (GtkWidget *owner)
{
  Pieces *pieces = g_object_get_data (G_OBJECT (owner), KEY);

  if (pieces == NULL)
    return;
  while (pieces->piece (pieces->data))
    ;
  lm_pieces_stop (owner);
}

/* Nothing more is made for @owner. */
void
lm_pieces_stop (GtkWidget *owner)
{
  g_object_set_data (G_OBJECT (owner), KEY, NULL);
}
