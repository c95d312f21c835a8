/*
 * libchelper: the default locale from the environment, as the JDK maps POSIX locale names to Java's.
 *
 * The names are read from the variables, not asked of setlocale(): a container has no locale files, and without them
 * both C libraries forget what the user asked for.
 */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>

#include "svm_locale.h"

/*
 * A name without a country stands for a language and its usual country, and old or spelled-out names of languages for
 * their codes. Java keeps the codes of 1988 for Hebrew (iw) and Indonesian (in).
 */
static const struct language {
    const char *name, *code, *country;
} languages[] = {
    {"ar", "ar", "EG"}, {"be", "be", "BY"}, {"bg", "bg", "BG"}, {"br", "br", "FR"}, {"ca", "ca", "ES"},
    {"cs", "cs", "CZ"}, {"cz", "cs", "CZ"}, {"da", "da", "DK"}, {"de", "de", "DE"}, {"el", "el", "GR"},
    {"en", "en", "US"}, {"eo", "eo", NULL}, {"es", "es", "ES"}, {"et", "et", "EE"}, {"eu", "eu", "ES"},
    {"fi", "fi", "FI"}, {"fr", "fr", "FR"}, {"ga", "ga", "IE"}, {"gl", "gl", "ES"}, {"he", "iw", "IL"},
    {"hr", "hr", "HR"}, {"hs", "en", "US"}, {"hu", "hu", "HU"}, {"id", "in", "ID"}, {"in", "in", "ID"},
    {"is", "is", "IS"}, {"it", "it", "IT"}, {"iw", "iw", "IL"}, {"ja", "ja", "JP"}, {"kl", "kl", "GL"},
    {"ko", "ko", "KR"}, {"lt", "lt", "LT"}, {"lv", "lv", "LV"}, {"mk", "mk", "MK"}, {"nl", "nl", "NL"},
    {"no", "no", "NO"}, {"pl", "pl", "PL"}, {"pt", "pt", "PT"}, {"ro", "ro", "RO"}, {"ru", "ru", "RU"},
    {"se", "se", "NO"}, {"sh", "sr", NULL}, {"sk", "sk", "SK"}, {"sl", "sl", "SI"}, {"sq", "sq", "AL"},
    {"sr", "sr", "CS"}, {"su", "fi", "FI"}, {"sv", "sv", "SE"}, {"th", "th", "TH"}, {"tr", "tr", "TR"},
    {"ua", "en", "US"}, {"uk", "uk", "UA"}, {"vi", "vi", "VN"}, {"wa", "wa", "BE"}, {"zh", "zh", "CN"},
    {"bokmal", "nb", "NO"}, {"bokm\xC3\xA5l", "nb", "NO"}, {"catalan", "ca", "ES"}, {"croatian", "hr", "HR"},
    {"czech", "cs", "CZ"}, {"danish", "da", "DK"}, {"dansk", "da", "DK"}, {"deutsch", "de", "DE"},
    {"dutch", "nl", "NL"}, {"eesti", "et", "EE"}, {"estonian", "et", "EE"}, {"finnish", "fi", "FI"},
    {"fran\xC3\xA7" "ais", "fr", "FR"}, {"french", "fr", "FR"}, {"galego", "gl", "ES"}, {"galician", "gl", "ES"},
    {"german", "de", "DE"}, {"greek", "el", "GR"}, {"hebrew", "iw", "IL"}, {"hrvatski", "hr", "HR"},
    {"hungarian", "hu", "HU"}, {"icelandic", "is", "IS"}, {"italian", "it", "IT"}, {"japanese", "ja", "JP"},
    {"korean", "ko", "KR"}, {"lithuanian", "lt", "LT"}, {"norwegian", "no", "NO"}, {"nynorsk", "nn", "NO"},
    {"polish", "pl", "PL"}, {"portuguese", "pt", "PT"}, {"romanian", "ro", "RO"}, {"russian", "ru", "RU"},
    {"slovak", "sk", "SK"}, {"slovene", "sl", "SI"}, {"slovenian", "sl", "SI"}, {"spanish", "es", "ES"},
    {"swedish", "sv", "SE"}, {"thai", "th", "TH"}, {"turkish", "tr", "TR"}, {"C", "en", NULL}, {"POSIX", "en", NULL},
};

