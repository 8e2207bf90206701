/* Writes down what a process does to the files below one folder, so that a test can take back
 * what was not synced, as a power cut does. Loaded with LD_PRELOAD.
 *
 * CUT_FOLDER   the folder, an absolute path
 * CUT_JOURNAL  the file to write to
 * CUT_GRAVES   a folder on the same file system: files that are removed live on there
 * CUT_DEAF     "fdatasync": fdatasync does nothing, for a control; "all": fsync neither
 *
 * Each record is written before what it tells of is done, but for the making of a file, and all
 * of it in one turn at a time: what was complete when a sync began is before it in the journal.
 * The data themselves go where they go; syncs are not passed on, since the test decides what
 * they are worth. sync_file_range counts as nothing (it writes no metadata and empties no
 * cache of the disk), so it does nothing.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { WRITE = 1, RESIZE, SYNC, CREATE, UNLINK, RENAME, MKDIR, RMDIR };

struct head {
    uint32_t magic;
    uint32_t kind;
    uint64_t inode;  /* of the file, or of the folder that a SYNC is about */
    uint64_t other;  /* RENAME: the inode that is replaced, or 0 */
    uint64_t offset; /* WRITE: where; RESIZE: the new size */
    uint64_t length; /* WRITE: how much */
    uint64_t size;   /* of the file before */
    uint32_t old;    /* bytes of old content that follow */
    uint32_t name;   /* bytes of the path that follow then */
    uint32_t to;     /* RENAME: bytes of the new path that follow then */
    uint32_t padding;
};

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static const char *folder, *graves, *deaf;
static int journal = -1;

__attribute__((constructor)) static void begin(void) {
    folder = getenv("CUT_FOLDER");
    graves = getenv("CUT_GRAVES");
    deaf = getenv("CUT_DEAF");
    const char *path = getenv("CUT_JOURNAL");
    if (folder && graves && path)
        journal = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void fail(const char *what) {
    char text[200];
    int length = snprintf(text, sizeof text, "power-cut shim: %s: %s\n", what, strerror(errno));
    syscall(SYS_write, 2, text, (size_t)length);
    abort();
}

static int is_below(const char *path) {
    size_t length = strlen(folder);
    return strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == 0);
}

/* Whether a path is ours; `*full` is then the whole of it. */
static int is_ours(int at, const char *path, char full[PATH_MAX]) {
    if (journal < 0 || !path) return 0;
    if (path[0] == '/') {
        if (strlen(path) >= PATH_MAX) return 0;
        strcpy(full, path);
        return is_below(full);
    }
    char base[PATH_MAX], link[64];
    if (at == AT_FDCWD) {
        if (!getcwd(base, sizeof base)) return 0;
    } else {
        snprintf(link, sizeof link, "/proc/self/fd/%d", at);
        ssize_t length = readlink(link, base, sizeof base - 1);
        if (length < 0) return 0;
        base[length] = 0;
    }
    if (snprintf(full, PATH_MAX, "%s/%s", base, path) >= PATH_MAX) return 0;
    return is_below(full);
}

/* Whether an open file or folder is ours. */
static int holds_ours(int fd, struct stat *found) {
    if (journal < 0 || fstat(fd, found) != 0) return 0;
    if (!S_ISREG(found->st_mode) && !S_ISDIR(found->st_mode)) return 0;
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_below(path);
}

static void put(struct head head, const void *old, const char *name, const char *to) {
    head.magic = 0x43555421;
    head.name = name ? strlen(name) : 0;
    head.to = to ? strlen(to) : 0;
    struct iovec parts[4] = {
        {&head, sizeof head}, {(void *)old, head.old}, {(void *)name, head.name}, {(void *)to, head.to}};
    ssize_t whole = sizeof head + head.old + head.name + head.to;
    if (syscall(SYS_writev, journal, parts, 4) != whole) fail("the journal cannot be written");
}

/* What a file holds there, read through a descriptor of its own: theirs may be for writing only. */
static char *held(int fd, uint64_t offset, uint64_t length) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    int own = syscall(SYS_openat, AT_FDCWD, link, O_RDONLY | O_CLOEXEC, 0);
    char *old = malloc(length ? length : 1);
    uint64_t done = 0;
    if (own < 0 || !old) fail("old content cannot be read");
    while (done < length) {
        ssize_t got = syscall(SYS_pread64, own, old + done, length - done, offset + done);
        if (got <= 0) fail("old content cannot be read");
        done += (uint64_t)got;
    }
    syscall(SYS_close, own);
    return old;
}

