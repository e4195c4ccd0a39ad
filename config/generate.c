/* generate man|example|schema FILE: puts into FILE what config/print.h makes of the
 * table. A program of the build, run on the machine that builds; not installed. */
#include <stdlib.h>
#include <string.h>

#include "config/print.h"

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*print)(FILE *);
    } texts[] = {{"man", print_man}, {"example", print_example}, {"schema", print_schema}};
    FILE *f = argc == 3 ? fopen(argv[2], "w") : NULL;
    bool done = false;
    if (!f)
        return EXIT_FAILURE;
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
        if (strcmp(argv[1], texts[i].name))
            continue;
        texts[i].print(f);
        done = true;
    }
    done = !ferror(f) && done;
    return fclose(f) == 0 && done ? EXIT_SUCCESS : EXIT_FAILURE;
}
