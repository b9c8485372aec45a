/* Follows the HTML of a template byte by byte, so that every hole knows where it stands, and refuses what the
 * Content-Security-Policy would refuse later: inline scripts, styles and handlers. */
#include "tmplc_priv.h"

static bool
is_blank(char c)
{
        return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static char
lower(char c)
{
        return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static void
add(char *buf, size_t max, size_t *n, char c)
{
        if (*n < max)
                buf[(*n)++] = lower(c);
}

static bool
is(const char *buf, size_t n, const char *word)
{
        return n == strlen(word) && memcmp(buf, word, n) == 0;
}

static bool
begins(const char *buf, size_t n, const char *word)
{
        return n >= strlen(word) && memcmp(buf, word, strlen(word)) == 0;
}

static bool
tag_is(const struct html *h, const char *word)
{
        return is(h->tag, h->n_tag, word);
}

static const char *
tag_named(struct html *h)
{
        h->has_src = false;
        if (tag_is(h, "style"))
                return "<style>: styles stand in static/app.css";
        if (tag_is(h, "base") || tag_is(h, "object") || tag_is(h, "embed"))
                return "<base>, <object> and <embed> are not for pages";
        return NULL;
}

static const char *
tag_ended(struct html *h)
{
        h->state = HTML_TEXT;
        if (tag_is(h, "pre") || tag_is(h, "textarea"))
                h->verbatim = !h->closing;
        if (tag_is(h, "script") && !h->closing) {
                if (!h->has_src)
                        return "inline <script>: scripts stand in static/ and are named by src";
                h->state = HTML_SCRIPT;
        }
        return NULL;
}

/* The attribute's name is complete: what may stand in its value? */
static const char *
attr_named(struct html *h)
{
        static const char *const urls[] = { "href", "src", "action", "formaction", "cite", "poster" };
        static const char *const closed[] = { "srcset", "http-equiv", "ping", "sandbox", "integrity" };

        h->n_value = 0;
        h->url = URL_START;
        h->attr = ATTR_PLAIN;
        if (is(h->name, h->n_name, "style"))
                return "style=: styles stand in static/app.css";
        if (begins(h->name, h->n_name, "on"))
                return "inline handler: events are bound in static/*.js";
        if (is(h->name, h->n_name, "srcdoc"))
                return "srcdoc= is not for pages";
        for (size_t i = 0; i < ARRAY_LEN(urls); i++)
                if (is(h->name, h->n_name, urls[i]))
                        h->attr = ATTR_URL;
        for (size_t i = 0; i < ARRAY_LEN(closed); i++)
                if (is(h->name, h->n_name, closed[i]))
                        h->attr = ATTR_CLOSED;
        if (is(h->name, h->n_name, "src"))
                h->has_src = true;
        return NULL;
}

/* A byte of a value. */
static const char *
value_byte(struct html *h, char c)
{
        add(h->value, sizeof h->value, &h->n_value, c);
        if (h->attr == ATTR_URL) {
                if (begins(h->value, h->n_value, "javascript:") || begins(h->value, h->n_value, "data:"))
                        return "an address may be relative, https: or mailto:";
                if (c == '/' || c == '?' || c == '#' || begins(h->value, h->n_value, "mailto:"))
                        h->url = URL_SAFE;
                else if (h->url == URL_START)
                        h->url = URL_OPEN;
        }
        return NULL;
}

static const char *
feed_name(struct html *h, char c)
{
        const char *why;

        if (!is_blank(c) && c != '>' && c != '/') {
                add(h->tag, sizeof h->tag, &h->n_tag, c);
                return NULL;
        }
        if ((why = tag_named(h)) != NULL)
                return why;
        h->state = HTML_TAG;
        return c == '>' ? tag_ended(h) : NULL;
}

static const char *
feed_tag(struct html *h, char c)
{
        if (is_blank(c) || c == '/')
                return NULL;
        if (c == '>')
                return tag_ended(h);
        if (c == '"' || c == '\'' || c == '<' || c == '=')
                return "stray character in a tag: is a quote missing?";
        h->state = HTML_ATTR;
        h->n_name = 0;
        add(h->name, sizeof h->name, &h->n_name, c);
        return NULL;
}

static const char *
feed_attr(struct html *h, char c)
{
        const char *why;

        if (h->state == HTML_ATTR && c != '=' && !is_blank(c) && c != '>' && c != '/') {
                if (c == '"' || c == '\'' || c == '<')
                        return "stray character in an attribute's name: is a quote missing?";
                add(h->name, sizeof h->name, &h->n_name, c);
                return NULL;
        }
        if (h->state == HTML_ATTR && (why = attr_named(h)) != NULL)
                return why;
        if (c == '=') {
                h->state = HTML_EQ;
                return NULL;
        }
        if (is_blank(c)) {
                h->state = HTML_AFTER;
                return NULL;
        }
        h->state = HTML_TAG;
        return feed_tag(h, c);
}

static const char *
feed_value(struct html *h, char c)
{
        if (h->state == HTML_EQ) {
                if (is_blank(c))
                        return NULL;
                h->state = c == '"' ? HTML_DQ : c == '\'' ? HTML_SQ : HTML_BARE;
                if (h->state != HTML_BARE)
                        return NULL;
        }
        if ((h->state == HTML_DQ && c == '"') || (h->state == HTML_SQ && c == '\'')) {
                h->state = HTML_TAG;
                return NULL;
        }
        if (h->state == HTML_BARE && (is_blank(c) || c == '>')) {
                h->state = HTML_TAG;
                return feed_tag(h, c);
        }
        return value_byte(h, c);
}

const char *
html_feed(struct html *h, char c)
{
        switch (h->state) {
        case HTML_TEXT:
                if (c == '<')
                        h->state = HTML_LT;
                return NULL;
        case HTML_LT:
                if (c == '!') {
                        h->state = HTML_DOCTYPE;
                        return NULL;
                }
                h->closing = c == '/';
                h->n_tag = 0;
                if (c != '/' && (lower(c) < 'a' || lower(c) > 'z'))
                        return "a bare '<': write &lt;";
                h->state = HTML_NAME;
                return c == '/' ? NULL : feed_name(h, c);
        case HTML_NAME:
                return feed_name(h, c);
        case HTML_TAG:
                return feed_tag(h, c);
        case HTML_ATTR:
        case HTML_AFTER:
                return feed_attr(h, c);
        case HTML_EQ:
        case HTML_DQ:
        case HTML_SQ:
        case HTML_BARE:
                return feed_value(h, c);
        case HTML_DOCTYPE:
                if (c == '-')
                        return "HTML comment: write {{# ... }}, which costs the reader nothing";
                if (c == '>')
                        h->state = HTML_TEXT;
                return NULL;
        case HTML_SCRIPT:
                if (c == '<')
                        h->state = HTML_LT;
                else if (!is_blank(c))
                        return "inline <script>: scripts stand in static/ and are named by src";
                return NULL;
        }
        return NULL;
}

/* The literal beginning of the value has ended. */
static void
value_over(struct html *h)
{
        h->n_value = sizeof h->value;
        memset(h->value, '.', sizeof h->value);
}

void
html_hole(struct html *h)
{
        if ((h->state == HTML_DQ || h->state == HTML_SQ) && h->attr == ATTR_URL)
                h->url = URL_SAFE;
        value_over(h);
}

const char *
html_hole_fault(const struct html *h)
{
        switch (h->state) {
        case HTML_TEXT:
                return NULL;
        case HTML_DQ:
        case HTML_SQ:
                if (h->attr == ATTR_CLOSED)
                        return "no hole may stand in this attribute";
                if (h->attr == ATTR_URL && h->url == URL_OPEN)
                        return "an address begins with a literal path ('/...') or is one whole hole";
                return NULL;
        case HTML_EQ:
        case HTML_BARE:
                return "hole in an unquoted attribute: write name=\"{{ ... }}\"";
        case HTML_SCRIPT:
                return "hole inside <script>";
        default:
                return "hole inside a tag, outside a quoted attribute";
        }
}

const char *
html_settle(struct html *h)
{
        const char *why = h->state == HTML_ATTR ? attr_named(h) : h->state == HTML_NAME ? tag_named(h) : NULL;

        if (h->state == HTML_ATTR)
                h->state = HTML_AFTER;
        else if (h->state == HTML_NAME)
                h->state = HTML_TAG;
        return why;
}

bool
html_join(struct html *h, const struct html *other)
{
        bool in_value = h->state == HTML_DQ || h->state == HTML_SQ;
        bool in_tag = h->state == HTML_TAG || h->state == HTML_AFTER || in_value;

        /* behind a name without a value is as good as between attributes */
        if (h->state == HTML_AFTER && other->state == HTML_TAG)
                h->state = HTML_TAG;
        if (h->state != other->state && !(h->state == HTML_TAG && other->state == HTML_AFTER))
                return false;
        if (h->verbatim != other->verbatim)
                return false;
        if (in_tag &&
            (h->closing != other->closing || h->n_tag != other->n_tag || memcmp(h->tag, other->tag, h->n_tag) != 0))
                return false;
        if (in_value &&
            (h->attr != other->attr || h->n_name != other->n_name || memcmp(h->name, other->name, h->n_name) != 0))
                return false;
        if (h->url != other->url)
                h->url = URL_OPEN;
        if (!other->has_src)
                h->has_src = false;
        value_over(h);
        return true;
}
