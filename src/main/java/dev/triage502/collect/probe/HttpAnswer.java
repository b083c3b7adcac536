package dev.triage502.collect.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request and what came back. Redirects are not followed. The body is read up to 64 KiB, to see whether it is whole
 * and holds what the probe looks for, and is not kept: of an error page the title is told, for it is what a person would
 * see.
 */
final class HttpAnswer {

    private static final int MOST = 64 << 10;
    private static final int LONGEST_TITLE = 100;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})(?: .*)?");
    private static final Pattern TITLE = Pattern.compile("(?is)<title>\\s*(.*?)\\s*</title>");
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length:\\s*(\\d{1,18})\\s*$");
    private static final Pattern CHUNKED = Pattern.compile("(?im)^transfer-encoding:.*chunked");

    private final DirectRequest look;
    private final Socket socket;
    private int status;
    private String body = "";
    private Optional<String> failure = Optional.empty();

    HttpAnswer(DirectRequest look, Socket socket) {
        this.look = look;
        this.socket = socket;
    }

    /** The status; 0 when no answer could be read. */
    int status() {
        return status;
    }

    Optional<String> failure() {
        return failure;
    }

    /** The text that the probe looks for, if it is there, and else nothing of it; of other error pages the title. */
    Optional<String> excerpt() {
        if (status == 0) {
            return Optional.empty();
        }
        if (look.match().isPresent()) {
            return Optional.of(body.contains(look.match().get()) ? look.match().get() : "");
        }
        Matcher title = TITLE.matcher(body);
        return status >= 400 && title.find()
                ? Optional.of(cut(title.group(1).replaceAll("\\s+", " ")))
                : Optional.empty();
    }

    /** Sends the request and reads the answer; says whether there was one. */
    boolean fetch() {
        String heard = "";
        try {
            socket.getOutputStream().write(request().getBytes(StandardCharsets.UTF_8));
            InputStream in = socket.getInputStream();
            heard = head(in);
            Matcher line = STATUS_LINE.matcher(heard.lines().findFirst().orElse(""));
            if (!line.matches()) {
                failure = Optional.of(unreadable(heard));
                return false;
            }
            status = Integer.parseInt(line.group(1));
            readBody(in, heard);
        } catch (SocketTimeoutException e) {
            failure = Optional.of((status == 0 ? "no answer" : "no whole answer") + " within "
                    + look.patience().toSeconds() + " s: timed out");
        } catch (SocketException e) {
            failure = Optional.of(
                    DirectProber.isGivenUp(e) ? "timed out" : "connection reset or closed: " + DirectProber.words(e));
        } catch (IOException e) {
            failure = Optional.of(status == 0 ? "no answer: " + DirectProber.words(e) : DirectProber.words(e));
        }
        return status > 0;
    }

    private String request() {
        return "GET " + look.path() + " HTTP/1.1\r\nHost: " + look.host()
                + "\r\nUser-Agent: triage502 (direct probe)\r\nAccept: */*\r\nConnection: close\r\n\r\n";
    }

    /** Up to the empty line that ends the headers. */
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int state = 0;
        while (state < 2) {
            int next = in.read();
            if (next < 0) {
                if (head.size() == 0) {
                    throw new IOException("the connection was closed without an answer");
                }
                break;
            }
            head.write(next);
            state = next == '\n' ? state + 1 : next == '\r' ? state : 0;
            if (head.size() > MOST) {
                throw new IOException("header longer than " + (MOST >> 10) + " KiB");
            }
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static String unreadable(String heard) {
        boolean tls = !heard.isEmpty() && (heard.charAt(0) == 0x15 || heard.charAt(0) == 0x16);
        if (tls) {
            return "the answer is a TLS record: the client sent an HTTP request to an HTTPS server";
        }
        String line = heard.lines().findFirst().orElse("").replaceAll("[^\\x20-\\x7e]", "?");
        return "malformed HTTP answer: it begins with \"" + cut(line) + "\"";
    }

    private void readBody(InputStream in, String head) throws IOException {
        Matcher length = LENGTH.matcher(head);
        long expected = length.find() ? Long.parseLong(length.group(1)) : -1;
        long wanted = expected < 0 ? MOST : Math.min(expected, MOST);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] chunk = new byte[8192];
        while (bytes.size() < wanted) {
            int count = in.read(chunk, 0, (int) Math.min(chunk.length, wanted - bytes.size()));
            if (count < 0) {
                break;
            }
            bytes.write(chunk, 0, count);
        }
        body = text(
                bytes.toString(StandardCharsets.UTF_8), CHUNKED.matcher(head).find());
        if (expected > bytes.size() && bytes.size() < MOST) {
            throw new IOException(
                    "the body ended after " + bytes.size() + " of " + expected + " bytes: unexpected end");
        }
    }

    /** Without the lengths between chunks, which could stand in the middle of a word. */
    private static String text(String raw, boolean chunked) {
        return chunked ? raw.replaceAll("(?:^|\\r\\n)[0-9a-fA-F]{1,8}(?:;[^\\r\\n]*)?\\r\\n", "") : raw;
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TITLE ? text : text.substring(0, LONGEST_TITLE) + "…";
    }
}
