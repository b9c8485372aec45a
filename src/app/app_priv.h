/* app_priv.h - the commands of the command line that main.c calls. Each takes its own words (argv[0] is the command)
 * and gives the exit code: 0 done, 1 the input is wrong, 2 the words are wrong. */
#ifndef APP_PRIV_H
#define APP_PRIV_H

int cmd_extract(int argc, char **argv); /* extract [--json|--table] FILE | extract --batch */
int cmd_parse(int argc, char **argv);   /* parse deadline|agency --batch */

#endif
