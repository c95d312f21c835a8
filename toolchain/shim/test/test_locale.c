/* Locales from the environment; the expected values are those of JDK 25 with the locale installed. */
#include "../chelper_locale.c"

#include "check.h"

static const struct {
    const char *lang, *language, *script, *country, *variant;
} names[] = {
    {NULL, "en", NULL, "US", NULL},
    {"", "en", NULL, "US", NULL},
    {"C", "en", NULL, "US", NULL},
    {"POSIX", "en", NULL, "US", NULL},
    {"C.UTF-8", "en", NULL, NULL, NULL},
    {"en_US.UTF-8", "en", NULL, "US", NULL},
    {"de_AT.UTF-8", "de", NULL, "AT", NULL},
    {"de_DE@euro", "de", NULL, "DE", NULL},
    {"de_DE.ISO-8859-15@euro", "de", NULL, "DE", NULL},
    {"de", "de", NULL, "DE", NULL},
    {"de.UTF-8", "de", NULL, "DE", NULL},
    {"german", "de", NULL, "DE", NULL},
    {"german_AT", "de", NULL, "AT", NULL},
    {"fran\xC3\xA7" "ais", "fr", NULL, "FR", NULL},
    {"bokm\xC3\xA5l", "nb", NULL, "NO", NULL},
    {"nynorsk", "nn", NULL, "NO", NULL},
    {"no_NO@nynorsk", "no", NULL, "NO", "NY"},
    {"he_IL.UTF-8", "iw", NULL, "IL", NULL},
    {"he", "iw", NULL, "IL", NULL},
    {"id_ID", "in", NULL, "ID", NULL},
    {"sh_YU", "sr", NULL, "CS", NULL},
    {"sr_YU", "sr", NULL, "CS", NULL},
    {"sr_RS@latin", "sr", "Latn", "RS", NULL},
    {"sr_RS.UTF-8@cyrillic", "sr", "Cyrl", "RS", NULL},
    {"uz_UZ@Cyrl", "uz", "Cyrl", "UZ", NULL},
    {"zh_TW.Big5", "zh", NULL, "TW", NULL},
    {"zh", "zh", NULL, "CN", NULL},
    {"eo", "eo", NULL, NULL, NULL},
    {"tlh", "tlh", NULL, NULL, NULL},
    {"en_RN", "en", NULL, "US", NULL},
    {"@latin", "", "Latn", NULL, NULL},
    {"_", "", NULL, "", NULL},
};

static void clear(void) {
    unsetenv("LANG");
    unsetenv("LC_ALL");
    unsetenv("LC_CTYPE");
    unsetenv("LC_MESSAGES");
}

static void names_are_cut_into_parts(void) {
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        clear();
        if (names[i].lang != NULL) {
            setenv("LANG", names[i].lang, 1);
        }
        const char *name = names[i].lang == NULL ? "unset" : names[i].lang;
        check_number(name, SVM_LOCALE_INITIALIZATION_SUCCEEDED, svm_initialize_locale());
        const svm_locale_props_t *got = svm_get_locale();
        check_text(name, names[i].language, got->display_language);
        check_text(name, names[i].script, got->display_script);
        check_text(name, names[i].country, got->display_country);
        check_text(name, names[i].variant, got->display_variant);
        check_text(name, names[i].language, got->format_language);
        check_text(name, names[i].country, got->format_country);
    }
}

static const struct {
    const char *name, *all, *messages, *ctype, *lang, *display, *format;
} precedences[] = {
    {"LANG alone", NULL, NULL, NULL, "it_IT", "it", "it"},
    {"a category before LANG", NULL, "fr_FR", NULL, "it_IT", "fr", "it"},
    {"each category for itself", NULL, "fr_FR", "es_ES", NULL, "fr", "es"},
    {"LC_ALL before all", "pl_PL", "fr_FR", "es_ES", "it_IT", "pl", "pl"},
    {"empty is unset", "", "", "es_ES", "it_IT", "it", "es"},
};

static void set_or_unset(const char *variable, const char *value) {
    if (value == NULL) {
        unsetenv(variable);
    } else {
        setenv(variable, value, 1);
    }
}

static void variables_come_in_the_order_of_posix(void) {
    for (size_t i = 0; i < sizeof precedences / sizeof *precedences; i++) {
        set_or_unset("LC_ALL", precedences[i].all);
        set_or_unset("LC_MESSAGES", precedences[i].messages);
        set_or_unset("LC_CTYPE", precedences[i].ctype);
        set_or_unset("LANG", precedences[i].lang);
        svm_initialize_locale();
        check_text(precedences[i].name, precedences[i].display, svm_get_locale()->display_language);
        check_text(precedences[i].name, precedences[i].format, svm_get_locale()->format_language);
    }
}

static void a_long_name_is_no_overflow(void) {
    static char name[100000];
    memset(name, 'x', sizeof name - 1);
    clear();
    setenv("LANG", name, 1);
    check_number("long name", SVM_LOCALE_INITIALIZATION_SUCCEEDED, svm_initialize_locale());
    check_number("long name kept", sizeof name - 1, (int64_t)strlen(svm_get_locale()->display_language));
}

static void leave_no_leak(void) {
    clear();
    char **parts[] = {&locale.display_language, &locale.display_script, &locale.display_country,
                      &locale.display_variant, &locale.format_language, &locale.format_script,
                      &locale.format_country, &locale.format_variant};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        copy(NULL, parts[i]);
    }
}

int main(void) {
    names_are_cut_into_parts();
    variables_come_in_the_order_of_posix();
    a_long_name_is_no_overflow();
    leave_no_leak();
    return summary();
}