static void tell_write(int fd, const struct stat *found, uint64_t offset, uint64_t length) {
    uint64_t size = found->st_size;
    uint64_t end = offset + length < size ? offset + length : size;
    struct head head = {.kind = WRITE, .inode = found->st_ino, .offset = offset, .length = length, .size = size};
    head.old = end > offset ? end - offset : 0;
    char *old = held(fd, offset, head.old);
    put(head, old, NULL, NULL);
    free(old);
}

static void tell_resize(int fd, const struct stat *found, uint64_t size) {
    struct head head = {.kind = RESIZE, .inode = found->st_ino, .offset = size, .size = found->st_size};
    head.old = head.size > size ? head.size - size : 0;
    char *old = held(fd, size, head.old);
    put(head, old, NULL, NULL);
    free(old);
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) {
    struct stat found;
    if (!holds_ours(fd, &found)) return syscall(SYS_pwrite64, fd, data, length, offset);
    pthread_mutex_lock(&turn);
    fstat(fd, &found);
    tell_write(fd, &found, offset, length);
    ssize_t done = syscall(SYS_pwrite64, fd, data, length, offset);
    pthread_mutex_unlock(&turn);
    return done;
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) {
    return pwrite64(fd, data, length, offset);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    struct stat found;
    if (!holds_ours(fd, &found)) return syscall(SYS_writev, fd, parts, count);
    uint64_t length = 0;
    for (int part = 0; part < count; part++) length += parts[part].iov_len;
    pthread_mutex_lock(&turn);
    fstat(fd, &found);
    int appends = fcntl(fd, F_GETFL) & O_APPEND;
    tell_write(fd, &found, appends ? (uint64_t)found.st_size : (uint64_t)lseek(fd, 0, SEEK_CUR), length);
    ssize_t done = syscall(SYS_writev, fd, parts, count);
    pthread_mutex_unlock(&turn);
    return done;
}

ssize_t write(int fd, const void *data, size_t length) {
    struct stat found;
    if (!holds_ours(fd, &found)) return syscall(SYS_write, fd, data, length);
    struct iovec part = {(void *)data, length};
    return writev(fd, &part, 1);
}

int ftruncate64(int fd, off64_t size) {
    struct stat found;
    if (!holds_ours(fd, &found)) return syscall(SYS_ftruncate, fd, size);
    pthread_mutex_lock(&turn);
    fstat(fd, &found);
    tell_resize(fd, &found, size);
    int done = syscall(SYS_ftruncate, fd, size);
    pthread_mutex_unlock(&turn);
    return done;
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

static int sync_of(int fd, int number, int is_heard) {
    struct stat found;
    if (!holds_ours(fd, &found)) return syscall(number, fd);
    pthread_mutex_lock(&turn);
    struct head head = {.kind = SYNC, .inode = found.st_ino};
    if (is_heard) put(head, NULL, NULL, NULL);
    pthread_mutex_unlock(&turn);
    return 0;
}

int fsync(int fd) { return sync_of(fd, SYS_fsync, !deaf || strcmp(deaf, "all") != 0); }

int fdatasync(int fd) { return sync_of(fd, SYS_fdatasync, !deaf); }

int sync_file_range(int fd, off64_t offset, off64_t length, unsigned int flags) {
    struct stat found;
    if (holds_ours(fd, &found)) return 0;
    return syscall(SYS_sync_file_range, fd, offset, length, flags);
}

/* Ways to write that are not written down: whoever asks is told to take another. */
ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t length, unsigned int flags) {
    struct stat found;
    if (!holds_ours(out, &found)) return syscall(SYS_copy_file_range, in, from, out, to, length, flags);
    errno = ENOSYS;
    return -1;
}

ssize_t sendfile64(int out, int in, off64_t *offset, size_t length) {
    struct stat found;
    if (!holds_ours(out, &found)) return syscall(SYS_sendfile, out, in, offset, length);
    errno = ENOSYS;
    return -1;
}

