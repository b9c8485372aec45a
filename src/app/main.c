/* dondoc: server and command line in one program. */
#include "app_priv.h"
#include "dd_version.h"
#include "env_priv.h"

static int
cmd_version(struct args *a)
{
        (void)a;
        printf("dondoc %s\n", DD_VERSION);
        return 0;
}

static int cmd_help(struct args *a);

static int
extract(struct args *a)
{
        return cmd_extract(a->n + 1, a->v - 1); /* with its own name in front */
}

static int
parse(struct args *a)
{
        return cmd_parse(a->n + 1, a->v - 1);
}

static const struct {
        const char *name;
        int (*run)(struct args *);
        const char *help;
} commands[] = {
        { "serve", cmd_serve,
          "[--data THƯ-MỤC | --db postgresql://...] [--listen ĐỊA-CHỈ:CỔNG] [--origin https://...]\n"
          "      chạy máy chủ" },
        { "import", cmd_import,
          "TỆP [--confirm] [--data ...]\n"
          "      đọc một văn bản thành bản dự thảo; --confirm giao luôn theo bản đọc được" },
        { "report", cmd_report,
          "SỐ[@NĂM] --as-of NGÀY --out TỆP.docx|.xlsx|.ics [--by standing] [--data ...]\n"
          "      báo cáo tình hình thực hiện một kế hoạch" },
        { "invite", cmd_invite,
          "TÊN-ĐĂNG-NHẬP [--role ...] [--post ...] [--agency ...] [--data ...]\n"
          "      cấp liên kết dùng một lần; người đầu tiên là quản trị" },
        { "extract", extract, "[--json|--table] TỆP, hoặc --batch\n      đọc văn bản, in ra kết quả, không lưu gì" },
        { "parse", parse, "deadline|agency --batch\n      đọc từng dòng thời hạn hoặc tên cơ quan" },
        { "demo", cmd_demo,
          "[--port CỔNG] [--data ...] [--fresh]\n      kế hoạch mẫu 2653/KH-BCĐ, tính đến 30/9/2023" },
        { "licences", cmd_licences, "\n      giấy phép của các thành phần" },
        { "version", cmd_version, "" },
        { "help", cmd_help, "" },
};

static int
cmd_help(struct args *a)
{
        (void)a;
        printf("Đôn Đốc: theo dõi, đôn đốc thực hiện kế hoạch.\n\n");
        for (size_t i = 0; i < ARRAY_LEN(commands); i++)
                printf("  dondoc %s %s\n", commands[i].name, commands[i].help);
        return 0;
}

int
main(int argc, char **argv)
{
        struct args a = { argv + 2, argc > 2 ? argc - 2 : 0 };
        const char *name = argc > 1 ? argv[1] : "help";

        if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
                name = "help";
        if (strcmp(name, "--version") == 0)
                name = "version";
        for (size_t i = 0; i < ARRAY_LEN(commands); i++)
                if (strcmp(name, commands[i].name) == 0)
                        return commands[i].run(&a);
        fprintf(stderr, "dondoc: không có lệnh «%s». Gõ «dondoc help» để xem các lệnh.\n", name);
        return 2;
}
