/*
 * Any bytes as a compressed body: never more comes out than is allowed, what was there before stays, and what is taken
 * for whole is the same when it may be longer.
 */
#include "app/endpoint/inflate.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

#define LIMIT ((gsize) 100 * 1000)

static HrInflateResult
inflate_behind (const guint8 *data, gsize size, gsize limit, HrBuffer *out)
{
  HrInflateResult result;

  hr_buffer_append_string (out, "before");
  result = hr_inflate ((const char *) data, size, limit, out);
  g_assert_cmpuint (out->length, <=, strlen ("before") + limit + 1);
  g_assert_cmpmem (out->data, strlen ("before"), "before", strlen ("before"));
  g_assert_cmpint (result == HR_INFLATE_TOO_LARGE, ==, out->length > strlen ("before") + limit);
  return result;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_auto (HrBuffer) out = HR_BUFFER_INIT;
  g_auto (HrBuffer) again = HR_BUFFER_INIT;
  g_auto (HrBuffer) cut_short = HR_BUFFER_INIT;

  if (inflate_behind (data, size, LIMIT, &out) != HR_INFLATE_DONE)
    return 0;
  g_assert_cmpint (inflate_behind (data, size, 2 * LIMIT, &again), ==, HR_INFLATE_DONE);
  g_assert_cmpmem (out.data, out.length, again.data, again.length);
  if (out.length > strlen ("before"))
    g_assert_cmpint (inflate_behind (data, size, out.length - strlen ("before") - 1, &cut_short), ==,
                     HR_INFLATE_TOO_LARGE);
  return 0;
}
