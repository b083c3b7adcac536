package dev.triage502.evidence;

import java.util.List;

/** Which statuses does a probe take for healthy? Ranges as Azure writes them: {@code 200-399}, {@code 401}. */
record StatusRanges(List<String> ranges) {

    StatusRanges {
        ranges = List.copyOf(ranges);
    }

    boolean include(int status) {
        return ranges.stream()
                .flatMap(each -> List.of(each.split(",")).stream())
                .anyMatch(each -> has(each, status));
    }

    private static boolean has(String range, int status) {
        String[] ends = range.strip().split("-", 2);
        try {
            int from = Integer.parseInt(ends[0].strip());
            int to = ends.length == 2 ? Integer.parseInt(ends[1].strip()) : from;
            return status >= from && status <= to;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
