/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "library/lm-document.h"

/* Markdown in, blocks out: each case is a text and its dump, written by hand. */

typedef struct
{
  const char *name;
  LmDocumentFlavor flavor;
  const char *markdown;
  const char *dump;
} Golden;

static const Golden goldens[] = {
  { "nothing", LM_DOCUMENT_ARTICLE, "", "" },
  { "white-space", LM_DOCUMENT_ENTRY, " \n\t\n\n", "" },
  { "paragraphs", LM_DOCUMENT_ARTICLE, "a\n\n\n\nb\n", "paragraph \"a\"\nparagraph \"b\"\n" },
  { "headings",
    LM_DOCUMENT_ARTICLE,
    "# One\n\nTwo\n===\n\n### *Th*ree `x` ###\n###### six\n####### seven\n#no\n## \n",
    "heading 1 \"One\"\nheading 1 \"Two\"\nheading 3 \"Three x\"\n  emphasis 0-2\n  code 6-7\n"
    "heading 6 \"six\"\nparagraph \"####### seven #no\"\nheading 2 \"\"\n" },
  { "nested-lists",
    LM_DOCUMENT_ARTICLE,
    "* a\n* b\n  1. c\n     more\n  2. d\n\n     second\n* e\n",
    "paragraph list=1 item \"a\"\nparagraph list=1 item \"b\"\nparagraph list=2 item=1 \"c more\"\n"
    "paragraph list=2 item=2 \"d\"\nparagraph list=2 \"second\"\nparagraph list=1 item \"e\"\n" },
  { "three-lists-deep",
    LM_DOCUMENT_ARTICLE,
    "- a\n  - b\n    - c\n  - d\n- e\n",
    "paragraph list=1 item \"a\"\nparagraph list=2 item \"b\"\nparagraph list=3 item \"c\"\n"
    "paragraph list=2 item \"d\"\nparagraph list=1 item \"e\"\n" },
  { "a-list-that-begins-later",
    LM_DOCUMENT_ARTICLE,
    "7. a\n7. b\n",
    "paragraph list=1 item=7 \"a\"\nparagraph list=1 item=8 \"b\"\n" },
  { "a-list-from-zero",
    LM_DOCUMENT_ARTICLE,
    "0. a\n1. b\n",
    "paragraph list=1 item=1 \"a\"\nparagraph list=1 item=2 \"b\"\n" },
  { "loose-items",
    LM_DOCUMENT_ARTICLE,
    "* a\n\n  b\n\n* c\n",
    "paragraph list=1 item \"a\"\nparagraph list=1 \"b\"\nparagraph list=1 item \"c\"\n" },
  /* The text of a tight item ends where another block begins. */
  { "blocks-in-tight-items",
    LM_DOCUMENT_ENTRY,
    "* a *b*\n  # h\n* c\n  > q\n* d\n  ```\n  code\n  ```\n* e\n  ***\n* # only\n",
    "paragraph list=1 item \"a b\"\n  emphasis 2-3\nheading 1 list=1 \"h\"\n"
    "paragraph list=1 item \"c\"\nparagraph quote=1 list=1 \"q\"\nparagraph list=1 item \"d\"\n"
    "code list=1 \"code\"\nparagraph list=1 item \"e\"\nrule list=1 \"\"\n"
    "heading 1 list=1 item \"only\"\n" },
  { "quotes",
    LM_DOCUMENT_ARTICLE,
    "> q\n> > qq\n> * item\n\nout\n",
    "paragraph quote=1 \"q\"\nparagraph quote=2 \"qq\"\nparagraph quote=1 list=1 item \"item\"\n"
    "paragraph \"out\"\n" },
  { "emphasis",
    LM_DOCUMENT_ARTICLE,
    "*e* **s** ***es*** `c` ~~d~~ **a *b* c** 2 * 3 * 4 snake_case_name\n",
    "paragraph \"e s es c d a b c 2 * 3 * 4 snake_case_name\"\n  emphasis 0-1\n  strong 2-3\n"
    "  emphasis 4-6\n  strong 4-6\n  code 7-8\n  strike 9-10\n  strong 11-16\n  emphasis 13-14\n" },
  { "spans-count-bytes",
    LM_DOCUMENT_ENTRY,
    "\xc3\xa4 *\xf0\x9f\x8c\x88*\n",
    "paragraph \"\\303\\244 \\360\\237\\214\\210\"\n  emphasis 3-7\n" },
  { "links",
    LM_DOCUMENT_ARTICLE,
    "[t](article:x#y) [*e*](guide:z) [h](help:) <http://a> http://plain [r]\n\n[r]: #here\n",
    "paragraph \"t e h http://a http://plain r\"\n  link 0-1 article:x#y\n  link 2-3 guide:z\n"
    "  emphasis 2-3\n  link 4-5 help:\n  link 6-14 http://a\n  link 28-29 #here\n" },
  { "notes",
    LM_DOCUMENT_ARTICLE,
    "A[^one] b[^two] c[^one]. *x[^three-3]*\n\n* d[^two]\n\n[^Upper] [^ bad]\n",
    "paragraph \"A1 b2 c1. x3\"\n  note 1-2 one\n  note 4-5 two\n  note 7-8 one\n"
    "  emphasis 10-12\n  note 11-12 three-3\nparagraph list=1 item \"d2\"\n  note 1-2 two\n"
    "paragraph \"[^Upper] [^ bad]\"\n" },
  { "figures-stay-on-their-line",
    LM_DOCUMENT_ARTICLE,
    "r = .28, d = \xe2\x88\x92\x30.1, or = 1, x = y\n",
    "paragraph \"r\\302\\240=\\302\\240.28, d\\302\\240=\\302\\240\\342\\210\\2220.1, or = 1, x = "
    "y\"\n" },
  { "notes-side-by-side",
    LM_DOCUMENT_ARTICLE,
    "a[^one][^two] [^one]\n",
    "paragraph \"a1\\342\\200\\2572 1\"\n  note 1-2 one\n  note 5-6 two\n  note 7-8 one\n" },
  { "line-breaks-of-an-article",
    LM_DOCUMENT_ARTICLE,
    "a\nb  \nc\\\nd\r\ne\n",
    "paragraph \"a b\\nc\\nd e\"\n" },
  { "line-breaks-of-an-entry",
    LM_DOCUMENT_ENTRY,
    "a\nb  \nc\\\nd\r\ne\n",
    "paragraph \"a\\nb\\nc\\nd\\ne\"\n" },
  { "html-is-text",
    LM_DOCUMENT_ARTICLE,
    "x <b>bold</b> <script>\n\n<div>\nblock\n</div>\n\n<!-- hidden -->\n\n&amp; &#8238;\n",
    "paragraph \"x <b>bold</b> <script>\"\nparagraph \"<div> block </div>\"\n"
    "paragraph \"<!-- hidden -->\"\nparagraph \"&amp; &#8238;\"\n" },
  { "code",
    LM_DOCUMENT_ARTICLE,
    "    not code\n\n```c\n*x*\n  y\n\n```\n\n---\n\n~~~\nopen",
    "paragraph \"not code\"\ncode \"*x*\\n  y\\n\"\nrule \"\"\ncode \"open\"\n" },
  { "tables-are-text",
    LM_DOCUMENT_ARTICLE,
    "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "paragraph \"| a | b | |---|---| | 1 | 2 |\"\n" },
  { "escapes", LM_DOCUMENT_ENTRY, "\\*a\\* \\# \\\\ 1\\. b\n", "paragraph \"*a* # \\\\ 1. b\"\n" },

  /* Nothing that a person wrote is hidden. */
  { "links-of-a-person",
    LM_DOCUMENT_ENTRY,
    "[t](http://x) <http://auto> [http://a](http://a) <a@b.c> [u](y \"title\")\n",
    "paragraph \"t (http://x) http://auto http://a a@b.c u (y \\\"title\\\")\"\n"
    "  link 0-1 http://x\n  link 13-24 http://auto\n  link 25-33 http://a\n"
    "  link 34-39 mailto:a@b.c\n  link 40-41 y\n" },
  { "pictures-of-a-person",
    LM_DOCUMENT_ENTRY,
    "![seen](far/away.png) ![](b.png \"t\")\n",
    "paragraph \"seen (far/away.png)  (b.png \\\"t\\\")\"\n" },
  { "definitions-of-a-person",
    LM_DOCUMENT_ENTRY,
    "[mum]: asked\n\n[dad]: <x y>\n\"hello\"\n\n* [x]: y\n\n`a[0]: b` [u](http://[::1]:80/)\n",
    "paragraph \"[mum]: asked\"\nparagraph \"[dad]: <x y>\\n\\\"hello\\\"\"\n"
    "paragraph list=1 item \"[x]: y\"\n"
    "paragraph \"a[0]: b u (http://[::1]:80/)\"\n  code 0-7\n  link 8-9 http://[::1]:80/\n" },
  /* The parser leaves a span here that it never entered. */
  { "odd-strikes",
    LM_DOCUMENT_ENTRY,
    "*a [](~~)~~ b* [u](x~~y) ~~z~~\n",
    "paragraph \"a  (~~) b u (x~~y) z\"\n  emphasis 0-9\n  link 2-2 ~~\n  link 10-11 x~~y\n"
    "  strike 19-20\n" },
  { "behind-a-fence", LM_DOCUMENT_ENTRY, "~~~ to say\nx\n~~~\n", "code \"to say\\nx\"\n" },
  { "notes-of-a-person",
    LM_DOCUMENT_ENTRY,
    "A[^one] [x](note:y)\n",
    "paragraph \"A[^one] x (note:y)\"\n  link 8-9 note:y\n" },
};

