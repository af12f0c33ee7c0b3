#ifndef NOVALENS_CCURL_H
#define NOVALENS_CCURL_H

#include <curl/curl.h>

// `curl_easy_setopt` and `curl_easy_getinfo` are variadic, which Swift cannot call:
// one wrapper for each kind of argument. `CURLOPT_…` names are enum cases and come through.

#endif
