/* What a processor can have, by the image builder's names: of the architecture that is compiled for. */
#ifndef CHELPER_CPU_H
#define CHELPER_CPU_H

#ifdef __aarch64__
#include "aarch64cpufeatures.h"
#else
#include "amd64cpufeatures.h"
#endif

void determineCPUFeatures(CPUFeatures *features);

#endif
