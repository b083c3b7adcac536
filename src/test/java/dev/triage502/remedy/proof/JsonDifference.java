package dev.triage502.remedy.proof;

import java.util.ArrayList;
import java.util.List;

/** The first place where two texts differ, with what stands around it. */
final class JsonDifference {

    private static final int AROUND = 90;

    private JsonDifference() {}

    static String between(String before, String after) {
        List<String> found = new ArrayList<>();
        String[] old = before.split("\n");
        String[] now = after.split("\n");
        for (int i = 0; i < Math.min(old.length, now.length); i++) {
            if (!old[i].equals(now[i])) {
                found.add(firstOf(old[i], now[i]));
            }
        }
        return String.join("; ", found);
    }

    private static String firstOf(String before, String after) {
        int at = 0;
        while (at < before.length() && at < after.length() && before.charAt(at) == after.charAt(at)) {
            at++;
        }
        return "before …" + around(before, at) + "… after …" + around(after, at) + "…";
    }

    private static String around(String text, int at) {
        return text.substring(Math.max(0, at - AROUND), Math.min(text.length(), at + AROUND));
    }
}
