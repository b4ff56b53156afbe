#pragma once

/* By what names the system and the program's own resources know it. */

#define HR_APPLICATION_ID "io.github.hashrange.Hashrange"
#define HR_RESOURCE_PATH  "/io/github/hashrange/Hashrange"
