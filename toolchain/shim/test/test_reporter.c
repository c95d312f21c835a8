/* What the builder's progress report asks of the system. */
#include "../reporter.c"

#include "check.h"

int main(void) {
    jlong peak = Java_com_oracle_svm_hosted_ProgressReporterCHelper_getPeakRSS0(NULL, NULL);
    CHECK("peak", peak > 100 * 1024 && peak < (jlong)1 << 50);
    /* the runner reads the output through a pipe */
    jint columns = Java_com_oracle_svm_hosted_ProgressReporterCHelper_getTerminalWindowColumns0(NULL, NULL);
    check_number("columns", -1, columns);
    return summary();
}
