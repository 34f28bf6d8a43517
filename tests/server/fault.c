/* Preloaded into a server and its children by fault.rs: files under FAULT_FOLDER behave as on a machine that fails.
 * FAULT_AT=n ends the machine, all of these processes, at the nth change of a file; a write is half done by then.
 * While the file FAULT_FULL is there, the disk is full; with FAULT_ROOM=n it is full for files of results, after n bytes of
 * each, and for nothing else. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static const char *folder, *full;
static unsigned long at, own, room, *steps = &own;
static pid_t server;

__attribute__((constructor)) static void begin(void) {
    const char *number = getenv("FAULT_AT");
    folder = getenv("FAULT_FOLDER");
    full = getenv("FAULT_FULL");
    const char *fits = getenv("FAULT_ROOM");
    room = fits ? strtoul(fits, NULL, 10) : 0;
    unsigned long step = number ? strtoul(number, NULL, 10) : 0;
    /* The first of the processes is the server; all count together. */
    const char *first = getenv("FAULT_SERVER");
    char path[PATH_MAX], id[32];
    server = first ? atoi(first) : getpid();
    snprintf(id, sizeof id, "%d", server);
    setenv("FAULT_SERVER", id, 1);
    if (!step || !folder) return;
    snprintf(path, sizeof path, "%s.steps", folder);
    int file = open(path, O_RDWR | O_CREAT | (first ? 0 : O_TRUNC), 0600);
    if (file < 0 || ftruncate64(file, sizeof *steps) != 0) abort();
    void *shared = mmap(NULL, sizeof *steps, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (shared == MAP_FAILED) abort();
    steps = shared;
    close(file);
    at = step;
}

static int named(const char *path) {
    return folder && strncmp(path, folder, strlen(folder)) == 0;
}

static int opened(int file) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return named(path);
}

/* True where the process is to end now. */
static int last(void) {
    return at && __atomic_add_fetch(steps, 1, __ATOMIC_SEQ_CST) == at;
}

static void end(void) {
    kill(server, SIGKILL);
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

/* Whether there is no room for so many more bytes of a file; -1 is no file. */
static int refused(int file, size_t count) {
    if (!full || access(full, F_OK) != 0) return 0;
    if (room) {
        char link[64], path[PATH_MAX] = "";
        struct stat data;
        snprintf(link, sizeof link, "/proc/self/fd/%d", file);
        if (readlink(link, path, sizeof path - 1) < 0 || !strstr(path, "/results/.") || !strstr(path, ".part")) return 0;
        if (fstat(file, &data) != 0 || data.st_size + count <= room) return 0;
    }
    errno = ENOSPC;
    return 1;
}

#define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

ssize_t write(int file, const void *bytes, size_t count) {
    REAL(write);
    if (opened(file)) {
        if (refused(file, count)) return -1;
        if (last()) { real(file, bytes, count / 2); end(); }
    }
    return real(file, bytes, count);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t place) {
    REAL(pwrite);
    if (opened(file)) {
        if (refused(file, count)) return -1;
        if (last()) { real(file, bytes, count / 2, place); end(); }
    }
    return real(file, bytes, count, place);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t place) {
    return pwrite(file, bytes, count, place);
}

#define STEP(ours) do { if (ours) { if (last()) end(); } } while (0)

int fsync(int file) { REAL(fsync); STEP(opened(file)); return real(file); }
int fdatasync(int file) { REAL(fdatasync); STEP(opened(file)); return real(file); }
int ftruncate(int file, off_t length) { REAL(ftruncate); STEP(opened(file)); return real(file, length); }
int ftruncate64(int file, off64_t length) { return ftruncate(file, length); }
int rename(const char *from, const char *to) { REAL(rename); STEP(named(to)); return real(from, to); }
int unlink(const char *path) { REAL(unlink); STEP(named(path)); return real(path); }
int mkdir(const char *path, mode_t mode) {
    REAL(mkdir);
    if (named(path) && refused(-1, 0)) return -1;
    STEP(named(path));
    return real(path, mode);
}
