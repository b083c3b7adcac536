package dev.triage502.analysis.traffic;

/**
 * Fisher's exact test, one-sided: had the failed requests been drawn at random from all requests, how likely would at least
 * so many of them have the value that was looked at? The tail of the hypergeometric distribution, summed exactly.
 */
final class HypergeometricTail {

    /** Terms smaller than this share of the sum no longer change it. */
    private static final double NEGLIGIBLE = 1e-17;

    /** From here on Stirling's series is exact to ten digits. */
    private static final int STIRLING_FROM = 16;

    private HypergeometricTail() {}

    /**
     * The natural logarithm of the probability; 0 where no more of them have the value than expected.
     *
     * @param failedWith failed requests with the value
     * @param with       all requests with the value
     * @param failed     all failed requests
     * @param all        all requests, failed or served
     * @throws IllegalArgumentException if the counts contradict one another
     */
    static double logProbability(long failedWith, long with, long failed, long all) {
        boolean sound = 0 <= failedWith
                && failedWith <= with
                && failedWith <= failed
                && with <= all
                && failed <= all
                && failed - failedWith <= all - with;
        if (!sound) {
            throw new IllegalArgumentException(failedWith + " of " + with + ", " + failed + " of " + all);
        }
        if ((double) failedWith * all <= (double) failed * with) {
            return 0;
        }
        double first =
                logChoose(with, failedWith) + logChoose(all - with, failed - failedWith) - logChoose(all, failed);
        double sum = 1;
        double term = 1;
        // Above the mean the terms fall, so the sum is soon whole.
        for (long k = failedWith; k < Math.min(with, failed) && term > NEGLIGIBLE * sum; k++) {
            term *= (double) (with - k) * (failed - k) / ((double) (k + 1) * (all - with - failed + k + 1));
            sum += term;
        }
        return Math.min(0, first + Math.log(sum));
    }

    private static double logChoose(long of, long some) {
        return logFactorial(of) - logFactorial(some) - logFactorial(of - some);
    }

    private static double logFactorial(long n) {
        if (n < STIRLING_FROM) {
            double product = 1;
            for (long i = 2; i <= n; i++) {
                product *= i;
            }
            return Math.log(product);
        }
        double x = n;
        return x * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI * x) + 1 / (12 * x) - 1 / (360 * x * x * x);
    }
}
