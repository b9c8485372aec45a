/* extract_main.c - the extraction's two commands alone, for the tests of this folder. */
#include "app_priv.h"

#include <stdio.h>
#include <string.h>

int
main(int argc, char **argv)
{
        if (argc > 1 && strcmp(argv[1], "extract") == 0)
                return cmd_extract(argc - 1, argv + 1);
        if (argc > 1 && strcmp(argv[1], "parse") == 0)
                return cmd_parse(argc - 1, argv + 1);
        fputs("extract_cli: extract | parse\n", stderr);
        return 2;
}