static void
test_golden (gconstpointer data)
{
  const Golden *golden = data;
  g_autoptr (LmDocument) document = lm_document_read (golden->markdown, golden->flavor);
  g_autofree char *dump = lm_document_dump (document);

  g_assert_cmpstr (dump, ==, golden->dump);
}

static void
test_notes (void)
{
  g_autoptr (LmDocument) document =
      lm_document_read ("[^b] [^a] [^b]\n\n> [^c-1]\n", LM_DOCUMENT_ARTICLE);

  g_assert_cmpuint (document->notes->len, ==, 3);
  g_assert_cmpstr (document->notes->pdata[0], ==, "b");
  g_assert_cmpstr (document->notes->pdata[1], ==, "a");
  g_assert_cmpstr (document->notes->pdata[2], ==, "c-1");
}

static void
test_anchors (void)
{
  g_autoptr (LmDocument) document = lm_document_read (
      "# Now, then\nand *in* therapy?\n\n## \xc3\x84rger \xe2\x80\x94 2\n\ntext\n",
      LM_DOCUMENT_ARTICLE);
  LmBlock *first = document->blocks->pdata[0];

  g_assert_cmpstr (first->anchor, ==, "now-then");
  g_assert_cmpstr (((LmBlock *) document->blocks->pdata[2])->anchor, ==, "\xc3\xa4rger-2");
  g_assert_null (((LmBlock *) document->blocks->pdata[1])->anchor);
}

