/* Finds an embedded asset; there are about fifteen, so a walk is quick. */
#include "dd_assets.h"

const struct asset *
asset_find(struct str path)
{
        for (size_t i = 0; i < asset_rows_n; i++)
                if (str_eq(asset_rows[i].url, path))
                        return &asset_rows[i];
        return NULL;
}

struct str
asset_url_of(struct str name)
{
        for (size_t i = 0; i < asset_rows_n; i++)
                if (str_eq(asset_rows[i].name, name))
                        return asset_rows[i].url;
        return STR_NONE;
}

struct str
asset_url(const char *name)
{
        return asset_url_of(str_of(name));
}
