/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "workspace/lm-writer.h"

#define JOBS 200

typedef struct
{
  guint next;    /* of the jobs, in the writer's thread */
  gboolean busy; /* one at a time */
} Order;

static void
check_order (GTask *task, gpointer data)
{
  Order *order = g_object_get_data (g_task_get_source_object (task), "order");

  g_assert_false (order->busy);
  order->busy = TRUE;
  g_assert_cmpuint (GPOINTER_TO_UINT (data), ==, order->next);
  order->next++;
  order->busy = FALSE;
}

/* One after the other, as they were given, and the end waits for all. */
static void
test_order (void)
{
  g_autoptr (GObject) source = g_object_new (G_TYPE_OBJECT, NULL);
  LmWriter *writer = lm_writer_new ();
  Order order = { 0, FALSE };

  g_object_set_data (source, "order", &order);
  for (guint i = 0; i < JOBS; i++)
    {
      g_autoptr (GTask) task = g_task_new (source, NULL, NULL, NULL);

      g_task_set_task_data (task, GUINT_TO_POINTER (i), NULL);
      lm_writer_run (writer, task, check_order);
    }
  lm_writer_free (writer);
  g_assert_cmpuint (order.next, ==, JOBS);
}

static gint freed;

static void
free_writer (gpointer data, GObject *where)
{
  lm_writer_free (data);
  g_atomic_int_set (&freed, TRUE);
}

static void
take_a_while (GTask *task, gpointer data)
{
  g_usleep (50000);
}

/* The last task holds the last reference to what the writer belongs to. */
static void
test_freed_by_its_own_job (void)
{
  GObject *source = g_object_new (G_TYPE_OBJECT, NULL);
  LmWriter *writer = lm_writer_new ();
  GTask *task = g_task_new (source, NULL, NULL, NULL);

  g_object_weak_ref (source, free_writer, writer);
  lm_writer_run (writer, task, take_a_while);
  g_object_unref (task);
  g_object_unref (source);
  while (!g_atomic_int_get (&freed))
    g_usleep (1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/writer/order", test_order);
  g_test_add_func ("/writer/freed-by-its-own-job", test_freed_by_its_own_job);
  return g_test_run ();
}
