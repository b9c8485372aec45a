/* gallery_priv.h - sample data of the widget gallery. */
#ifndef GALLERY_PRIV_H
#define GALLERY_PRIV_H

#include "dd_form.h"
#include "dd_ui.h"

struct gallery_row {
        struct str agency, remark;
        int total, n[5], silent;
};
struct gallery_item {
        struct str title, note, word;
        enum ui_state state;
};
struct gallery_rows {
        const struct gallery_row *v;
        size_t n;
};
struct gallery_items {
        const struct gallery_item *v;
        size_t n;
};
struct gallery_events {
        const struct ui_event *v;
        size_t n;
};

struct gallery {
        struct ui_head board, task, list, form_head;
        struct ui_figures figures;
        struct ui_card heat_card, decide_card, late_card, events_card, time_card, list_card;
        struct ui_ths heat_heads, list_heads;
        struct gallery_rows heat;
        struct gallery_items decide, late;
        struct ui_quote quote;
        struct gallery_events events;
        struct ui_span span;
        struct ui_tabs tabs;
        struct ui_pager pager;
        struct ui_links links;
        struct ui_empty empty;
        struct form_state form, signin;
        struct ui_options options;
        struct ui_confirm confirm;
};

enum ui_state gallery_heat_state(int k);
enum ui_state gallery_state(int k);
extern const struct gallery gallery_sample;
void gallery_ui(struct ui *ret, struct arena *a);

#endif
