#include "daemon/store_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

enum { WAIT_MS = 3000, NAP_MS = 20, NOTE_SIZE = 21 }; /* twenty digits and a newline */

int store_lock_take(const char *path, int *ret_fd, struct reason *why)
{
    char name[4200];
    snprintf(name, sizeof(name), "%s-lock", path);
    int fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    for (int ms = 0; fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) < 0; ms += NAP_MS) {
        if (errno != EWOULDBLOCK)
            break; /* a file system without locks */
        if (ms >= WAIT_MS) {
            close(fd);
            return reason_set(why, EBUSY, "store %s is in use by another earshotd: give each its own store.path", path);
        }
        nanosleep(&(struct timespec){.tv_nsec = NAP_MS * 1000000L}, NULL);
    }
    if (fd >= 0 && lseek(fd, 0, SEEK_END) < NOTE_SIZE)
        store_lock_note(fd, 0);
    *ret_fd = fd;
    return 0;
}

uint64_t store_lock_noted(int fd)
{
    char text[NOTE_SIZE + 1] = "";
    if (fd < 0 || pread(fd, text, NOTE_SIZE, 0) != NOTE_SIZE || text[NOTE_SIZE - 1] != '\n')
        return 0;
    return strtoull(text, NULL, 10);
}

void store_lock_note(int fd, uint64_t seq)
{
    char text[NOTE_SIZE + 1];
    snprintf(text, sizeof(text), "%020" PRIu64 "\n", seq);
    if (fd >= 0 && pwrite(fd, text, NOTE_SIZE, 0) == NOTE_SIZE)
        (void)fdatasync(fd); /* against a power cut; what a process leaves the kernel keeps */
}
