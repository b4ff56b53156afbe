/* Buffers: appending, growing, stealing, embedded NUL. */
#include "model/base/buffer.h"

static void
test_append (void)
{
  g_auto (HrBuffer) buffer = HR_BUFFER_INIT;

  hr_buffer_append (&buffer, NULL, 0);
  g_assert_cmpuint (buffer.length, ==, 0);
  for (guint i = 0; i < 1000; i++)
    {
      hr_buffer_append (&buffer, "a\0b", 3);
      hr_buffer_append_char (&buffer, 'c');
      hr_buffer_append_string (&buffer, "de");
    }
  g_assert_cmpuint (buffer.length, ==, 6000);
  for (guint i = 0; i < 1000; i++)
    g_assert_cmpmem (buffer.data + 6 * i, 6, "a\0bcde", 6);
  hr_buffer_truncate (&buffer, 2);
  g_assert_cmpmem (buffer.data, buffer.length, "a\0", 2);
}

static void
test_steal (void)
{
  HrBuffer buffer = HR_BUFFER_INIT;
  g_autofree char *empty = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize length;

  empty = hr_buffer_steal (&buffer, NULL);
  g_assert_cmpstr (empty, ==, "");

  hr_buffer_append (&buffer, "x\0y", 3);
  text = hr_buffer_steal (&buffer, &length);
  g_assert_cmpmem (text, length + 1, "x\0y", 4);
  g_assert_null (buffer.data);
  g_assert_cmpuint (buffer.length, ==, 0);

  hr_buffer_append_string (&buffer, "bytes");
  bytes = hr_buffer_steal_bytes (&buffer);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "bytes", 5);
  g_assert_null (buffer.data);
}

/* However full the block is, the NUL has its room. */
static void
test_steal_full (void)
{
  for (gsize length = 0; length < 600; length++)
    {
      HrBuffer buffer = HR_BUFFER_INIT;
      g_autofree char *text = NULL;

      for (gsize i = 0; i < length; i++)
        hr_buffer_append_char (&buffer, 'x');
      text = hr_buffer_steal (&buffer, NULL);
      g_assert_cmpuint (strlen (text), ==, length);
    }
}

static void
test_printf (void)
{
  g_auto (HrBuffer) buffer = HR_BUFFER_INIT;
  g_autofree char *long_text = g_strnfill (2000, 'x');
  g_autofree char *expected = g_strdup_printf ("1 a%s2", long_text);

  hr_buffer_printf (&buffer, "%d %s", 1, "a");
  hr_buffer_printf (&buffer, "%s", long_text);
  hr_buffer_printf (&buffer, "%d", 2);
  g_assert_cmpmem (buffer.data, buffer.length, expected, strlen (expected));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/buffer/append", test_append);
  g_test_add_func ("/base/buffer/steal", test_steal);
  g_test_add_func ("/base/buffer/steal-full", test_steal_full);
  g_test_add_func ("/base/buffer/printf", test_printf);
  return g_test_run ();
}
