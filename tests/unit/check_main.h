/* main() of a unit test of one suite: `UNIT_MAIN(ring_suite)`. */
#ifndef TESTS_UNIT_CHECK_MAIN_H
#define TESTS_UNIT_CHECK_MAIN_H

#include <check.h>
#include <stdlib.h>

/* A case ends by itself long before that; CK_TIMEOUT_MULTIPLIER is for sanitizers and emulators. */
enum { UNIT_PATIENCE_S = 100 };

#define UNIT_MAIN(make_suite)                                                                      \
    int main(void)                                                                                 \
    {                                                                                              \
        SRunner *r = srunner_create(make_suite());                                                 \
        srunner_run_all(r, CK_ENV);                                                                \
        int failed = srunner_ntests_failed(r);                                                     \
        srunner_free(r);                                                                           \
        return failed ? EXIT_FAILURE : EXIT_SUCCESS;                                               \
    }

#endif
