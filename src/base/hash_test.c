#include "base_test_priv.h"

static struct str
hex_of(struct arena *a, struct str s)
{
        uint8_t h[32];

        dd_sha256(s.p, s.n, h);
        return dd_hex(a, h, sizeof h);
}

/* FIPS 180-4, examples. */
static void
sha256_of_abc(void **state)
{
        assert_text(hex_of(*state, S("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void
sha256_of_nothing(void **state)
{
        assert_text(hex_of(*state, S("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void
sha256_of_two_blocks(void **state)
{
        assert_text(hex_of(*state, S("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
                    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void
hex_is_lower_case_and_terminated(void **state)
{
        struct str s = dd_hex(*state, (const uint8_t[]){ 0, 0xAB, 0xFF }, 3);

        assert_text(s, "00abff");
        assert_int_equal(s.p[s.n], 0);
        assert_text(dd_hex(*state, NULL, 0), "");
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(sha256_of_abc),
                cmocka_unit_test(sha256_of_nothing),
                cmocka_unit_test(sha256_of_two_blocks),
                cmocka_unit_test(hex_is_lower_case_and_terminated),
        };

        return RUN(tests);
}
