package io.upstep.executor.action.postgres;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a session is called in the server, so that it is known there whose it is: {@code upstep/<namespace>/<release>/<epoch>}. */
final class SessionName {
    /** The server cuts off what is longer, and with it the epoch. */
    private static final int LONGEST = 63;

    private static final Pattern FORM = Pattern.compile("upstep/.*/(\\d{1,18})");

    private SessionName() {}

    static String of(String installation, long epoch) {
        String end = "/" + epoch;
        String begin = "upstep/" + installation;
        return begin.substring(0, Math.min(begin.length(), LONGEST - end.length())) + end;
    }

    /** The epoch of a session of this installation; empty for any other's. */
    static OptionalLong epoch(String name, String installation) {
        Matcher form = FORM.matcher(name);
        if (!form.matches()) {
            return OptionalLong.empty();
        }
        long epoch = Long.parseLong(form.group(1));
        return of(installation, epoch).equals(name) ? OptionalLong.of(epoch) : OptionalLong.empty();
    }
}