int fallocate64(int fd, int mode, off64_t offset, off64_t length) {
    struct stat found;
    if (!holds_ours(fd, &found)) return syscall(SYS_fallocate, fd, mode, offset, length);
    errno = EOPNOTSUPP;
    return -1;
}

static int open_of(int at, const char *path, int flags, mode_t mode) {
    char full[PATH_MAX];
    int writes = (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT);
    if (!writes || !is_ours(at, path, full)) return syscall(SYS_openat, at, path, flags, mode);
    pthread_mutex_lock(&turn);
    struct stat found;
    int was_there = stat(full, &found) == 0;
    if (was_there && (flags & O_TRUNC) && !(flags & O_EXCL)) {
        int own = syscall(SYS_openat, AT_FDCWD, full, O_RDONLY | O_CLOEXEC, 0);
        if (own >= 0) {
            tell_resize(own, &found, 0);
            syscall(SYS_close, own);
        }
    }
    int fd = syscall(SYS_openat, at, path, flags, mode);
    int reason = errno;
    if (fd >= 0 && !was_there && fstat(fd, &found) == 0) {
        struct head head = {.kind = CREATE, .inode = found.st_ino};
        put(head, NULL, full, NULL);
    }
    pthread_mutex_unlock(&turn);
    errno = reason;
    return fd;
}

#define MODE_OF(flags)                                      \
    mode_t mode = 0;                                        \
    if ((flags) & (O_CREAT | __O_TMPFILE)) {                \
        va_list rest;                                       \
        va_start(rest, flags);                              \
        mode = va_arg(rest, mode_t);                        \
        va_end(rest);                                       \
    }

int open(const char *path, int flags, ...) { MODE_OF(flags) return open_of(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE_OF(flags) return open_of(AT_FDCWD, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE_OF(flags) return open_of(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE_OF(flags) return open_of(at, path, flags, mode); }

/* Keeps a file that loses its name. */
static void bury(const char *full, const struct stat *found) {
    char grave[PATH_MAX];
    snprintf(grave, sizeof grave, "%s/%llu", graves, (unsigned long long)found->st_ino);
    if (syscall(SYS_linkat, AT_FDCWD, full, AT_FDCWD, grave, 0) != 0 && errno != EEXIST) fail("no grave");
}

int unlinkat(int at, const char *path, int flags) {
    char full[PATH_MAX];
    struct stat found;
    if (!is_ours(at, path, full)) return syscall(SYS_unlinkat, at, path, flags);
    pthread_mutex_lock(&turn);
    if (lstat(full, &found) == 0) {
        struct head head = {.kind = (flags & AT_REMOVEDIR) ? RMDIR : UNLINK, .inode = found.st_ino};
        if (head.kind == UNLINK) bury(full, &found);
        put(head, NULL, full, NULL);
    }
    int done = syscall(SYS_unlinkat, at, path, flags);
    pthread_mutex_unlock(&turn);
    return done;
}

int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }

int rename(const char *from, const char *to) {
    char full_from[PATH_MAX], full_to[PATH_MAX];
    struct stat found, replaced;
    if (!is_ours(AT_FDCWD, from, full_from) || !is_ours(AT_FDCWD, to, full_to))
        return syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
    pthread_mutex_lock(&turn);
    if (lstat(full_from, &found) == 0) {
        struct head head = {.kind = RENAME, .inode = found.st_ino};
        if (lstat(full_to, &replaced) == 0) {
            head.other = replaced.st_ino;
            bury(full_to, &replaced);
        }
        put(head, NULL, full_from, full_to);
    }
    int done = syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
    pthread_mutex_unlock(&turn);
    return done;
}

int mkdir(const char *path, mode_t mode) {
    char full[PATH_MAX];
    if (!is_ours(AT_FDCWD, path, full)) return syscall(SYS_mkdirat, AT_FDCWD, path, mode);
    pthread_mutex_lock(&turn);
    int done = syscall(SYS_mkdirat, AT_FDCWD, path, mode);
    int reason = errno;
    if (done == 0) {
        struct head head = {.kind = MKDIR};
        put(head, NULL, full, NULL);
    }
    pthread_mutex_unlock(&turn);
    errno = reason;
    return done;
}
