#pragma once

#include "model/value/value.h"

/* Random values of all ten types for property tests, the same for the same seed. */

HrDecimal sample_decimal (GRand *rand);
HrValue   sample_value   (GRand *rand, HrArena *arena, guint depth);
HrValue   sample_item    (GRand *rand, HrArena *arena, guint depth);
