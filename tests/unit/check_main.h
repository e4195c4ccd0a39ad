/* main() of a unit test of one suite: `UNIT_MAIN(ring_suite)`; and folders for its cases. */
#ifndef TESTS_UNIT_CHECK_MAIN_H
#define TESTS_UNIT_CHECK_MAIN_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* A case ends by itself long before that; CK_TIMEOUT_MULTIPLIER is for sanitizers and emulators. */
enum { UNIT_PATIENCE_S = 100, UNIT_FOLDER_SIZE = 32 };

/* All folders of a run lie in this one, which main takes away: a case that fails cannot. */
static char unit_root[] = "/tmp/earshot-unit-XXXXXX";

static inline void unit_folder(char ret[UNIT_FOLDER_SIZE])
{
    snprintf(ret, UNIT_FOLDER_SIZE, "%s/XXXXXX", unit_root);
    ck_assert_ptr_nonnull(mkdtemp(ret));
}

static inline int unit_run(Suite *suite)
{
    char command[64];
    if (!mkdtemp(unit_root) || setenv("TMPDIR", unit_root, 1) < 0)
        return EXIT_FAILURE;
    SRunner *r = srunner_create(suite);
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    snprintf(command, sizeof(command), "rm -rf %s", unit_root);
    return system(command) != 0 || failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#define UNIT_MAIN(make_suite)                                                                      \
    int main(void)                                                                                 \
    {                                                                                              \
        return unit_run(make_suite());                                                             \
    }

#endif
