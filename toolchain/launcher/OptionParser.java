package org.bakedpage.nativeimage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Turns arguments into what they ask for. */
final class OptionParser {

    private static final String UNLOCK = "UnlockExperimentalVMOptions";

    private final ApiOptions apiOptions;
    private final BuildRequest request;

    OptionParser(ApiOptions apiOptions, BuildRequest request) {
        this.apiOptions = apiOptions;
        this.request = request;
    }

    void parse(List<String> arguments, Origin origin) {
        Deque<String> following = new ArrayDeque<>(arguments);
        List<String> unknown = new ArrayList<>();
        while (!following.isEmpty()) {
            String argument = following.pop();
            if (!serve(argument, following, origin)) {
                unknown.add(argument);
            }
        }
        if (!unknown.isEmpty()) {
            String place = origin.isUser() ? "" : " in " + origin.text();
            throw new UsageError("unrecognized %s%s: %s",
                    unknown.size() == 1 ? "option" : "options", place, String.join(" ", unknown));
        }
    }

    private boolean serve(String argument, Deque<String> following, Origin origin) {
        if (HostedOption.isOne(argument)) {
            request.add(HostedOption.parse(argument, origin));
            return true;
        }
        if (!argument.startsWith("-") && origin.isUser()) {
            request.names.add(argument);
            return true;
        }
        List<HostedOption> matches = apiOptions.match(argument, following, origin);
        if (!matches.isEmpty()) {
            matches.forEach(request::add);
            return true;
        }
        return LauncherOptions.ALL.stream().anyMatch(option -> option.serve(argument, following, request, origin));
    }

    /** The user's experimental options that are not between unlocking and locking them again. */
    List<HostedOption> lockedExperimentalOptions() {
        List<HostedOption> locked = new ArrayList<>();
        boolean unlocked = false;
        for (HostedOption option : request.userOptions()) {
            if (option.name().equals(UNLOCK)) {
                unlocked = option.isSwitchedOn(UNLOCK);
            } else if (!unlocked && !option.api() && apiOptions.isExperimental(option)) {
                locked.add(option);
            }
        }
        return locked;
    }
}
