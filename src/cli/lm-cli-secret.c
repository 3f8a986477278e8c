/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "cli/lm-cli.h"
#include "journal/lm-file.h"
#include "vault/lm-passphrase.h"
#include "vault/lm-vault.h"

/* Secrets and text from the terminal or from file descriptors; never from the command line, which
 * every program on the computer can read. */

/* Room for the longest passphrase, and one more byte to see that it is too long. */
#define SECRET_ROOM (LM_PASSPHRASE_BYTES_MAX + 2)

/* One line, byte by byte: what comes behind it belongs to somebody else. */
static LmSecret *
read_line (int file, const char *name, GError **error)
{
  g_autoptr (LmSecret) line = lm_secret_new (SECRET_ROOM);
  guint8 *bytes = lm_secret_bytes (line);
  gsize length = 0;

  for (;;)
    {
      guint8 byte;
      gssize n = read (file, &byte, 1);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          lm_file_set_error (error, errno, name);
          return NULL;
        }
      if (n == 0 || byte == '\n')
        break;
      if (length < SECRET_ROOM)
        bytes[length++] = byte;
    }
  if (length > 0 && length < SECRET_ROOM && bytes[length - 1] == '\r')
    length--;
  lm_secret_shorten (line, length);
  return g_steal_pointer (&line);
}

/* Without echo --------------------------------------------------------------------------------- */

static const int endings[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM };

/* The terminal that is asked on, for the case that a signal ends the program meanwhile. */
static struct
{
  int file;
  struct termios before;
  struct sigaction actions[G_N_ELEMENTS (endings)];
} asked;

/* Nobody gets a terminal back that shows nothing. */
static void
ended_cb (int number)
{
  tcsetattr (asked.file, TCSANOW, &asked.before);
  raise (number); /* which is not caught this time */
}

static void
turn_echo_off (void)
{
  const struct sigaction once = { .sa_handler = ended_cb, .sa_flags = (int) SA_RESETHAND };
  struct termios quiet = asked.before;

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      sigaction (endings[i], &once, &asked.actions[i]);
      if (asked.actions[i].sa_handler == SIG_IGN)
        sigaction (endings[i], &asked.actions[i], NULL);
    }
  quiet.c_lflag &= ~(tcflag_t) ECHO;
  tcsetattr (asked.file, TCSAFLUSH, &quiet);
}

static void
turn_echo_on (void)
{
  tcsetattr (asked.file, TCSAFLUSH, &asked.before);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    sigaction (endings[i], &asked.actions[i], NULL);
}

static LmSecret *
ask (const char *prompt, GError **error)
{
  LmSecret *line;
  int terminal = open ("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);

  if (terminal < 0)
    {
      g_set_error_literal (
          error,
          G_OPTION_ERROR,
          G_OPTION_ERROR_FAILED,
          _ ("There is no terminal to ask for the passphrase. Use --passphrase-fd."));
      return NULL;
    }
  asked.file = terminal;
  if (write (terminal, prompt, strlen (prompt)) < 0 || tcgetattr (terminal, &asked.before) != 0)
    {
      lm_file_set_error (error, errno, "/dev/tty");
      close (terminal);
      return NULL;
    }
  turn_echo_off ();
  line = read_line (terminal, "/dev/tty", error);
  turn_echo_on ();
  if (write (terminal, "\n", 1) < 0)
    g_debug ("the terminal is gone");
  close (terminal);
  return line;
}

/**
 * lm_cli_read_secret:
 * @prompt: for the terminal
 *
 * Returns: (transfer full): the passphrase or code as typed
 */
LmSecret *
lm_cli_read_secret (LmCli *cli, const char *prompt, GError **error)
{
  g_autofree char *name = g_strdup_printf ("--passphrase-fd %d", cli->passphrase_fd);

  return cli->passphrase_fd >= 0 ? read_line (cli->passphrase_fd, name, error)
                                 : ask (prompt, error);
}

/* Returns: (transfer full): all of standard input that is left, as text */
char *
lm_cli_read_text (GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[4096];

  for (;;)
    {
      gssize n = read (STDIN_FILENO, buffer, sizeof buffer);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          lm_file_set_error (error, errno, "standard input");
          return NULL;
        }
      if (n == 0)
        break;
      g_string_append_len (text, buffer, n);
      if (text->len > LM_PAYLOAD_BYTES_MAX)
        {
          g_set_error_literal (error,
                               G_OPTION_ERROR,
                               G_OPTION_ERROR_BAD_VALUE,
                               _ ("The text is too long."));
          return NULL;
        }
    }
  if (!g_utf8_validate_len (text->str, text->len, NULL))
    {
      g_set_error_literal (error,
                           G_OPTION_ERROR,
                           G_OPTION_ERROR_BAD_VALUE,
                           _ ("The text on standard input is not UTF-8."));
      return NULL;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