/* What whoever draws it relies on: spans lie in the text, in order, and do not cut a character. */
static void
check_whole (LmDocument *document)
{
  for (guint i = 0; i < document->blocks->len; i++)
    {
      LmBlock *block = document->blocks->pdata[i];
      guint length = (guint) strlen (block->text), before = 0;

      g_assert_true (g_utf8_validate (block->text, -1, NULL));
      g_assert_true (block->list > 0 || (!block->marker && block->number == 0));
      g_assert_true ((block->anchor != NULL) == (block->kind == LM_BLOCK_HEADING));
      for (guint k = 0; k < block->spans->len; k++)
        {
          LmSpan *span = &g_array_index (block->spans, LmSpan, k);

          g_assert_cmpuint (span->start, >=, before);
          g_assert_cmpuint (span->start, <=, span->end);
          g_assert_cmpuint (span->end, <=, length);
          g_assert_cmpint (block->text[span->start] & 0xc0, !=, 0x80);
          g_assert_cmpint (block->text[span->end] & 0xc0, !=, 0x80);
          g_assert_true ((span->target != NULL) ==
                         (span->kind == LM_SPAN_LINK || span->kind == LM_SPAN_NOTE));
          before = span->start;
        }
    }
}

static char *
repeat (const char *text, guint times)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < times; i++)
    g_string_append (all, text);
  return g_string_free (all, FALSE);
}

