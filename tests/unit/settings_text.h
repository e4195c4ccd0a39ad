/* Settings from a text, as if it were a file: for the tests of what is done with settings. */
#ifndef TESTS_UNIT_SETTINGS_TEXT_H
#define TESTS_UNIT_SETTINGS_TEXT_H

#include <check.h>
#include <stdio.h>
#include <unistd.h>

#include "config/settings.h"
#include "tests/unit/check_main.h"

static struct settings *load(const char *text)
{
    char folder[UNIT_FOLDER_SIZE], path[UNIT_FOLDER_SIZE + 8];
    struct settings *s = NULL;
    struct settings_errors errors;
    unit_folder(folder); /* of its own: what lies beside it in conf.d is read too */
    snprintf(path, sizeof(path), "%s/e.yaml", folder);
    FILE *f = fopen(path, "w");
    ck_assert_ptr_nonnull(f);
    ck_assert_int_ge(fputs(text, f), 0);
    ck_assert_int_eq(fclose(f), 0);
    int err = settings_load(path, &s, &errors);
    unlink(path);
    ck_assert_msg(err == 0, "%s", errors.n ? errors.item[0].text : "?");
    return s;
}

#endif
