package dev.triage502.store;

import com.azure.data.tables.models.TableServiceError;
import com.azure.data.tables.models.TableServiceException;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.queue.models.QueueStorageException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A store that did not do what it was asked: which part of it, and why, in its own words. */
public final class StoreFailure extends RuntimeException {

    private static final int LONGEST = 300;
    private static final Pattern MESSAGE = Pattern.compile("(?i)<(?:m:)?message[^>]*>([^<]*)<");

    StoreFailure(String part, Throwable why) {
        super(part + ": " + withoutFile(part, words(why)), why);
    }

    StoreFailure(String message) {
        super(message);
    }

    /** A refusal in Azure's words: {@code 403 AuthenticationFailed: Server failed to authenticate the request.} */
    static String refusal(int status, @Nullable Object code, @Nullable String message) {
        String what = Arrays.asList(String.valueOf(status), code == null ? "" : code.toString()).stream()
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
        String line = firstLine(message);
        return line.isEmpty() ? what : what + ": " + line;
    }

    /** Azure's exceptions print whole answers, advice and request ids; the code and the first line are what counts. */
    private static String words(Throwable why) {
        if (why instanceof QueueStorageException e) {
            return refusal(e.getStatusCode(), e.getErrorCode(), e.getServiceMessage());
        }
        if (why instanceof BlobStorageException e) {
            return refusal(e.getStatusCode(), e.getErrorCode(), e.getServiceMessage());
        }
        if (why instanceof TableServiceException e && e.getResponse() != null) {
            @Nullable TableServiceError told = e.getValue();
            return refusal(
                    e.getResponse().getStatusCode(),
                    told == null ? null : told.getErrorCode(),
                    told == null ? e.getMessage() : null);
        }
        if (why instanceof FileSystemException e) {
            return words(e);
        }
        if (why instanceof ConnectException) {
            return "no connection";
        }
        if (why instanceof UnknownHostException) {
            return "unknown host " + why.getMessage();
        }
        if (why instanceof TimeoutException || why instanceof HttpTimeoutException) {
            return "no response in time";
        }
        String line = firstLine(why.getMessage());
        Throwable cause = why.getCause();
        if (cause != null && (line.isEmpty() || line.equals(firstLine(cause.toString())))) {
            return words(cause); // wrapped by a library, which names its class
        }
        return line.isEmpty() ? "no reason given" : line.replaceAll("[.\\s]+$", "");
    }

    /** The words of the JDK begin with the file, and so may ours. */
    private static String withoutFile(String part, String words) {
        return words.startsWith(part + ": ") ? words.substring(part.length() + 2) : words;
    }

    /** The JDK names the file and leaves it to the exception's class to say what is wrong with it. */
    private static String words(FileSystemException e) {
        String what = e instanceof AccessDeniedException
                ? "no permission"
                : e instanceof NoSuchFileException
                        ? "no such file or folder"
                        : e instanceof FileAlreadyExistsException
                                        || e instanceof NotDirectoryException
                                        || "Not a directory".equals(e.getReason())
                                ? "a file is where a folder should be"
                                : e.getReason() == null ? "cannot be used" : e.getReason();
        return e.getFile() + ": " + what;
    }

    /** The message of an error document in the text, or the text's first line. */
    private static String firstLine(@Nullable String text) {
        if (text == null) {
            return "";
        }
        Matcher document = MESSAGE.matcher(text);
        String said = document.find() ? document.group(1) : text;
        String line = said.strip().lines().findFirst().orElse("");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