/* Neither slow nor fatal, whatever is pasted. */
static void
test_monsters (void)
{
  static const struct
  {
    const char *text;
    guint times;
  } monsters[] = {
    { "> ", 2000 },
    { "* ", 2000 },
    { "1. ", 2000 },
    { "*a ", 20000 },
    { "**a_ ", 9000 },
    { "[", 50000 },
    { "[a](", 20000 },
    { "![", 30000 },
    { "`", 99999 },
    { "` `` ", 20000 },
    { "<", 50000 },
    { "&#", 30000 },
    { "x", 100000 },
    { "\xe4\xb8\xad", 40000 },
    { "]:", 50000 },
    { "[a]: b\n", 9000 },
    { "\\", 50000 },
    { "| ", 30000 },
    { "~~~\n", 20000 },
    { "# ", 30000 },
    { "\n", 100000 },
    { "a\n\n", 30000 },
    { "[^one]", 10000 },
    { "- a\n  - b\n", 5000 },
    { "> * 1. ", 1000 },
    { "<div><p>", 20000 },
    { "<!-- ", 20000 },
    { "</script>\n\n", 9000 },
    { "<a href=\"", 9000 },
    { "\xe2\x80\xae", 30000 },
    { "*\xe2\x81\xa6", 9000 },
    { "\xff", 30000 },
    { "\xf0\x9f *", 9000 },
    { "\x01\x1b[31m", 9000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (monsters); i++)
    for (LmDocumentFlavor flavor = LM_DOCUMENT_ARTICLE; flavor <= LM_DOCUMENT_ENTRY; flavor++)
      {
        g_autofree char *text = repeat (monsters[i].text, monsters[i].times);
        g_autoptr (LmDocument) document = lm_document_read (text, flavor);

        check_whole (document);
      }
}

static void
test_long_line (void)
{
  g_autofree char *text = repeat ("long and longer ", 100000 / 16);
  g_autoptr (LmDocument) document = lm_document_read (text, LM_DOCUMENT_ENTRY);
  LmBlock *block = document->blocks->pdata[0];

  g_assert_cmpuint (document->blocks->len, ==, 1);
  g_assert_cmpuint (strlen (block->text), >=, strlen (text) - 1); /* less the last space */
}

/* Marks that turn the reading direction stay in their block, as they were typed. */
static void
test_directions (void)
{
  static const char text[] =
      "\xe2\x80\xae*abc* \xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d\xe2\x81\xa7 x\n\nb";
  g_autoptr (LmDocument) document = lm_document_read (text, LM_DOCUMENT_ENTRY);

  g_assert_cmpuint (document->blocks->len, ==, 2);
  g_assert_cmpstr (((LmBlock *) document->blocks->pdata[0])->text,
                   ==,
                   "\xe2\x80\xae"
                   "abc \xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d\xe2\x81\xa7 x");
  check_whole (document);
}

/* What a disk or another program made of a text is shown as far as it is one. */
static void
test_not_text (void)
{
  static const char text[] = "a \xff*b\xc3* \xed\xa0\x80 [\xfe](x\xfe) c\n\n# \xe2\x80";

  for (LmDocumentFlavor flavor = LM_DOCUMENT_ARTICLE; flavor <= LM_DOCUMENT_ENTRY; flavor++)
    {
      g_autoptr (LmDocument) document = lm_document_read (text, flavor);
      LmBlock *block = document->blocks->pdata[0];

      check_whole (document);
      g_assert_cmpuint (document->blocks->len, ==, 2);
      g_assert_true (g_str_has_prefix (block->text, "a \xef\xbf\xbd"));
      g_assert_true (g_str_has_suffix (block->text, " c"));
      for (guint i = 0; i < block->spans->len; i++)
        {
          const char *target = g_array_index (block->spans, LmSpan, i).target;

          g_assert_true (target == NULL || g_utf8_validate (target, -1, NULL));
        }
    }
}

/* Random Markdown with numbered words in it: each word is still there to be read. */
static void
test_no_word_is_lost (void)
{
  static const char *const pieces[] = {
    "* ",   "- ",   "1. ", "12) ", "> ",    "# ",   "## ",     "\n",       "\n\n",  "  ",
    "    ", "\t",   "`",   "``",   "```",   "~~~",  "*",       "**",       "_",     "~~",
    "[",    "]",    "(",   ")",    "](",    "]:",   "![",      "<",        ">",     "<div>",
    "</p>", "<!--", "-->", "\\",   "&amp;", "&",    "***\n",   "---\n",    "===\n", "|",
    "^",    "\"",   "'",   ":",    "\r\n",  "  \n", "http://", "\xc3\xa4",
  };

  for (guint round = 0; round < 3000; round++)
    {
      GString *text = g_string_new (NULL);
      g_autofree char *markdown = NULL;
      g_autofree char *dump = NULL;
      g_autoptr (LmDocument) document = NULL;
      guint words = 0;

      for (int i = g_test_rand_int_range (1, 40); i > 0; i--)
        if (g_test_rand_int_range (0, 4) == 0)
          g_string_append_printf (text, "w%uz", words++);
        else
          g_string_append (text, pieces[g_test_rand_int_range (0, (int) G_N_ELEMENTS (pieces))]);
      markdown = g_string_free (text, FALSE);
      document = lm_document_read (markdown, LM_DOCUMENT_ENTRY);
      check_whole (document);
      dump = lm_document_dump (document);
      for (guint i = 0; i < words; i++)
        {
          g_autofree char *word = g_strdup_printf ("w%uz", i);
          gboolean found = FALSE;

          for (guint k = 0; k < document->blocks->len && !found; k++)
            found = strstr (((LmBlock *) document->blocks->pdata[k])->text, word) != NULL;
          if (!found)
            g_test_message ("%s is not in\n%s\nof\n%s", word, dump, markdown);
          g_assert_true (found);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (goldens); i++)
    {
      g_autofree char *path = g_strconcat ("/document/golden/", goldens[i].name, NULL);

      g_test_add_data_func (path, &goldens[i], test_golden);
    }
  g_test_add_func ("/document/notes", test_notes);
  g_test_add_func ("/document/anchors", test_anchors);
  g_test_add_func ("/document/monsters", test_monsters);
  g_test_add_func ("/document/long-line", test_long_line);
  g_test_add_func ("/document/directions", test_directions);
  g_test_add_func ("/document/not-text", test_not_text);
  g_test_add_func ("/document/no-word-is-lost", test_no_word_is_lost);
  return g_test_run ();
}
