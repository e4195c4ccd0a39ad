#include <string.h>

#include "config/sha256.h"
#include "tests/unit/check_main.h"

/* NIST's examples, and lengths on both sides of where the padding needs a block more
 * (these sums are coreutils' sha256sum of as many letters 'a'). */
static const struct {
    const char *text;
    size_t repeat;
    const char *hex;
} known[] = {
    {"", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    {"a", 55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"},
    {"a", 56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"},
    {"a", 64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"},
    {"a", 1000000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
};

START_TEST(known_sums)
{
    char hex[SHA256_HEX_SIZE];
    struct sha256 s;
    sha256_init(&s);
    for (size_t i = 0; i < known[_i].repeat; i++)
        sha256_feed(&s, known[_i].text, strlen(known[_i].text));
    sha256_done(&s, hex);
    ck_assert_str_eq(hex, known[_i].hex);
}
END_TEST

START_TEST(pieces_do_not_matter)
{
    uint8_t data[300];
    char whole[SHA256_HEX_SIZE], parts[SHA256_HEX_SIZE];
    for (size_t i = 0; i < sizeof(data); i++)
        data[i] = (uint8_t)(i * 7);
    sha256_of(data, sizeof(data), whole);
    for (size_t cut = 0; cut <= sizeof(data); cut++) {
        struct sha256 s;
        sha256_init(&s);
        sha256_feed(&s, data, cut);
        sha256_feed(&s, data + cut, sizeof(data) - cut);
        sha256_done(&s, parts);
        ck_assert_str_eq(parts, whole);
    }
}
END_TEST

static Suite *sha256_suite(void)
{
    Suite *s = suite_create("sha256");
    TCase *t = tcase_create("sha256");
    tcase_add_loop_test(t, known_sums, 0, ARRAY_SIZE(known));
    tcase_add_test(t, pieces_do_not_matter);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(sha256_suite)
