#pragma once

#include "model/api/api.h"

G_BEGIN_DECLS

/** HrMetrics: what happened since the start, for whoever watches. */
typedef struct _HrMetrics HrMetrics;

/** HrMetricsNow: what is so at this moment. */
typedef struct
{
  guint connections;
  gsize buffered_bytes;
} HrMetricsNow;

HrMetrics *hr_metrics_new  (void);
void       hr_metrics_free (HrMetrics *self);

/** @operation NULL: a request that got no as far as that. */
void hr_metrics_count        (HrMetrics *self, const HrOperation *operation, guint status, gint64 elapsed_us);
void hr_metrics_count_commit (HrMetrics *self, guint n_requests);
/** In the text format of Prometheus. */
void hr_metrics_write        (const HrMetrics *self, const HrMetricsNow *now, HrBuffer *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HrMetrics, hr_metrics_free)

G_END_DECLS