/* What follows the @ of a name: a script, a variant, or what only the C library minds (@euro). */
static const struct modifier {
    const char *name, *script, *variant;
} modifiers[] = {
    {"cyrillic", "Cyrl", NULL}, {"devanagari", "Deva", NULL}, {"iqtelif", "Latn", NULL}, {"latin", "Latn", NULL},
    {"Arab", "Arab", NULL}, {"Cyrl", "Cyrl", NULL}, {"Deva", "Deva", NULL}, {"Ethi", "Ethi", NULL},
    {"Hans", "Hans", NULL}, {"Hant", "Hant", NULL}, {"Latn", "Latn", NULL}, {"Sund", "Sund", NULL},
    {"Syrc", "Syrc", NULL}, {"Tfng", "Tfng", NULL}, {"nynorsk", NULL, "NY"},
};

/* Parts of one locale: constants, or pieces of its name. */
struct parts {
    const char *language, *script, *country, *variant;
};

static svm_locale_props_t locale;

/* POSIX "Internationalization Variables": the first of these that is set and not empty. */
static const char *name_of(const char *category) {
    const char *variables[] = {"LC_ALL", category, "LANG"};
    for (int i = 0; i < 3; i++) {
        const char *value = getenv(variables[i]);
        if (value != NULL && *value != '\0') {
            return value;
        }
    }
    return "C";
}

static const struct language *find_language(const char *name) {
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        if (strcmp(name, languages[i].name) == 0) {
            return &languages[i];
        }
    }
    return NULL;
}

/* Cuts a name of the form language[_country][.encoding][@modifier] into its parts, in place. */
static struct parts parse(char *name) {
    struct parts parts = {name, NULL, NULL, NULL};
    char *modifier = strchr(name, '@');
    if (modifier != NULL) {
        *modifier++ = '\0';
        for (size_t i = 0; i < sizeof modifiers / sizeof *modifiers; i++) {
            if (strcmp(modifier, modifiers[i].name) == 0) {
                parts.script = modifiers[i].script;
                parts.variant = modifiers[i].variant;
            }
        }
    }
    name[strcspn(name, ".")] = '\0';
    char *country = strchr(name, '_');
    if (country != NULL) {
        *country++ = '\0';
        /* Two countries have changed their codes; RN is an old name of the C locale's. */
        parts.country = strcmp(country, "YU") == 0 ? "CS" : strcmp(country, "RN") == 0 ? "US" : country;
    }
    const struct language *language = find_language(name);
    if (language != NULL) {
        parts.language = language->code;
        parts.country = parts.country != NULL ? parts.country : language->country;
    }
    return parts;
}

static int copy(const char *text, char **into) {
    free(*into);
    *into = NULL;
    return text == NULL || (*into = strdup(text)) != NULL;
}

static int set(const char *category, char **language, char **script, char **country, char **variant) {
    const char *name = name_of(category);
    /* The C locale by its bare name is American English; with an encoding (C.UTF-8) it is of no country. */
    char *text = strdup(strcmp(name, "C") == 0 || strcmp(name, "POSIX") == 0 ? "en_US" : name);
    if (text == NULL) {
        return 0;
    }
    struct parts parts = parse(text);
    int copied = copy(parts.language, language) && copy(parts.script, script)
            && copy(parts.country, country) && copy(parts.variant, variant);
    free(text);
    return copied;
}

int svm_initialize_locale(void) {
    int copied = set("LC_MESSAGES", &locale.display_language, &locale.display_script, &locale.display_country,
                     &locale.display_variant)
            && set("LC_CTYPE", &locale.format_language, &locale.format_script, &locale.format_country,
                   &locale.format_variant);
    return copied ? SVM_LOCALE_INITIALIZATION_SUCCEEDED : SVM_LOCALE_INITIALIZATION_OUT_OF_MEMORY;
}

const svm_locale_props_t *svm_get_locale(void) {
    return &locale;
}
