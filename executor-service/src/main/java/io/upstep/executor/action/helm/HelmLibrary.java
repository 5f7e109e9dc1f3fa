package io.upstep.executor.action.helm;

import com.marcnuri.helm.UpgradeCommand;
import com.marcnuri.helm.jni.HelmLib;
import com.marcnuri.helm.jni.NativeLibrary;
import com.sun.jna.Native;
import io.upstep.executor.action.ActionException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a process finds Helm: the native library, unpacked once and kept, and the class path of the few classes around it. */
@ApplicationScoped
public class HelmLibrary {
    private Path unpacked;

    /** The class path of {@link HelmChild}: only what it needs, wherever the executor's own classes come from. */
    String classPath() {
        return Stream.of(HelmChild.class, UpgradeCommand.class, HelmLib.class, Native.class)
                .map(HelmLibrary::place)
                .collect(Collectors.toCollection(LinkedHashSet::new))
                .stream()
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** By the class file and not by the code source, which not every class loader tells. */
    private static String place(Class<?> type) {
        String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
        String url = String.valueOf(type.getResource(file));
        if (url.startsWith("jar:")) {
            return Path.of(URI.create(url.substring("jar:".length(), url.indexOf("!/"))))
                    .toString();
        }
        Path path = Path.of(URI.create(url));
        for (int level = type.getName().split("\\.").length; level > 0; level--) {
            path = path.getParent();
        }
        return path.toString();
    }

    /** @throws ActionException {@code helm-unavailable} where there is no Helm for this machine */
    synchronized Path file() {
        if (unpacked == null || !Files.exists(unpacked)) {
            unpacked = find();
        }
        return unpacked;
    }

    private static Path find() {
        NativeLibrary library = NativeLibrary.serviceProviderLibrary(HelmLibrary.class.getClassLoader());
        String name = library == null ? "" : "/" + library.getBinaryName();
        URL resource = library == null ? null : library.getClass().getResource(name);
        if (resource == null) {
            throw ActionException.permanent(
                    "helm-unavailable",
                    "expected Helm's native library for " + System.getProperty("os.name") + " on "
                            + System.getProperty("os.arch")
                            + ", which this executor was not built with; run an executor on linux amd64");
        }
        try {
            return unpacked(resource, directory().resolve(library.getBinaryName()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Others who run as the same user share it; nobody else may have put anything there. */
    private static Path directory() throws IOException {
        Path directory =
                Path.of(System.getProperty("java.io.tmpdir"), "upstep-helm-lib-" + System.getProperty("user.name"));
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            try {
                Files.createDirectory(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } catch (java.nio.file.FileAlreadyExistsException e) {
                // Made by another executor at this very moment.
            }
        }
        boolean ours =
                Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).getName().equals(System.getProperty("user.name"))
                        && Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS)
                                .equals(PosixFilePermissions.fromString("rwx------"));
        return ours ? directory : Files.createTempDirectory("upstep-helm-lib-");
    }

    private static Path unpacked(URL resource, Path file) throws IOException {
        URLConnection connection = resource.openConnection();
        try (InputStream in = connection.getInputStream()) {
            if (Files.exists(file) && Files.size(file) == connection.getContentLengthLong()) {
                return file;
            }
            Path part = Files.createTempFile(file.getParent(), "part", ".so");
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            return Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
