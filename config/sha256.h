/* SHA-256 of files as read, for people to compare: not for secrets.
 *
 * config/ hashes the settings it loaded, infer/ the model it mapped. Feed in
 * pieces of any size. No allocation, no errors; one thread an object. */
#ifndef CONFIG_SHA256_H
#define CONFIG_SHA256_H

#include "config/base.h"

enum { SHA256_SIZE = 32, SHA256_BLOCK = 64, SHA256_HEX_SIZE = 65 };

struct sha256 {
    uint32_t state[8];
    uint64_t n_bytes;
    uint8_t block[SHA256_BLOCK]; /* the first n_bytes % 64 of it are waiting */
};

void sha256_init(struct sha256 *s);
void sha256_feed(struct sha256 *s, const void *data, size_t n);
/* Ends the object: 64 lower-case hexadecimal digits and a NUL. */
void sha256_done(struct sha256 *s, char ret_hex[SHA256_HEX_SIZE]);

/* All of the above for data that is there at once. */
void sha256_of(const void *data, size_t n, char ret_hex[SHA256_HEX_SIZE]);

#endif
