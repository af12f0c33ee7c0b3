#ifndef NOVALENS_CCURL_H
#define NOVALENS_CCURL_H

#include <curl/curl.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

// `curl_easy_setopt` and `curl_easy_getinfo` are variadic, which Swift cannot call:
// one wrapper for each kind of argument. `CURLOPT_…` names are enum cases and come through.

static inline CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

/// libcurl copies the string.
static inline CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

/// For buffers, lists and contexts, which must live until the transfer has been removed,
/// and for the body under `CURLOPT_COPYPOSTFIELDS`, which libcurl copies.
static inline CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, const void *value) {
    return curl_easy_setopt(easy, option, value);
}

// libcurl keeps tokens in what it sends, what it receives and the headers that it has read, and clears none of it. So all
// memory that it lets go of is overwritten. TLS has memory of its own, as HTTP/2 would have, which is not spoken.

static inline void ccurl_free(void *memory) {
    if (memory != NULL) explicit_bzero(memory, malloc_usable_size(memory));
    free(memory);
}

static inline void *ccurl_realloc(void *memory, size_t size) {
    size_t had = memory == NULL ? 0 : malloc_usable_size(memory);
    if (memory != NULL && size <= had) {
        explicit_bzero((char *)memory + size, had - size);
        return memory;
    }
    void *larger = malloc(size);
    if (larger == NULL || memory == NULL) return larger;
    memcpy(larger, memory, had);
    ccurl_free(memory);
    return larger;
}

/// Sets libcurl up, once for the process.
static inline CURLcode ccurl_global_init(void) {
    return curl_global_init_mem(CURL_GLOBAL_SSL, malloc, ccurl_free, ccurl_realloc, strdup, calloc);
}

/// Adds a line to the headers of a request, of which no copy stays behind that nobody clears. One with an empty value is
/// written `Name;`, as `Name:` would take it away. NULL where there is no memory; the list stays as it is then.
static inline struct curl_slist *ccurl_append_header(
    struct curl_slist *list, const char *name, const void *value, size_t count) {
    size_t length = strlen(name);
    char *line = (char *)calloc(1, length + count + 3);
    if (line == NULL) return NULL;
    memcpy(line, name, length);
    memcpy(line + length, count > 0 ? ": " : ";", count > 0 ? 2 : 1);
    if (count > 0) memcpy(line + length + 2, value, count);
    // libcurl copies it.
    struct curl_slist *longer = curl_slist_append(list, line);
    ccurl_free(line);
    return longer;
}

/// For `CURLOPT_WRITEFUNCTION` and `CURLOPT_HEADERFUNCTION`: gives back how many bytes were taken;
/// any other number than `size * count` ends the transfer.
typedef size_t (*ccurl_receive)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode ccurl_set_receive(CURL *easy, CURLoption option, ccurl_receive receive) {
    return curl_easy_setopt(easy, option, receive);
}

static inline int ccurl_set_close_on_exec(void *context, curl_socket_t socket, curlsocktype purpose) {
    (void)context, (void)purpose;
    return fcntl(socket, F_SETFD, FD_CLOEXEC) == 0 ? CURL_SOCKOPT_OK : CURL_SOCKOPT_ERROR;
}

/// Keeps the connections to the cloud from programs that this one starts, such as an editor.
static inline CURLcode ccurl_close_sockets_on_exec(CURL *easy) {
    return curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, ccurl_set_close_on_exec);
}

static inline CURLcode ccurl_get_long(CURL *easy, CURLINFO info, long *value) {
    return curl_easy_getinfo(easy, info, value);
}

/// For infos that are counted in microseconds or bytes.
static inline CURLcode ccurl_get_offset(CURL *easy, CURLINFO info, curl_off_t *value) {
    return curl_easy_getinfo(easy, info, value);
}

/// The transfer that a `CURLMSG_DONE` is about, and how it ended: Swift does not see into the message's union.
static inline CURLcode ccurl_result(const CURLMsg *message) { return message->data.result; }

#endif
