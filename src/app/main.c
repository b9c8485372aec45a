/* dondoc: server and command line in one program. */
#include "app_priv.h"
#include "dd_version.h"
#include "env_priv.h"

static int
cmd_version(struct cmd *k)
{
        fprintf(k->out, "dondoc %s\n", DD_VERSION);
        return 0;
}

static int cmd_help(struct cmd *k);

int
cmd_config_print(struct cmd *k)
{
        bool defaults = arg_flag(&k->a, "--defaults");

        if (!arg_end(&k->a, k->err))
                return 2;
        if (defaults)
                config_defaults(&k->conf);
        config_print(k->out, &k->conf, !defaults);
        return 0;
}

static int
extract(struct cmd *k)
{
        return cmd_extract(k->a.n + 1, k->a.v - 1); /* with its own name in front */
}

static int
parse(struct cmd *k)
{
        return cmd_parse(k->a.n + 1, k->a.v - 1);
}

static const struct command commands[] = {
        { "serve", cmd_serve, CMD_CONFIG,
          "[--data THƯ-MỤC | --db postgresql://...] [--listen ĐỊA-CHỈ:CỔNG] [--origin https://...]\n"
          "      [--proxy \"ĐỊA-CHỈ ...\"] [--config TỆP]\n"
          "      chạy máy chủ; cấu hình: /etc/dondoc/dondoc.conf" },
        { "import", cmd_import, CMD_REMOTE | CMD_CONFIG,
          "TỆP [--confirm] [--data ...]\n"
          "      đọc một văn bản thành bản dự thảo; --confirm giao luôn theo bản đọc được\n"
          "  dondoc import --sheet TỆP --check | --plan SỐ[@NĂM] | --new \"SỐ; NGÀY; TRÍCH YẾU\" [--map \"CỘT=TRƯỜNG; "
          "...\"]\n"
          "      [--only-good] [--failed TỆP.csv]\n"
          "      kiểm tra rồi nhập một bảng nhiệm vụ (CSV, XLSX); mã thoát 3: còn dòng có lỗi" },
        { "report", cmd_report, CMD_REMOTE | CMD_CONFIG,
          "SỐ[@NĂM] --as-of NGÀY --out TỆP.docx|.xlsx|.ics [--by standing] [--data ...]\n"
          "      báo cáo tình hình thực hiện một kế hoạch" },
        { "invite", cmd_invite, CMD_REMOTE | CMD_CONFIG,
          "TÊN-ĐĂNG-NHẬP [--role ...] [--post ...] [--agency ...] [--data ...]\n"
          "      cấp liên kết dùng một lần; người đầu tiên là quản trị" },
        { "extract", extract, 0,
          "[--json|--table] TỆP, hoặc [--out THƯ-MỤC] [--failures TỆP.csv] THƯ-MỤC|TỆP..., hoặc --batch\n"
          "      đọc văn bản, in ra kết quả, không lưu gì; nhiều tệp: mỗi tệp một dòng JSON, kèm tổng hợp và bảng "
          "lỗi" },
        { "parse", parse, 0, "deadline|agency --batch\n      đọc từng dòng thời hạn hoặc tên cơ quan" },
        { "demo", cmd_demo, 0,
          "[--port CỔNG] [--data ...] [--fresh]\n      kế hoạch mẫu 2653/KH-BCĐ, tính đến 30/9/2023" },
        { "backup", cmd_backup, CMD_REMOTE | CMD_CONFIG,
          "--out TỆP.tar|THƯ-MỤC [--data ...]\n      sao lưu, cả khi máy chủ đang chạy" },
        { "restore", cmd_restore, 0,
          "TỆP.tar --data THƯ-MỤC-MỚI\n      phục hồi một bản sao lưu; không bao giờ ghi đè" },
        { "check", cmd_check, CMD_REMOTE | CMD_CONFIG,
          "[--data ...]\n      kiểm tra dữ liệu: tệp, chuỗi nhật ký, mã băm, diễn biến tính lại" },
        { "config", cmd_config_print, CMD_CONFIG,
          "[--defaults] [--config TỆP]\n      in cấu hình đang có hiệu lực, hoặc mọi mục với giá trị mặc định" },
        { "licences", cmd_licences, 0, "\n      giấy phép của các thành phần" },
        { "version", cmd_version, 0, "" },
        { "help", cmd_help, 0, "" },
};

static int
cmd_help(struct cmd *k)
{
        fprintf(k->out, "Đôn Đốc: theo dõi, đôn đốc thực hiện kế hoạch.\n\n");
        for (size_t i = 0; i < ARRAY_LEN(commands); i++)
                fprintf(k->out, "  dondoc %s %s\n", commands[i].name, commands[i].help);
        return 0;
}

const struct command *
command_find(struct str name)
{
        for (size_t i = 0; i < ARRAY_LEN(commands); i++)
                if (str_eq(name, str_of(commands[i].name)))
                        return &commands[i];
        return NULL;
}

int
main(int argc, char **argv)
{
        const char *words[CMD_WORDS] = { argc > 1 ? argv[1] : "help" };
        const struct command *command;

        if (strcmp(words[0], "--help") == 0 || strcmp(words[0], "-h") == 0)
                words[0] = "help";
        if (strcmp(words[0], "--version") == 0)
                words[0] = "version";
        command = command_find(str_of(words[0]));
        bool too_many = command != NULL && (command->flags & CMD_REMOTE) != 0 && argc > CMD_WORDS;
        if (command == NULL || too_many) {
                fprintf(stderr, "dondoc: không có lệnh «%s». Gõ «dondoc help» để xem các lệnh.\n", words[0]);
                return 2;
        }
        for (int i = 2; i < argc && i <= CMD_WORDS; i++)
                words[i - 1] = argv[i]; /* argv is used up as it is read */
        struct cmd k = { .a = { argv + 2, argc > 2 ? argc - 2 : 0 },
                         .out = stdout,
                         .err = stderr,
                         .in_fd = -1,
                         .out_fd = -1,
                         .arena = arena_new(0),
                         .words = words,
                         .n_words = argc > 1 ? argc - 1 : 1 };
        int code = (command->flags & CMD_CONFIG) != 0 && !cmd_config(&k) ? 2 : command->run(&k);
        return cmd_end(&k, code);
}
