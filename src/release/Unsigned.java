import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Copies the jars of some folders into one, without signatures: {@code java Unsigned.java FROM… TO}. The JVM checks a signed jar at each
 * start, and takes none of its classes into an archive.
 */
final class Unsigned {

    private Unsigned() {}

    public static void main(String[] folders) throws IOException {
        Path to = Files.createDirectories(Path.of(folders[folders.length - 1]));
        for (int i = 0; i < folders.length - 1; i++) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(Path.of(folders[i]), "*.jar")) {
                for (Path jar : jars) {
                    copy(jar, to.resolve(jar.getFileName()));
                }
            }
        }
    }

    private static void copy(Path jar, Path to) throws IOException {
        try (JarFile from = new JarFile(jar.toFile(), false)) {
            if (from.stream().noneMatch(Unsigned::isSignature)) {
                Files.copy(jar, to, StandardCopyOption.REPLACE_EXISTING);
                return;
            }
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(to))) {
                for (Enumeration<JarEntry> entries = from.entries(); entries.hasMoreElements(); ) {
                    copy(from, entries.nextElement(), out);
                }
            }
        }
    }

    private static void copy(JarFile from, JarEntry entry, JarOutputStream out) throws IOException {
        if (isSignature(entry)) {
            return;
        }
        JarEntry copy = new JarEntry(entry.getName());
        copy.setTime(entry.getTime());
        out.putNextEntry(copy);
        if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
            withoutDigests(from.getManifest()).write(out);
        } else {
            from.getInputStream(entry).transferTo(out);
        }
        out.closeEntry();
    }

    private static boolean isSignature(JarEntry entry) {
        return entry.getName().matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
    }

    private static Manifest withoutDigests(Manifest manifest) {
        for (Attributes ofOneFile : manifest.getEntries().values()) {
            ofOneFile.keySet().removeIf(name -> name.toString().endsWith("-Digest"));
        }
        manifest.getEntries().values().removeIf(Attributes::isEmpty);
        return manifest;
    }
}
